package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompensatedSumTest {

  @Test
  void compensatedSum_keepsWhatPlainAdditionLoses() {
    CompensatedSum sum = new CompensatedSum();
    for (double term : new double[] {1, 1e100, 1, -1e100}) {
      sum.add(term);
    }

    assertThat(sum.value()).isEqualTo(2);
  }
}
