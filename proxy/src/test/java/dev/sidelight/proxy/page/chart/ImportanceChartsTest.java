package dev.sidelight.proxy.page.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.proxy.page.markup.Markup;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportanceChartsTest {

  private static String bars(int width, Bars.Bar... bars) {
    Markup to = new Markup();
    new BarChart(width, "b").draw(new Bars("Sizes", List.of(bars)), to);
    return to.toString();
  }

  private static String swarm(int width, Swarm.Row... rows) {
    Markup to = new Markup();
    new SwarmChart(width, "s", /* linked= */ true).draw(new Swarm(List.of(rows)), to);
    return to.toString();
  }

  private static Swarm.Row row(String name, int dots) {
    return new Swarm.Row(
        name,
        IntStream.range(0, dots)
            .mapToObj(
                i -> new Swarm.Dot((i % 7) / 10.0 - 0.3, i / (double) dots, "/ui/r" + i, "d" + i))
            .toList());
  }

  @Test
  void bars_golden() {
    Goldens.assertSame("bars-empty", bars(860));
    Goldens.assertSame(
        "bars-two",
        bars(860, new Bars.Bar("age", 0.11, 0.1, 0.12, 0.004), new Bars.Bar("sex", 0, 0, 0, 0)));
    Goldens.assertSame("bars-narrow", bars(340, new Bars.Bar("n".repeat(60), 1e-300, 0, 0, 0)));
  }

  @Test
  void bars_moreThanTwenty_theLargest() {
    Bars.Bar[] many =
        IntStream.range(0, 30)
            .mapToObj(i -> new Bars.Bar("f" + i, i, i, i, 0))
            .toArray(Bars.Bar[]::new);

    assertThat(bars(860, many)).contains(">f29<", ">f10<").doesNotContain(">f9<");
  }

  @Test
  void swarm_golden() {
    Goldens.assertSame("swarm-empty", swarm(860));
    Goldens.assertSame("swarm-few", swarm(860, row("age", 12), row("\u05d2\u05d9\u05dc", 1)));
    Goldens.assertSame("swarm-narrow", swarm(340, row("<script>", 3)));
  }

  @Test
  void swarm_dotsOfOneColumn_stepAside() {
    String svg = swarm(860, row("age", 14));

    List<String> places =
        java.util.regex.Pattern.compile("cx=\"([^\"]+)\" cy=\"([^\"]+)\"")
            .matcher(svg)
            .results()
            .map(found -> found.group(1) + "," + found.group(2))
            .toList();
    assertThat(places).hasSize(14).doesNotHaveDuplicates();
  }

  @Test
  void swarm_beyondTwoThousand_density() {
    assertThat(swarm(860, row("a", 1000), row("b", 1000))).contains("<circle");
    assertThat(swarm(860, row("a", 1000), row("b", 1001)))
        .contains("class=\"dense\"")
        .doesNotContain("<circle");
  }

  @Test
  void notANumber_refused() {
    assertThatThrownBy(() -> new Swarm.Dot(Double.NaN, 0, "", "d"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bars.Bar("b", Double.NaN, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
