package dev.sidelight.explainers.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  private static String joined(String text) {
    return Words.of(text).stream()
        .map(word -> text.substring(word.start(), word.end()))
        .collect(Collectors.joining("|"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "A good, good film!; A|good|good|film",
        "I don't pay 3.14 or 1,000.; I|don't|pay|3.14|or|1,000",
        "it’s U.S. made; it’s|U.S|made",
        "snake_case x2 2nd; snake_case|x2|2nd",
        "(quoted) -- no_words: #1; quoted|no_words|1",
        "cafe\u0301 e\u0301te\u0301; cafe\u0301|e\u0301te\u0301",
        "naïve Straße; naïve|Straße",
        "我喜欢電影; 我|喜|欢|電|影",
        "コーヒー を飲む; コーヒー|を|飲|む",
        "שלום עולם!; שלום|עולם",
        "مرحبا بالعالم; مرحبا|بالعالم",
        "हिन्दी में; हिन्दी|में",
        "한국어 문장; 한국어|문장",
        "so good 😀👍🏽!; so|good|😀|👍🏽",
        "👨‍👩‍👧 🇩🇪🇫🇷 ❤️; 👨‍👩‍👧|🇩🇪|🇫🇷|❤️",
        "𝒳 𠮷野; 𝒳|𠮷|野"
      })
  void of_text_words(String text, String words) {
    assertThat(joined(text)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"''", "'   '", "'.,!? -- '"})
  void of_nothing_none(String text) {
    assertThat(Words.of(text)).isEmpty();
  }

  @Property(tries = 300)
  void of_anyText_orderedDisjointWholeCodePoints(@ForAll String text) {
    int before = 0;
    for (Words.Word word : Words.of(text)) {
      assertThat(word.start()).isGreaterThanOrEqualTo(before);
      assertThat(word.end()).isGreaterThan(word.start());
      assertThat(splitsPair(text, word.start()) || splitsPair(text, word.end())).isFalse();
      before = word.end();
    }
    assertThat(before).isLessThanOrEqualTo(text.length());
  }

  private static boolean splitsPair(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }

  @Property(tries = 100)
  void grouped_manyWords_allCoveredInNearlyEqualGroups(
      @ForAll @IntRange(min = 1, max = 500) int n, @ForAll @IntRange(min = 1, max = 64) int max) {
    List<Words.Word> words =
        IntStream.range(0, n).mapToObj(i -> new Words.Word(2 * i, 2 * i + 1)).toList();

    List<Words.Word> groups = Words.grouped(words, max);

    assertThat(groups).hasSize(Math.min(n, max));
    assertThat(groups.get(0).start()).isZero();
    assertThat(groups.getLast().end()).isEqualTo(2 * n - 1);
    int least = n / groups.size();
    for (int g = 0; g < groups.size(); g++) {
      int held = (groups.get(g).end() - groups.get(g).start() + 1) / 2;
      assertThat(held).isBetween(least, least + 1);
      assertThat(g == 0 || groups.get(g).start() == groups.get(g - 1).end() + 1).isTrue();
    }
  }
}
