package dev.sidelight.explainers.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.Counterfactual.Answer;
import dev.sidelight.explainers.Counterfactual.Change;
import dev.sidelight.explainers.Counterfactual.Failure;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Literal;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.explainers.ModelSession;
import dev.sidelight.explainers.Stopped;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models whose counterfactuals are known beforehand. */
class CounterfactualExplainerTest {

  private static final CounterfactualSettings YES =
      CounterfactualSettings.defaults().withTarget("yes");

  private final double[][] traffic = Traffic.uniform(400, 6, 7);
  private final double[] x = {1, 1, 1, 1, 1, 1};

  @Test
  void explain_oneFeatureDecides_onlyItChangesToALoggedValue() {
    Predictor model = Traffic.yesNo(row -> row[2] > 5);
    ModelSession session = new ModelSession(model);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES), Traffic.log(traffic, model), session);

    assertThat(found.success()).isTrue();
    assertThat(found.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(found.prediction().label()).isEqualTo("no");
    assertThat(found.answers()).hasSize(3);
    for (Answer answer : found.answers()) {
      assertThat(answer.changes()).extracting(Change::name).containsExactly("f2");
      assertThat(answer.prediction().label()).isEqualTo("yes");
      assertThat(answer.confirmed() && answer.minimal()).isTrue();
      int row = Integer.parseInt(answer.nearestRequestId().orElseThrow().substring(4));
      assertThat(Traffic.numbers(answer.row(), 0)).isEqualTo(withValue(2, traffic[row][2]));
    }
  }

  private double[] withValue(int column, double value) {
    double[] changed = x.clone();
    changed[column] = value;
    return changed;
  }

  @Test
  void explain_twoFeaturesTogether_bothChange() {
    Predictor model = Traffic.yesNo(row -> row[0] > 4 && row[5] > 4);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES),
            Traffic.log(traffic, model),
            new ModelSession(model));

    assertThat(found.answers().get(0).changes())
        .extracting(Change::name)
        .containsExactly("f0", "f5");
  }

  @Test
  void explain_answers_fewestChangesThenNearest() {
    Predictor model = Traffic.yesNo(row -> row[0] > 8 || (row[1] > 2 && row[2] > 2));

    List<Answer> answers =
        Traffic.explain(
                Traffic.request(x, Traffic.schema(6), YES),
                Traffic.log(traffic, model),
                new ModelSession(model))
            .answers();

    for (int i = 1; i < answers.size(); i++) {
      Answer before = answers.get(i - 1);
      Answer after = answers.get(i);
      assertThat(before.changes().size()).isLessThanOrEqualTo(after.changes().size());
      if (before.changes().size() == after.changes().size()) {
        assertThat(before.distance()).isLessThanOrEqualTo(after.distance());
      }
    }
  }

  @Test
  void explain_anyOtherClass_isTheDefault() {
    Predictor model = Traffic.yesNo(row -> row[3] > 5);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), CounterfactualSettings.defaults()),
            Traffic.log(traffic, model),
            new ModelSession(model));

    assertThat(found.target().index()).isEqualTo(-1);
    assertThat(found.answers().get(0).prediction().label()).isEqualTo("yes");
  }

  @Test
  void explain_distance_isInInterquartileRanges() {
    // sorted 0, 10, .., 90: quartiles 20 and 70; x differs by 90 - 0
    double[][] rows =
        IntStream.range(0, 10).mapToObj(i -> new double[] {10 * i, 3}).toArray(double[][]::new);
    Predictor model = Traffic.yesNo(row -> row[0] > 85);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(new double[] {0, 3}, Traffic.schema(2), YES),
            Traffic.log(rows, model),
            new ModelSession(model));

    assertThat(found.answers().get(0).distance()).isCloseTo(90.0 / 50, within(1e-12));
    assertThat(found.answers().get(0).changes())
        .containsExactly(new Change("f0", Literal.number("0.0"), Literal.number("90.0")));
  }

  @Test
  void explain_band_isReached() {
    Predictor model = Traffic.number(row -> 2 * row[0] + row[1]);
    CounterfactualSettings band = CounterfactualSettings.defaults().withBand(new Interval(20, 24));

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), band),
            Traffic.log(traffic, model),
            new ModelSession(model));

    assertThat(found.prediction().value()).isEqualTo(3);
    assertThat(found.answers()).allMatch(a -> a.prediction().value() >= 20);
    assertThat(found.answers()).allMatch(a -> a.prediction().value() <= 24);
    assertThat(found.answers().get(0).changes()).extracting(Change::name).isSubsetOf("f0", "f1");
  }

  @Test
  void explain_labels_areClasses() {
    Predictor model =
        batch ->
            Instances.of(
                "label",
                BytesTensor.ofText(
                    IntStream.range(0, batch.rows())
                        .mapToObj(r -> Traffic.numbers(batch, r)[0] > 5 ? "dog" : "cat")
                        .toArray(String[]::new)));

    Counterfactual found =
        Traffic.explain(
            Traffic.request(
                x, Traffic.schema(6), CounterfactualSettings.defaults().withTarget("dog")),
            Traffic.log(traffic, model),
            new ModelSession(model));

    assertThat(found.prediction().label()).isEqualTo("cat");
    assertThat(found.answers().get(0).changes()).extracting(Change::name).containsExactly("f0");
  }

  @Test
  void explain_oneHotGroup_changesAsOne() {
    double[] home = {1, 0, 0, 5};
    double[][] rows = {{0, 1, 0, 5}, {0, 0, 1, 5}, {1, 0, 0, 5}};
    Predictor model = Traffic.yesNo(row -> row[2] == 1);
    FeatureGroup group = new FeatureGroup("f", List.of(0, 1, 2), true);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(home, Traffic.schema(4, List.of(group), Set.of()), YES),
            Traffic.log(rows, model),
            new ModelSession(model));

    assertThat(found.answers()).hasSize(1);
    Change change = found.answers().get(0).changes().get(0);
    assertThat(change.name()).isEqualTo("f");
    assertThat(Traffic.numbers(found.answers().get(0).row(), 0)).isEqualTo(rows[1]);
    assertThat(found.answers().get(0).distance()).isEqualTo(1);
  }

  @Test
  void explain_immutable_neverChanges() {
    double[][] rows = traffic.clone();
    for (int r = 0; r < rows.length; r += 2) {
      rows[r] = rows[r].clone();
      rows[r][2] = 1; // x's own value
    }
    Predictor model = Traffic.yesNo(row -> row[2] > 5 || row[4] > 5);

    Counterfactual byCaller =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES.withImmutable(Set.of("f2"))),
            Traffic.log(rows, model),
            new ModelSession(model));
    Counterfactual bySchema =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6, List.of(), Set.of("f2")), YES),
            Traffic.log(rows, model),
            new ModelSession(model));

    assertThat(byCaller.answers())
        .allSatisfy(a -> assertThat(a.changes()).extracting(Change::name).containsExactly("f4"));
    assertThat(bySchema.answers().get(0).changes()).isEqualTo(byCaller.answers().get(0).changes());
  }

  @Test
  void explain_onlyImmutableWouldDo_failsSo() {
    Predictor model = Traffic.yesNo(row -> row[2] > 5);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES.withImmutable(Set.of("f2"))),
            Traffic.log(traffic, model),
            new ModelSession(model));

    assertThat(found.success()).isFalse();
    assertThat(found.failure()).contains(Failure.IMMUTABLE);
  }

  @Test
  void explain_classNeverSeen_noRows() {
    Predictor model = Traffic.yesNo(row -> row[0] > 11);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES),
            Traffic.log(traffic, model),
            new ModelSession(model));

    assertThat(found.failure()).contains(Failure.NO_ROWS);
    assertThat(found.prediction().label()).isEqualTo("no");
  }

  @Test
  void explain_logOutOfDate_notConfirmed() {
    LoggedPredictions old = Traffic.log(traffic, Traffic.yesNo(row -> row[0] > 5));

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES),
            old,
            new ModelSession(Traffic.yesNo(_ -> false)));

    assertThat(found.failure()).contains(Failure.NOT_CONFIRMED);
    assertThat(found.candidates()).isEqualTo(20);
  }

  @Test
  void explain_lastQuestion_passesTheCache() {
    Predictor model = Traffic.yesNo(row -> row[0] > 5);
    ModelSession session = new ModelSession(model);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES), Traffic.log(traffic, model), session);

    assertThat(session.askedUncached).hasSize(1);
    Instances last = session.askedUncached.get(0);
    for (int i = 0; i < found.answers().size(); i++) {
      assertThat(Traffic.numbers(last, i))
          .isEqualTo(Traffic.numbers(found.answers().get(i).row(), 0));
    }
  }

  @Test
  void explain_modelForgets_answersThatDoNotHoldAreNotGiven() {
    boolean[] changed = {false};
    Predictor model = Traffic.yesNo(row -> !changed[0] && row[0] > 5);
    LoggedPredictions log = Traffic.log(traffic, model);
    ModelSession session = new ModelSession(model);
    session.expiredAfter =
        trips -> {
          changed[0] = trips >= 2;
          return false;
        };

    Counterfactual found =
        Traffic.explain(Traffic.request(x, Traffic.schema(6), YES), log, session);

    assertThat(found.failure()).contains(Failure.NOT_CONFIRMED);
  }

  @Test
  void explain_deadlineBeforeTheLastQuestion_saysUnconfirmed() {
    Predictor model = Traffic.yesNo(row -> row[0] > 5);
    ModelSession session = new ModelSession(model);
    session.expiredAfter = trips -> trips >= 1;

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(6), YES), Traffic.log(traffic, model), session);

    assertThat(found.stopped()).isIn(Stopped.DEADLINE, Stopped.CONVERGED);
    assertThat(found.success()).isTrue();
    assertThat(found.answers()).noneMatch(Answer::confirmed);
  }

  @Test
  void explain_alreadySo_isTheCallersMistake() {
    Predictor model = Traffic.yesNo(row -> row[0] < 5);

    assertThatExceptionOfType(ExplainException.class)
        .isThrownBy(
            () ->
                Traffic.explain(
                    Traffic.request(x, Traffic.schema(6), YES),
                    Traffic.log(traffic, model),
                    new ModelSession(model)))
        .satisfies(e -> assertThat(e.pointer()).isEqualTo("/parameters/target"));
  }

  @Test
  void explain_badParameters_areNamed() {
    Predictor model = Traffic.yesNo(row -> row[0] > 5);
    LoggedPredictions log = Traffic.log(traffic, model);
    LoggedPredictions numbers = Traffic.log(traffic, Traffic.number(row -> row[0]));
    CounterfactualSettings any = CounterfactualSettings.defaults();

    assertThat(pointer(log, any.withTarget("perhaps"))).isEqualTo("/parameters/target");
    assertThat(pointer(log, any.withImmutable(Set.of("f9")))).isEqualTo("/parameters/immutable");
    assertThat(pointer(numbers, any)).isEqualTo("/parameters/band");
  }

  private String pointer(LoggedPredictions log, CounterfactualSettings settings) {
    ModelSession session = new ModelSession(Traffic.yesNo(row -> row[0] > 5));
    try {
      Traffic.explain(Traffic.request(x, Traffic.schema(6), settings), log, session);
      return "";
    } catch (ExplainException e) {
      return e.pointer();
    }
  }

  @Test
  void explain_budget_isKeptOrNamed() {
    Predictor model = Traffic.yesNo(row -> row[0] + row[1] > 12);
    LoggedPredictions log = Traffic.log(traffic, model);
    ModelSession session = new ModelSession(model);

    Counterfactual small =
        Traffic.explain(Traffic.request(x, Traffic.schema(6), YES, rows(40)), log, session);

    assertThat(small.cost().rowsAsked()).isLessThanOrEqualTo(40);
    assertThat(small.candidates()).isLessThan(20);
    assertThatExceptionOfType(ExplainException.class)
        .isThrownBy(
            () ->
                Traffic.explain(
                    Traffic.request(x, Traffic.schema(6), YES, rows(10)),
                    log,
                    new ModelSession(model)))
        .withMessageContaining("at least 13 rows")
        .satisfies(e -> assertThat(e.code()).isEqualTo("budget_too_small"));
  }

  private static Budget rows(int rowsMax) {
    return new Budget(rowsMax, 16, Duration.ofSeconds(20), .01);
  }

  @Test
  void explain_twelveFeatures_threeToSixRoundTrips() {
    double[][] wide = Traffic.uniform(1_000, 12, 3);
    double[] mine = new double[12];
    Arrays.fill(mine, 1);
    Predictor model =
        Traffic.yesNo(row -> row[0] + row[1] + row[2] > 16 || (row[7] > 6 && row[3] > 6));
    ModelSession session = new ModelSession(model);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(mine, Traffic.schema(12), YES), Traffic.log(wide, model), session);

    assertThat(found.stopped()).isEqualTo(Stopped.CONVERGED);
    assertThat(found.cost().roundTrips()).isBetween(3, 6);
    assertThat(found.rounds()).isEqualTo(found.cost().roundTrips());
    assertThat(found.cost().rowsAsked()).isLessThan(1_500);
  }
}
