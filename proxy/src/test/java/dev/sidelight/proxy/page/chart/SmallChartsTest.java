package dev.sidelight.proxy.page.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.page.markup.Markup;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallChartsTest {

  private static String drawn(Consumer<Markup> chart) {
    Markup svg = new Markup();
    chart.accept(svg);
    return svg.toString();
  }

  @Test
  void percentile_halfWay_markInTheMiddle() {
    String svg = drawn(to -> PercentileBar.number(0.4, 0.2, to));

    assertThat(svg)
        .contains("<rect class=\"same\" x=\"48\" y=\"4\" width=\"24\" height=\"4\"/>")
        .contains("<rect class=\"at\" x=\"58.5\" y=\"0\" width=\"3\" height=\"12\"/>");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,117"})
  void percentile_atAnEnd_markStaysInside(double below, String x) {
    assertThat(drawn(to -> PercentileBar.number(below, 0, to)))
        .contains("<rect class=\"at\" x=\"" + x + "\"");
  }

  @Test
  void category_share_isALength() {
    assertThat(drawn(to -> PercentileBar.category(0.25, to)))
        .contains("<rect class=\"share\" x=\"0\" y=\"2\" width=\"30\" height=\"8\"/>");
  }

  @ParameterizedTest
  @CsvSource({"0.5,80", "0,0", "1.7,160", "NaN,0", "-1,0"})
  void share_anything_staysInside(double share, String width) {
    assertThat(drawn(to -> ShareBar.draw(share, to)))
        .contains("<rect class=\"share\" width=\"" + width + "\" height=\"8\"/>");
  }

  @Test
  void timing_toScale() {
    assertThat(drawn(to -> TimingStrip.draw(1000, 3000, to)))
        .contains("<rect class=\"ours\" width=\"80\" height=\"14\"/>")
        .contains("<rect class=\"model\" x=\"80\" width=\"240\" height=\"14\"/>")
        .contains("aria-label=\"Sidelight 1.0 ms, model 3.0 ms\"");
  }

  @Test
  void timing_nothing_isAllModel() {
    assertThat(drawn(to -> TimingStrip.draw(0, 0, to))).contains("class=\"ours\" width=\"0\"");
  }

  @Test
  void cut_fits_unchanged() {
    assertThat(TextWidth.cut("age", 13, 100)).isEqualTo("age");
  }

  @Test
  void cut_tooLong_fitsWithItsEllipsis() {
    String cut = TextWidth.cut("m".repeat(50), 13, 100);

    assertThat(cut).endsWith("\u2026").hasSizeLessThan(10);
    assertThat(TextWidth.of(cut, 13)).isLessThanOrEqualTo(100);
  }

  @Test
  void cut_surrogates_areNeverHalved() {
    String cut = TextWidth.cut("\ud83d\ude00".repeat(20), 13, 60);

    assertThat(cut.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,1", "0.24,0.87", "-3e9,5e9", "1e-300,3e-300", "0.3,0.3", "0,0"})
  void scale_ticks_fewAndInside(double low, double high) {
    Scale scale = new Scale(low, high, 100, 500);

    assertThat(scale.ticks()).hasSizeBetween(1, 8);
    for (double tick : scale.ticks()) {
      assertThat(scale.x(tick)).isBetween(99.0, 601.0);
    }
  }
}
