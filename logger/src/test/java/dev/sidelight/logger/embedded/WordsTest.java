package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  private static List<String> words(String text) {
    List<String> all = new ArrayList<>();
    Words words = new Words();
    words.of(Words.folded(text));
    while (words.next()) {
      all.add(words.toString());
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"Self-emp-inc":[1.5e-05]} | self emp inc 1 5e 05
          Zürich ÉTÉ naïve           | zurich ete naive
          日本語 text                 | 日本語 text
          𝒜𝒷 x                        | 𝒜𝒷 x
          a_b                        | a b
          """)
  void next_cutsAndFolds(String text, String words) {
    assertThat(words(text)).containsExactly(words.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({"777,false", "5e,false", "1e5,false", "1e5e,true", "e5,true", "4bf9,true", "x,true"})
  void isIndexed_numbersAreNot(String text, boolean indexed) {
    Words words = new Words();
    words.of(text);

    assertThat(words.next()).isTrue();
    assertThat(words.isIndexed()).isEqualTo(indexed);
  }

  @Property
  void nextIndexed_anyText_theIndexedOnesOfAllWords(
      @ForAll @StringLength(max = 40) @Chars({'1', '9', 'e', 'x', '.', ' ', 'É', '日'})
          String text) {
    Words words = new Words();
    List<String> expected = new ArrayList<>();
    words.of(Words.folded(text));
    while (words.next()) {
      if (words.isIndexed()) {
        expected.add(words.toString());
      }
    }

    List<String> found = new ArrayList<>();
    words.of(Words.folded(text));
    while (words.nextIndexed()) {
      found.add(words.toString());
    }

    assertThat(found).isEqualTo(expected);
  }

  @Test
  void next_longWord_isWhole() {
    assertThat(words("x".repeat(5_000) + ".")).containsExactly("x".repeat(5_000));
  }

  @Property
  void next_asciiWords_sameAsSplit(@ForAll String text) {
    String ascii = text.replaceAll("[^\\x00-\\x7f]", " ");
    List<String> split =
        Arrays.stream(ascii.toLowerCase(java.util.Locale.ROOT).split("[^a-z0-9]+", -1))
            .filter(w -> !w.isEmpty())
            .toList();

    assertThat(words(ascii)).isEqualTo(split);
  }

  @Property
  void wordSet_anyWords_everyOneOnce(@ForAll List<String> texts) {
    WordSet set = new WordSet();
    for (int round = 0; round < 2; round++) { // a cleared set is as good as new
      set.clear();
      Set<String> expected = new HashSet<>();
      Words words = new Words();
      for (String text : texts) {
        words.of(Words.folded(text));
        while (words.next()) {
          set.add(words);
          expected.add(words.toString());
        }
      }
      String kept = set.toString();
      List<String> found = kept.isEmpty() ? List.of() : Arrays.asList(kept.strip().split(" ", -1));
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void wordSet_thousands_growsAndKeepsThemDistinct() {
    WordSet set = new WordSet();
    Words words = new Words();
    for (int i = 0; i < 10_000; i++) {
      words.of("w" + i % 5_000);
      words.next();
      set.add(words);
    }

    assertThat(set.toString().split(" ", -1)).hasSize(5_001).doesNotHaveDuplicates();
  }
}
