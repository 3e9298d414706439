package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Not a unit test only because training takes seconds. */
class IncomeTrainingIT {

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void committedTable_isWhatTribuoTrains(int version) throws IOException {
    Census census = Census.load();
    IncomeForest trained = IncomeForest.train(census, version);
    TreeEnsemble shipped = TreeEnsemble.load("income-" + version + ".trees");

    for (int row = IncomeForest.TRAINING_ROWS; row < census.size(); row++) {
      List<String> cells = census.row(row);
      assertThat(shipped.probability(IncomeModelTest.encode(shipped, cells)))
          .isCloseTo(trained.probability(cells), Offset.offset(1e-9));
    }
    try (InputStream table = Census.resource("income-" + version + ".trees")) {
      assertThat(TreeTable.bytes(trained, census)).isEqualTo(table.readAllBytes());
    }
  }
}
