package dev.sidelight.explainers.counterfactual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.Counterfactual.Answer;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.explainers.ModelSession;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the model, an answer is what it says it is. */
class CounterfactualPropertiesTest {

  @Property(tries = 60)
  void answers_anyModel_holdAreMinimalAndSeen(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 9) int width) {
    Predicate<double[]> yes = randomModel(seed, width);
    Predictor model = Traffic.yesNo(yes);
    double[][] traffic = Traffic.uniform(80, width, seed);
    double[] x = Traffic.uniform(1, width, seed + 1)[0];
    LoggedPredictions log = Traffic.log(traffic, model);

    Counterfactual found =
        Traffic.explain(
            Traffic.request(x, Traffic.schema(width), CounterfactualSettings.defaults()),
            log,
            new ModelSession(model));

    assertThat(found.answers().size()).isLessThanOrEqualTo(3);
    for (Answer answer : found.answers()) {
      double[] row = Traffic.numbers(answer.row(), 0);
      double[] source =
          traffic[Integer.parseInt(answer.nearestRequestId().orElseThrow().substring(4))];
      assertThat(yes.test(row)).isNotEqualTo(yes.test(x));
      for (int c = 0; c < width; c++) {
        assertThat(row[c]).isIn(x[c], source[c]);
        if (row[c] != x[c] && answer.minimal() && answer.changes().size() > 1) {
          double[] back = row.clone();
          back[c] = x[c];
          assertThat(yes.test(back)).isEqualTo(yes.test(x));
        }
      }
    }
  }

  @Property(tries = 20)
  void explain_sameQuestion_sameAnswer(@ForAll long seed) {
    Predictor model = Traffic.yesNo(randomModel(seed, 5));
    LoggedPredictions log = Traffic.log(Traffic.uniform(60, 5, seed), model);
    double[] x = Traffic.uniform(1, 5, seed + 1)[0];

    assertThat(changes(x, log, model)).isEqualTo(changes(x, log, model));
  }

  private static Object changes(double[] x, LoggedPredictions log, Predictor model) {
    return Traffic.explain(
            Traffic.request(x, Traffic.schema(5), CounterfactualSettings.defaults()),
            log,
            new ModelSession(model))
        .answers()
        .stream()
        .map(Answer::changes)
        .toList();
  }

  /** A hyperplane through the middle, bent by one product: not monotone in every column. */
  private static Predicate<double[]> randomModel(long seed, int width) {
    Random random = new Random(seed);
    double[] weights = random.doubles(width, -1, 1).toArray();
    double bend = random.nextDouble() - .5;
    return row ->
        IntStream.range(0, width).mapToDouble(c -> weights[c] * (row[c] - 5)).sum()
                + bend * (row[0] - 5) * (row[1] - 5)
            > 0;
  }
}
