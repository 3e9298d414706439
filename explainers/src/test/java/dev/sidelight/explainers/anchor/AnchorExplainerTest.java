package dev.sidelight.explainers.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorFailure.Reason;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.RandomStream;
import dev.sidelight.explainers.Stopped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnchorExplainerTest {

  private static final Table.Row[] ROWS = Table.random(1_000, 4, 11);
  private static final ReferenceSet REFERENCE = Table.reference(ROWS);
  private static final Table.Row X = new Table.Row(new double[] {80, 30, 55, 0}, "a < b");

  /** 1 where the city is x's and f0 > 74, the upper quartile or so; else 0. */
  private static final Predictor PLANTED =
      Table.labels(row -> row.city().equals("a < b") && row.numbers()[0] > 70 ? 1 : 0);

  private static Anchor explain(Predictor model) {
    return Table.explain(Table.request(X, REFERENCE), model);
  }

  @Test
  void plantedRule_isFound() {
    Anchor anchor = explain(PLANTED);

    assertThat(anchor.success()).isTrue();
    assertThat(Table.texts(anchor))
        .hasSize(2)
        .contains("city = a < b")
        .anyMatch(t -> t.startsWith("f0 > 7"));
    assertThat(anchor.precision()).isEqualTo(1);
    assertThat(anchor.precisionLowerBound()).isBetween(0.95, 1.0);
    assertThat(anchor.coverage()).isBetween(0.04, 0.09);
    assertThat(anchor.coverage())
        .isBetween(anchor.coverageInterval().low(), anchor.coverageInterval().high());
    assertThat(anchor.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(anchor.guarantee())
        .isEqualTo("P(precision <= 0.95) <= 0.1 over the sampling of this explanation");
    double gained = anchor.predicates().stream().mapToDouble(p -> p.precisionGain()).sum();
    assertThat(anchor.allPrecision() + gained).isEqualTo(1, within(1e-12));
  }

  @Test
  void plantedRule_examplesAreWhatTheySay() {
    Anchor anchor = explain(PLANTED);

    var first = anchor.predicates().get(0).examples();
    assertThat(first.coveredSame()).isNotEmpty().hasSizeLessThanOrEqualTo(10);
    assertThat(first.coveredOther()).isNotEmpty();
    assertThat(anchor.examples().coveredSame())
        .isNotEmpty()
        .allMatch(AnchorExplainerTest::isPlanted);
    assertThat(anchor.examples().coveredOther()).isEmpty();
    assertThat(anchor.examples().uncoveredOther()).noneMatch(AnchorExplainerTest::isPlanted);
  }

  private static boolean isPlanted(Instances one) {
    Table.Row row = Table.row(one, 0);
    return row.city().equals("a < b") && row.numbers()[0] > 70;
  }

  @Test
  void constantModel_theEmptyRule() {
    MemorySession session = new MemorySession(Table.labels(_ -> 3));
    Anchor anchor = Table.explain(Table.request(X, REFERENCE), session);

    assertThat(anchor.success()).isTrue();
    assertThat(anchor.predicates()).isEmpty();
    assertThat(anchor.coverage()).isEqualTo(1);
    assertThat(anchor.target().label()).isEqualTo("3");
    assertThat(session.roundTrips).isEqualTo(2);
  }

  /** The answer of a row is a coin of its bytes: 9 in 10 like x's wherever it lies. */
  private static Predictor coin(double same) {
    return Table.labels(
        row -> {
          long hash = Double.doubleToLongBits(row.numbers()[0]);
          for (double number : row.numbers()) {
            hash = RandomStream.mix(hash ^ Double.doubleToLongBits(number));
          }
          return Math.floorMod(hash, 1000) < 1000 * same || isX(row) ? 1 : 0;
        });
  }

  private static boolean isX(Table.Row row) {
    return row.numbers()[0] == X.numbers()[0] && row.numbers()[1] == X.numbers()[1];
  }

  /** So many columns that no rule pins all of them down. */
  private static Anchor explainNoise(double same) {
    Table.Row[] rows = Table.random(1_000, 14, 12);
    double[] numbers = rows[0].numbers().clone();
    numbers[0] = X.numbers()[0];
    numbers[1] = X.numbers()[1];
    return Table.explain(
        Table.request(new Table.Row(numbers, "Oslo"), Table.reference(rows)), coin(same));
  }

  @Test
  void noisyBorder_isNoSuccess() {
    Anchor anchor = explainNoise(0.9);

    assertThat(anchor.success()).isFalse();
    assertThat(anchor.failure().orElseThrow().hint()).contains("threshold");
    assertThat(anchor.precisionInterval().low()).isBetween(0.5, 0.93);
    assertThat(anchor.precisionInterval().high()).isGreaterThan(anchor.precision());
    assertThat(anchor.guarantee()).contains("outside the interval");
  }

  @Test
  void hopeless_noRule() {
    Anchor anchor = explainNoise(0.3);

    assertThat(anchor.failure().orElseThrow().reason()).isIn(Reason.NO_RULE, Reason.ROWS);
    assertThat(anchor.precisionInterval().low()).isLessThan(0.95);
  }

  @Test
  void unseenCategory_isALastResort() {
    Table.Row martian = new Table.Row(X.numbers(), "Mars");
    Predictor model = Table.labels(row -> row.city().equals("Mars") ? 1 : 0);

    Anchor anchor = Table.explain(Table.request(martian, REFERENCE), model);

    assertThat(Table.texts(anchor)).containsExactly("city = Mars");
    assertThat(anchor.success()).isTrue();
    assertThat(anchor.coverage()).isZero();
  }

  @Test
  void sameSeed_sameAnswer_whateverThePieces() {
    ExplainRequest<AnchorSettings> request = Table.request(X, REFERENCE);
    Columns columns = new Columns(request.row(), REFERENCE.rows(), REFERENCE.schema());
    TabularSpace space = new TabularSpace(columns, new AtomBuilder(columns).all(4));
    MemorySession whole = new MemorySession(coin(0.97));
    MemorySession pieces = new MemorySession(coin(0.97));

    Anchor one = new AnchorExplainer().explain(request, space, whole, (_, _, _) -> {});
    Anchor other =
        new AnchorExplainer()
            .explain(request, new HeavyRows(space, 1L << 20), pieces, (_, _, _) -> {});

    assertThat(pieces.calls()).isGreaterThan(10 * whole.calls());
    assertThat(other.precisionInterval()).isEqualTo(one.precisionInterval());
    assertThat(Table.texts(other)).isEqualTo(Table.texts(one));
    assertThat(other.predicates()).isEqualTo(one.predicates());
    assertThat(other.examples()).isEqualTo(one.examples());
    assertThat(other.cost().rowsAsked()).isEqualTo(one.cost().rowsAsked());
  }

  @Test
  void progress_wholeAnswers_theLastIsTheAnswer() {
    List<Anchor> offered = new ArrayList<>();
    Anchor anchor =
        new AnchorExplainer()
            .explain(
                Table.request(X, REFERENCE),
                new MemorySession(PLANTED),
                (partial, _, _) -> offered.add((Anchor) partial));

    assertThat(offered).hasSize(anchor.rounds());
    assertThat(offered.get(offered.size() - 1)).isSameAs(anchor);
    assertThat(offered.get(0).success()).isFalse();
    assertThat(offered.get(0).failure().orElseThrow().reason()).isEqualTo(Reason.ROWS);
  }

  @Test
  void cutByTheDeadline_bestSoFar_repeatedByAsManyRoundTrips() {
    MemorySession cut = new MemorySession(coin(0.9));
    cut.answered = 3;

    Anchor best = Table.explain(Table.request(X, REFERENCE), cut);
    Anchor again =
        Table.explain(
            Table.with(Table.request(X, REFERENCE), Table.budget(20_000, best.rounds())),
            coin(0.9));

    assertThat(best.stopped()).isEqualTo(Stopped.DEADLINE);
    assertThat(best.failure().orElseThrow().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(best.rounds()).isEqualTo(3);
    assertThat(again.stopped()).isEqualTo(Stopped.ROUND_TRIPS);
    assertThat(again.precision()).isEqualTo(best.precision());
    assertThat(again.precisionInterval()).isEqualTo(best.precisionInterval());
    assertThat(again.predicates()).isEqualTo(best.predicates());
  }

  @Test
  void backendFailsLater_bestSoFar_atOnce_thrown() {
    MemorySession later = new MemorySession(coin(0.9));
    later.answered = 1;
    later.failure = PredictorException.Kind.BAD_RESPONSE;
    MemorySession never = new MemorySession(coin(0.9));
    never.answered = 0;
    MemorySession late = new MemorySession(coin(0.9));
    late.answered = -1;

    assertThat(Table.explain(Table.request(X, REFERENCE), later).stopped())
        .isEqualTo(Stopped.BACKEND);
    never.failure = PredictorException.Kind.BAD_RESPONSE;
    assertThatThrownBy(() -> Table.explain(Table.request(X, REFERENCE), never))
        .isInstanceOf(PredictorException.class);
    assertThatThrownBy(() -> Table.explain(Table.request(X, REFERENCE), late))
        .extracting("code", "pointer")
        .containsExactly("budget_too_small", "/parameters/budget/deadline");
  }

  @Test
  void rowsBudget_isKept_tooSmallIsSaid() {
    MemorySession session = new MemorySession(coin(0.9));
    Anchor anchor =
        Table.explain(Table.with(Table.request(X, REFERENCE), Table.budget(700, 16)), session);

    assertThat(anchor.cost().rowsAsked()).isLessThanOrEqualTo(700);
    assertThat(anchor.stopped()).isEqualTo(Stopped.ROWS);
    assertThat(anchor.failure().orElseThrow().reason()).isEqualTo(Reason.ROWS);
    assertThatThrownBy(
            () ->
                Table.explain(
                    Table.with(Table.request(X, REFERENCE), Table.budget(64, 16)), coin(0.9)))
        .hasMessageContaining("at least 65 rows")
        .extracting("code", "pointer")
        .containsExactly("budget_too_small", "/parameters/budget/rowsMax");
  }

  @Test
  void failedRows_areMisses_failedX_isRefused() {
    MemorySession some = new MemorySession(Table.labels(_ -> 1));
    some.refuses = row -> row.numbers()[1] > 90 && !isX(row);
    MemorySession own = new MemorySession(Table.labels(_ -> 1));
    own.refuses = AnchorExplainerTest::isX;

    Anchor anchor = Table.explain(Table.request(X, REFERENCE), some);

    assertThat(anchor.allPrecision()).isBetween(0.8, 0.97);
    assertThat(Table.texts(anchor)).allMatch(text -> text.contains("f1"));
    assertThatThrownBy(() -> Table.explain(Table.request(X, REFERENCE), own))
        .extracting("code")
        .isEqualTo("row_refused");
  }

  private static AnchorSettings settings(
      OptionalDouble tolerance, OptionalInt target, boolean regression) {
    return new AnchorSettings(
        0.95, 0.1, 3, 2_048, 8, 4, tolerance, Optional.empty(), target, regression);
  }

  private static Anchor explain(AnchorSettings settings, List<String> classes, Predictor model) {
    FeatureSchema plain = REFERENCE.schema();
    FeatureSchema named = new FeatureSchema(plain.features(), List.of(), classes, Set.of());
    ExplainRequest<AnchorSettings> request = Table.request(X, Table.reference(named, ROWS));
    return Table.explain(
        new ExplainRequest<>(request.row(), request.reference(), settings, request.budget(), 7),
        model);
  }

  private interface Scores {
    double[] of(Table.Row row);
  }

  private static Predictor scores(Scores scores) {
    return batch -> {
      double[][] all =
          IntStream.range(0, batch.rows())
              .mapToObj(r -> scores.of(Table.row(batch, r)))
              .toArray(double[][]::new);
      double[] flat =
          java.util.Arrays.stream(all).flatMapToDouble(java.util.Arrays::stream).toArray();
      return Instances.of(
          "y", new DoubleTensor(DataType.FP64, List.of(all.length, all[0].length), flat));
    };
  }

  @Test
  void regression_toleranceGivenOrHalfADeviation() {
    Predictor model = scores(row -> new double[] {row.numbers()[1]});

    AnchorSettings fine =
        new AnchorSettings(
            0.95,
            0.1,
            3,
            2_048,
            8,
            16,
            OptionalDouble.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            false);
    Anchor standard = explain(fine, List.of(), model);
    Anchor wide =
        explain(settings(OptionalDouble.of(69), OptionalInt.empty(), true), List.of(), model);

    assertThat(standard.tolerance()).isEqualTo(0.5 * 28.9, within(2.0));
    assertThat(standard.success()).isTrue();
    assertThat(Table.texts(standard)).anyMatch(text -> text.contains("< f1 <="));
    assertThat(standard.prediction()).isEqualTo(30);
    assertThat(wide.tolerance()).isEqualTo(69);
    assertThat(wide.predicates()).isEmpty(); // |f1 - 30| <= 69 always
  }

  @Test
  void scores_theLargestColumn_orOneClassAgainstTheRest() {
    Predictor model =
        scores(
            row ->
                new double[] {
                  row.numbers()[0] > 50 ? 0.4 : 0.1, row.numbers()[1] > 50 ? 0.3 : 0.2, 0.25
                });

    Anchor predicted =
        explain(
            settings(OptionalDouble.empty(), OptionalInt.empty(), false),
            List.of("a", "b", "c"),
            model);
    Anchor notB =
        explain(
            settings(OptionalDouble.empty(), OptionalInt.of(1), false),
            List.of("a", "b", "c"),
            model);

    assertThat(predicted.target().label()).isEqualTo("a");
    assertThat(predicted.prediction()).isEqualTo(0.4);
    assertThat(Table.texts(predicted)).singleElement().asString().startsWith("f0 > ");
    assertThat(notB.target().index()).isEqualTo(1);
    assertThat(notB.success()).isTrue();
    assertThat(notB.coverage()).isGreaterThan(predicted.coverage()); // f1 <= 49 does, too
    assertThatThrownBy(
            () ->
                explain(
                    settings(OptionalDouble.empty(), OptionalInt.of(3), false), List.of(), model))
        .extracting("code", "pointer")
        .containsExactly("parameter_range", "/parameters/target");
  }

  @Test
  void oneScoreOfTwoClasses_isAClass() {
    Predictor model = scores(row -> new double[] {row.numbers()[0] > 50 ? 0.8 : 0.1});

    Anchor anchor =
        explain(
            settings(OptionalDouble.empty(), OptionalInt.empty(), false),
            List.of("no", "yes"),
            model);

    assertThat(anchor.target().label()).isEqualTo("yes");
    assertThat(anchor.tolerance()).isZero();
    assertThat(Table.texts(anchor)).singleElement().asString().startsWith("f0 > ");
  }
}
