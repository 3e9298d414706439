package dev.sidelight.explainers.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Literal;
import dev.sidelight.explainers.ModelSession;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import dev.sidelight.explainers.Target;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Importance of models whose Shapley values are known beforehand, and what never may matter. */
class ImportanceTallyTest {

  private static final Target TARGET = new Target("y", 0, "");
  private static final String REFERENCE = "sha256:test";

  private static ImportanceTally tally(int features) {
    return new ImportanceTally(
        new ImportanceGame(REFERENCE, 42, TARGET, Link.IDENTITY, names(features)));
  }

  private static List<String> names(int features) {
    return IntStream.range(0, features).mapToObj(f -> "f" + f).toList();
  }

  private static List<Literal> literals(double... values) {
    return Arrays.stream(values).mapToObj(v -> Literal.number(Double.toString(v))).toList();
  }

  /** Linear: phi_f = w_f (x_f - mean b_f), so mean |phi_f| = |w_f| mean |x_f - mean b_f|. */
  @Property(tries = 15)
  void importance_linearModel_closedForm(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int width) {
    Random random = new Random(seed);
    double[] weights = random.doubles(width, -2, 2).toArray();
    double[][] background = uniform(random, 7, width);
    double[][] xs = uniform(random, 9, width);
    ImportanceTally tally = tally(width);

    for (int i = 0; i < xs.length; i++) {
      tally.add("req-" + i, REFERENCE, explain(xs[i], background, weights), literals(xs[i]));
    }

    Importance importance = tally.importance();
    for (int f = 0; f < width; f++) {
      int column = f;
      double center = Arrays.stream(background).mapToDouble(b -> b[column]).average().orElseThrow();
      double[] phi =
          Arrays.stream(xs).mapToDouble(x -> weights[column] * (x[column] - center)).toArray();
      Importance.Feature feature = importance.features().get(f);
      assertThat(feature.meanAbsolute())
          .isCloseTo(Arrays.stream(phi).map(Math::abs).average().orElseThrow(), within(1e-9));
      assertThat(feature.mean())
          .isCloseTo(Arrays.stream(phi).average().orElseThrow(), within(1e-9));
      assertThat(feature.points()).hasSize(xs.length);
      assertThat(feature.points().get(3).attribution()).isCloseTo(phi[3], within(1e-9));
    }
  }

