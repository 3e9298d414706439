package dev.sidelight.proxy.page.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.proxy.page.chart.AnchorStrip.Clause;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnchorChartTest {

  private static final AnchorStrip TWO =
      new AnchorStrip(
          0.76,
          List.of(
              new Clause("marital = Never-married", 0.91, 0.33), new Clause("x <= 0", 0.97, 0.15)),
          0.95,
          0.95,
          0.99);

  private static String drawn(AnchorStrip strip, int width) {
    Markup to = new Markup();
    new AnchorChart(width, "a").draw(strip, to);
    return to.toString();
  }

  @Test
  void draw_golden() {
    Goldens.assertSame("anchor-two", drawn(TWO, 860));
    Goldens.assertSame("anchor-narrow", drawn(TWO, 340));
    Goldens.assertSame("anchor-empty", drawn(new AnchorStrip(0.99, List.of(), 0.95, 0.98, 1), 860));
    Goldens.assertSame(
        "anchor-rtl",
        drawn(
            new AnchorStrip(
                0.5,
                List.of(new Clause("\u05d2\u05d9\u05dc = " + "x".repeat(60), 1, 1e-300)),
                0.95,
                1,
                1),
            860));
  }

  @Test
  void draw_moreThanEight_theLastStandsForTheOthers() {
    List<Clause> clauses =
        IntStream.range(0, 12).mapToObj(i -> new Clause("c" + i, 0.5 + i * 0.04, 0.5)).toList();

    String svg = drawn(new AnchorStrip(0.5, clauses, 0.95, 0.9, 1), 860);

    assertThat(svg).contains("c6", "5 more conditions").doesNotContain(">c7<");
    assertThat(svg.split("<circle", -1)).hasSize(10); // eight, and the row without a condition
  }

  @Test
  void strip_notAShare_refused() {
    assertThatThrownBy(() -> new Clause("c", Double.NaN, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AnchorStrip(0.5, List.of(), 1.1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
