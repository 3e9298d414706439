package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomeModelTest {

  private static final Census CENSUS = Census.load();
  private static final List<Integer> HELD_OUT =
      IntStream.range(IncomeForest.TRAINING_ROWS, CENSUS.size()).boxed().toList();

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void heldOutRows_areRankedWell(int version) {
    TreeEnsemble model = TreeEnsemble.load("income-" + version + ".trees");
    double[] scores =
        HELD_OUT.stream()
            .mapToDouble(r -> model.probability(encode(model, CENSUS.row(r))))
            .toArray();
    int[] labels = HELD_OUT.stream().mapToInt(CENSUS::label).toArray();

    assertThat(areaUnderCurve(scores, labels)).isGreaterThanOrEqualTo(0.88);
  }

  /** The share of pairs (a row of class 1, a row of class 0) that are ordered rightly. */
  private static double areaUnderCurve(double[] scores, int[] labels) {
    double right = 0;
    long pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (labels[i] == 1 && labels[j] == 0) {
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          pairs++;
        }
      }
    }
    return right / pairs;
  }

  static double[] encode(TreeEnsemble model, List<String> cells) {
    double[] row = new double[model.features().size()];
    for (int f = 0; f < row.length; f++) {
      CensusFeature feature = model.features().get(f);
      row[f] = feature.isNumeric() ? Double.parseDouble(cells.get(f)) : feature.code(cells.get(f));
    }
    return row;
  }
}
