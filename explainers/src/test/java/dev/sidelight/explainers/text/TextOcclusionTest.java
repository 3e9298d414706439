package dev.sidelight.explainers.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Players;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextOcclusionTest {

  private static Instances row(String text) {
    return Instances.of("text", BytesTensor.ofText(text));
  }

  private static TextOcclusion of(String text, String mask) {
    return TextOcclusion.of(row(text), new TextSettings(Optional.empty(), mask, 64));
  }

  private static BitSet kept(int... players) {
    BitSet kept = new BitSet();
    IntStream.of(players).forEach(kept::set);
    return kept;
  }

  private static String only(Instances rows, int row) {
    return rows.tensors().get(0).tensor().text(row, 0);
  }

  @Test
  void rows_hiddenWords_areMaskedAndTheRestStays() {
    TextOcclusion occlusion = of("  A good, good film!\n", "UNK");

    Instances rows = occlusion.rows(List.of(kept(1, 3), kept(), kept(0, 1, 2, 3)));

    assertThat(only(rows, 0)).isEqualTo("  UNK good, UNK film!\n");
    assertThat(only(rows, 1)).isEqualTo("  UNK UNK, UNK UNK!\n");
    assertThat(only(rows, 2)).isEqualTo("  A good, good film!\n");
  }

  @Test
  void rows_emptyMask_removes() {
    TextOcclusion occlusion = of("A good film", "");

    assertThat(occlusion.masked(kept(0, 2))).isEqualTo("A film");
    assertThat(occlusion.masked(kept(1))).isEqualTo("good ");
    assertThat(occlusion.masked(kept())).isEmpty();
  }

  @Test
  void rows_wordsThatTouch_masksArePartedByASpace() {
    assertThat(of("我喜欢", "UNK").masked(kept(2))).isEqualTo("UNK UNK欢");
    assertThat(of("我喜欢", "UNK").masked(kept(1))).isEqualTo("UNK喜UNK");
  }

  @Test
  void places_offsets_areCodePoints() {
    Players.Spans spans = of("😀 we\u0301 👨‍👩‍👧 שלום", "UNK").places();

    assertThat(spans.offsets())
        .containsExactly(
            new Players.Span(0, 1),
            new Players.Span(2, 5),
            new Players.Span(6, 11),
            new Players.Span(12, 16));
  }

  @Test
  void places_symbolsBetweenWords_areOneCodePointEach() {
    Players.Spans spans = of("\uD834\uDD1E good \uD834\uDD1E film", "UNK").places(); // treble clefs

    assertThat(spans.offsets()).containsExactly(new Players.Span(2, 6), new Players.Span(9, 13));
  }

  @Property(tries = 300)
  void rows_allKept_isTheTextItself(@ForAll String text) {
    Assume.that(!Words.of(text).isEmpty());
    Assume.that(
        text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)));
    TextOcclusion occlusion = of(text, "UNK");
    BitSet all = new BitSet();
    all.set(0, occlusion.players().size());

    assertThat(occlusion.rows(List.of(all))).isEqualTo(row(text));
    for (int p = 0; p < occlusion.players().size(); p++) {
      Players.Span span = occlusion.places().offsets().get(p);
      int start = text.offsetByCodePoints(0, span.start());
      int end = text.offsetByCodePoints(0, span.end());
      assertThat(text.substring(start, end)).isEqualTo(occlusion.players().get(p).name());
    }
  }

  @Test
  void of_manyWords_sixtyFourSpans() {
    String text = IntStream.range(0, 1_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));

    TextOcclusion occlusion = of(text, "UNK");

    assertThat(occlusion.players()).hasSize(64);
    assertThat(occlusion.players().get(0).name()).startsWith("w0 w1").endsWith("w14");
    assertThat(occlusion.players().getLast().name()).endsWith("w999");
  }

  @Test
  void isHideable_wordThatIsTheMask_isNot() {
    assertThat(of("UNK film", "UNK").isHideable(0)).isFalse();
    assertThat(of("UNK film", "UNK").isHideable(1)).isTrue();
  }

  @Test
  void rows_otherInputs_stayAsTheyAre() {
    NamedTensor number =
        new NamedTensor("n", new IntegerTensor(DataType.INT64, List.of(1, 2), new long[] {7, 8}));
    NamedTensor text =
        new NamedTensor("text", new BytesTensor(List.of(1, 1), textBytes("so good")));
    TextOcclusion occlusion =
        TextOcclusion.of(new Instances(List.of(number, text)), TextSettings.defaults());

    Instances rows = occlusion.rows(List.of(kept(0), kept(1)));

    assertThat(rows.tensors().get(0).tensor().number(1, 1)).isEqualTo(8);
    assertThat(rows.tensors().get(1).tensor().shape()).containsExactly(2, 1);
    assertThat(rows.tensors().get(1).tensor().text(1, 0)).isEqualTo("UNK good");
    assertThat(occlusion.players().get(0).members()).containsExactly(2);
    assertThat(occlusion.rowBytes()).isPositive();
  }

  private static byte[][] textBytes(String text) {
    return new byte[][] {text.getBytes(StandardCharsets.UTF_8)};
  }

  @Test
  void of_badRows_areRefusedByName() {
    Instances broken =
        Instances.of("text", new BytesTensor(List.of(1), new byte[][] {{(byte) 0xC3, 0x28}}));
    Instances numbers =
        Instances.of("n", new IntegerTensor(DataType.INT64, List.of(1), new long[] {7}));
    NamedTensor one = new NamedTensor("a", BytesTensor.ofText("so good"));
    NamedTensor two = new NamedTensor("b", BytesTensor.ofText("so bad"));

    assertThat(code(broken)).isEqualTo("row_unreadable /inputs/0/data/0");
    assertThat(code(numbers)).isEqualTo("explain_unsupported /parameters/input");
    assertThat(code(new Instances(List.of(one, two))))
        .isEqualTo("explain_unsupported /parameters/input");
    assertThat(code(row(" ?! "))).isEqualTo("explain_unsupported /inputs/0/data/0");
    assertThat(
            TextOcclusion.of(
                    new Instances(List.of(one, two)), new TextSettings(Optional.of("b"), "UNK", 64))
                .players())
        .extracting("name")
        .containsExactly("so", "bad");
  }

  private static String code(Instances row) {
    try {
      TextOcclusion.of(row, TextSettings.defaults());
      return "";
    } catch (ExplainException e) {
      return e.code() + " " + e.pointer();
    }
  }

  @Test
  void settings_moreThan64Players_areTooMany() {
    assertThatExceptionOfType(ExplainException.class)
        .isThrownBy(() -> new TextSettings(Optional.empty(), "UNK", 65))
        .satisfies(e -> assertThat(e.code()).isEqualTo("explain_too_large"));
  }
}