  private static double[][] uniform(Random random, int rows, int columns) {
    return IntStream.range(0, rows)
        .mapToObj(_ -> random.doubles(columns, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  private static Attribution explain(double[] x, double[][] background, double[] weights) {
    Predictor model =
        batch -> {
          Tensor in = batch.tensors().get(0).tensor();
          double[] out = new double[batch.rows()];
          for (int r = 0; r < out.length; r++) {
            for (int c = 0; c < weights.length; c++) {
              out[r] += weights[c] * in.number(r, c);
            }
          }
          return Instances.of("y", new DoubleTensor(DataType.FP64, List.of(out.length, 1), out));
        };
    FeatureSchema schema =
        FeatureSchema.of(names(x.length).stream().map(Feature::numeric).toList());
    double[] ones = new double[background.length];
    Arrays.fill(ones, 1);
    ReferenceSet reference = new ReferenceSet(REFERENCE, schema, rows(background), ones, "log");
    return new ShapleyExplainer()
        .explain(
            new ExplainRequest<>(
                rows(x), reference, ShapSettings.defaults(), Budget.defaults(), 42),
            new ModelSession(model),
            Progress.NONE);
  }

  private static Instances rows(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Instances.of(
        "x", new DoubleTensor(DataType.FP64, List.of(rows.length, rows[0].length), flat));
  }

  private static Attribution given(long seed, double[] values, double[] errors) {
    Interval[] intervals = new Interval[values.length];
    Arrays.setAll(intervals, i -> new Interval(values[i] - errors[i], values[i] + errors[i]));
    List<FeatureGroup> players =
        FeatureSchema.of(names(values.length).stream().map(Feature::numeric).toList()).players();
    return new Attribution(
        "odd-gp",
        false,
        Stopped.CONVERGED,
        Link.IDENTITY,
        players,
        0,
        List.of(
            new OutputAttribution(
                TARGET,
                0,
                Arrays.stream(values).sum(),
                values,
                errors,
                intervals,
                new double[0],
                0)),
        10,
        0,
        0,
        true,
        seed,
        new ModelSession(batch -> batch).spent());
  }

  @Test
  void importance_handPicked_figures() {
    ImportanceTally tally = tally(2);
    tally.add(
        "a", REFERENCE, given(42, new double[] {1, .01}, new double[] {.1, .03}), literals(5, 6));
    tally.add(
        "b", REFERENCE, given(42, new double[] {-3, .01}, new double[] {.3, .05}), literals(7, 8));

    Importance.Feature first = tally.importance().features().get(0);
    Importance.Feature second = tally.importance().features().get(1);

    assertThat(first.meanAbsolute()).isEqualTo(2);
    assertThat(first.mean()).isEqualTo(-1);
    assertThat(first.stdError().orElseThrow()).isCloseTo(1, within(1e-12)); // sd sqrt(2) / sqrt(2)
    assertThat(first.noiseFloor()).isCloseTo(.2, within(1e-12));
    assertThat(first.isAboveNoise()).isTrue();
    assertThat(second.isAboveNoise()).isFalse();
    assertThat(first.points())
        .containsExactly(
            new Importance.Point(Literal.number("5.0"), 1, "a"),
            new Importance.Point(Literal.number("7.0"), -3, "b"));
  }

  @Test
  void importance_oneRequest_saysNothingOfOthers() {
    ImportanceTally tally = tally(1);
    tally.add("a", REFERENCE, given(42, new double[] {1}, new double[] {0}), literals(5));

    assertThat(tally.importance().features().get(0).stdError()).isEmpty();
  }

  @Property(tries = 50)
  void importance_anyOrderAndAnyRestart_sameBits(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int rows) {
    Random random = new Random(seed);
    List<ImportanceEntry> entries =
        IntStream.range(0, rows)
            .mapToObj(i -> entry("req-" + i, random))
            .collect(Collectors.toList());
    ImportanceGame game = tally(3).state().game();
    Importance straight = new ImportanceTally(new ImportanceState(game, entries)).importance();

    Collections.shuffle(entries, random);
    int cut = random.nextInt(rows);
    ImportanceTally broken =
        new ImportanceTally(new ImportanceState(game, entries.subList(0, cut)));
    for (ImportanceEntry entry : entries) {
      broken = new ImportanceTally(broken.state());
      boolean isNew =
          broken.add(
              entry.requestId(),
              REFERENCE,
              given(42, entry.attributions(), entry.stdErrors()),
              entry.values());
      assertThat(isNew).isEqualTo(entries.indexOf(entry) >= cut);
    }

    assertThat(broken.rows()).isEqualTo(rows);
    assertThat(broken.importance()).isEqualTo(straight);
  }

  private static ImportanceEntry entry(String id, Random random) {
    double[] phi = random.doubles(3, -1, 1).toArray();
    return new ImportanceEntry(id, literals(phi), phi, random.doubles(3, 0, .1).toArray());
  }

  @Test
  void add_sameRequestTwice_countsOnce() {
    ImportanceTally tally = tally(1);
    Attribution one = given(42, new double[] {1}, new double[] {0});

    assertThat(tally.add("a", REFERENCE, one, literals(5))).isTrue();
    assertThat(tally.add("a", REFERENCE, one, literals(5))).isFalse();

    assertThat(tally.contains("a")).isTrue();
    assertThat(tally.rows()).isEqualTo(1);
  }

  @Test
  void add_ofAnotherGame_isRefused() {
    ImportanceTally tally = tally(1);
    Attribution otherSeed = given(43, new double[] {1}, new double[] {0});
    Attribution wider = given(42, new double[] {1, 2}, new double[] {0, 0});
    Attribution fits = given(42, new double[] {1}, new double[] {0});

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.add("a", REFERENCE, otherSeed, literals(5)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.add("a", REFERENCE, wider, literals(5, 6)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tally.add("a", "sha256:other", fits, literals(5)));
    assertThat(tally.rows()).isZero();
  }

  @Test
  void state_badEntries_cannotExist() {
    ImportanceEntry entry =
        new ImportanceEntry("a", literals(1), new double[] {1}, new double[] {0});
    ImportanceGame game = tally(1).state().game();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImportanceState(game, List.of(entry, entry)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ImportanceEntry("a", literals(1), new double[] {Double.NaN}, new double[] {0}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImportanceState(tally(2).state().game(), List.of(entry)));
  }
}
