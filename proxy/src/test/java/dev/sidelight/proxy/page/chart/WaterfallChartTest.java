package dev.sidelight.proxy.page.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.proxy.page.chart.Waterfall.Bar;
import dev.sidelight.proxy.page.markup.Markup;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** The golden files are written anew with {@code -Dsidelight.golden=write}: look at them then. */
class WaterfallChartTest {

  private static final Path GOLDEN = Path.of("src/test/resources/dev/sidelight/proxy/page/chart");
  private static final Pattern POINTS = Pattern.compile("<polygon points=\"([^\"]+)\"/>");
  private static final Pattern PREDICTION =
      Pattern.compile("<line class=\"prediction\" x1=\"([0-9.]+)\"");

  static Stream<Arguments> charts() {
    return Stream.of(
        Arguments.of("empty", waterfall(0.24)),
        Arguments.of("one", waterfall(0.24, bar("capital_gain", "2174", 0.42, 0.009))),
        Arguments.of(
            "ties",
            waterfall(
                0.5, bar("a", "1", 0.1, 0.01), bar("b", "2", -0.1, 0.01), bar("c", "3", 0.1, 0))),
        Arguments.of("zero", waterfall(0.3, bar("a", "x", 0, 0), bar("b", "y", 0, 0))),
        Arguments.of("tiny", waterfall(0, bar("a", "1", 1e-300, 0), bar("b", "2", -2e-300, 0))),
        Arguments.of(
            "long",
            waterfall(
                10,
                bar("n".repeat(60), "v".repeat(60), 3, 0.5),
                bar("<script>alert(1)</script>", "\"&'", -2, 0.25))),
        Arguments.of(
            "rtl",
            waterfall(
                0.1,
                bar("\u05d2\u05d9\u05dc", "39", 0.2, 0.02),
                bar("\u0639\u0645\u0631", "\u0628", -0.05, 0.01))),
        Arguments.of("many", many(30, 7)));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void draw_golden(String name, Waterfall waterfall) throws IOException {
    String svg = draw(waterfall, 860);

    Path file = GOLDEN.resolve("waterfall-" + name + ".svg");
    if ("write".equals(System.getProperty("sidelight.golden"))) {
      Files.writeString(file, svg + "\n", StandardCharsets.UTF_8);
    }
    assertThat(svg + "\n").isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void draw_wellFormedAndWithoutStyle(String name, Waterfall waterfall) throws Exception {
    for (int width : new int[] {320, 340, 860, 1600}) {
      String svg = draw(waterfall, width);

      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(svg)));
      assertThat(svg).as(name).contains("role=\"img\"", "<title", "<desc").doesNotContain("style=");
      assertThat(svg).doesNotContainPattern("=\"[^\"]*[0-9]\\.[0-9]{3,}").doesNotContain("NaN");
    }
  }

  /** Each arrow begins where the one before ended; the last one ends at the prediction. */
  @Property(tries = 200)
  void arrows_sumToThePrediction(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    String svg = draw(many(n, seed), 860);

    List<double[]> arrows = arrows(svg);
    assertThat(arrows).hasSize(Math.min(n, Waterfall.BARS_MAX));
    for (int i = 1; i < arrows.size(); i++) {
      assertThat(arrows.get(i)[0]).isCloseTo(arrows.get(i - 1)[1], within(0.02));
    }
    Matcher prediction = PREDICTION.matcher(svg);
    assertThat(prediction.find()).isTrue();
    assertThat(arrows.get(arrows.size() - 1)[1])
        .isCloseTo(Double.parseDouble(prediction.group(1)), within(0.5));
  }

  /** Start and end of every arrow, the hatching left out. */
  private static List<double[]> arrows(String svg) {
    List<double[]> arrows = new ArrayList<>();
    Matcher points = POINTS.matcher(svg);
    while (points.find()) {
      String[] corners = points.group(1).split("[ ,]", -1);
      arrows.add(new double[] {Double.parseDouble(corners[0]), Double.parseDouble(corners[4])});
    }
    return arrows;
  }

  @Property(tries = 50)
  void draw_anyOrderOfUnequalBars_sameBytes(@ForAll long seed) {
    Waterfall waterfall = many(12, seed);
    List<Bar> shuffled = new ArrayList<>(waterfall.bars());
    Collections.shuffle(shuffled, new Random(seed));

    String other = draw(new Waterfall(waterfall.baseline(), waterfall.prediction(), shuffled), 860);

    assertThat(arrows(other)).usingRecursiveComparison().isEqualTo(arrows(draw(waterfall, 860)));
  }

  @Test
  void draw_thirtyFeatures_smallAndTenRows() {
    String svg = draw(many(30, 1), 860);

    assertThat(svg.getBytes(StandardCharsets.UTF_8).length).isLessThan(20_000);
    assertThat(svg).contains(">21 others<");
  }

  @Test
  void draw_longName_cutWithTheFullTextInItsTitle() {
    String svg = draw(waterfall(0, bar("n".repeat(60), "1", 1, 0)), 860);

    assertThat(svg).contains("<title>" + "n".repeat(60) + " = 1</title>").contains("n\u2026<tspan");
  }

  @Test
  void draw_lowering_isHatchedAndPointsLeft() {
    String svg = draw(waterfall(1, bar("a", "", -0.5, 0)), 860);

    assertThat(svg).contains("class=\"lowers\"").contains("fill=\"url(#w-h)\"");
    assertThat(arrows(svg).get(0)[1]).isLessThan(arrows(svg).get(0)[0]);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void waterfall_notFinite_isRefused(double value) {
    assertThatThrownBy(() -> new Bar("a", "", value, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Waterfall(value, 0, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 319, 1601})
  void width_outOfRange_isRefused(int width) {
    assertThatThrownBy(() -> new WaterfallChart(width, "w"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String draw(Waterfall waterfall, int width) {
    Markup svg = new Markup();
    new WaterfallChart(width, "w").draw(waterfall, svg);
    return svg.toString();
  }

  private static Bar bar(String name, String value, double phi, double half) {
    return new Bar(name, value, phi, phi - half, phi + half);
  }

  private static Waterfall waterfall(double baseline, Bar... bars) {
    double prediction = baseline;
    for (Bar bar : bars) {
      prediction += bar.phi();
    }
    return new Waterfall(baseline, prediction, List.of(bars));
  }

  private static Waterfall many(int n, long seed) {
    Random random = new Random(seed);
    Bar[] bars = new Bar[n];
    for (int i = 0; i < n; i++) {
      double phi = random.nextGaussian() / 10;
      bars[i] = bar("feature_" + i, Integer.toString(i), phi, Math.abs(random.nextGaussian()) / 50);
    }
    return waterfall(0.4, bars);
  }
}
