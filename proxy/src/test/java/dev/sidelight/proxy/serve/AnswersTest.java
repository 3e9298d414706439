package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.matrix;
import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.texts;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AnswersTest {

  @Test
  void answer_scoresOfSeveralColumns_isTheLargest() {
    Tensor answer = AnswerClasses.of(Rows.of(matrix("p", 3, 0.1f, 0.2f, 0.7f, 0.5f, 0.5f, 0)));

    assertThat(answer.type()).isEqualTo(DataType.BYTES);
    assertThat(answer.text(0, 0)).isEqualTo("2");
    assertThat(answer.text(1, 0)).as("the first of equals").isEqualTo("0");
  }

  @Test
  void answer_labelBesideScores_scoresDecide() {
    Tensor answer = AnswerClasses.of(Rows.of(texts("label", "yes"), matrix("p", 2, 0.1f, 0.9f)));

    assertThat(answer.text(0, 0)).isEqualTo("1");
  }

  @Test
  void answer_oneColumn_keepsItsKind() {
    assertThat(AnswerClasses.of(Rows.of(texts("", "a"))).text(0, 0)).isEqualTo("a");
    assertThat(AnswerClasses.of(Rows.of(reals("", 0.5))).type()).isEqualTo(DataType.FP64);
    assertThat(AnswerClasses.of(Rows.of(wholes("", 7))).type()).isEqualTo(DataType.INT64);
  }

  @Test
  void classNames_everyColumnSeen_areInColumnOrder() {
    ClassNames names = new ClassNames();
    names.observe(Rows.of(matrix("p", 2, 0.1f, 0.9f), texts("l", ">50K")));
    assertThat(names.names()).isEmpty();

    names.observe(Rows.of(texts("l", "<=50K"), matrix("p", 2, 0.9f, 0.1f)));

    assertThat(names.names()).containsExactly("<=50K", ">50K");
  }

  @Test
  void classNames_contradiction_areNone() {
    ClassNames names = new ClassNames();
    names.observe(Rows.of(matrix("p", 2, 0.9f, 0.1f, 0.9f, 0.1f, 0, 1), texts("l", "a", "b", "c")));

    assertThat(names.names()).isEmpty();
  }

  @Test
  void classNames_labelsOnly_areNone() {
    ClassNames names = new ClassNames();
    names.observe(Rows.of(texts("l", "a")));

    assertThat(names.names()).isEmpty();
  }

  @Test
  void allowance_burstThenRate_eachStandsForThoseThatWentBy() {
    ParseAllowance allowance = new ParseAllowance(2, 10);

    assertThat(allowance.take(0, 0)).isEqualTo(1);
    assertThat(allowance.take(0, 0)).isEqualTo(1);
    assertThat(allowance.take(0, 0)).isZero();
    assertThat(allowance.take(50_000, 0)).isZero();
    assertThat(allowance.take(100_000, 0)).isEqualTo(3);
    assertThat(allowance.take(90_000, 0)).as("the clock stepped back").isZero();
    assertThat(allowance.take(200_000, 0)).isEqualTo(2);
  }

  @Test
  void allowance_manyRequests_standForAll() {
    ParseAllowance allowance = new ParseAllowance(100, 200);
    long stood = 0;
    long parsed = 0;
    long last = 0;
    for (int i = 0; i < 100_000; i++) {
      long weight = allowance.take(i * 100L, 0); // 10,000 a second for 10 s
      stood += weight;
      parsed += weight > 0 ? 1 : 0;
      last = weight > 0 ? i : last;
    }

    assertThat(stood).isEqualTo(last + 1);
    assertThat(parsed).isBetween(2_000L, 2_110L);
  }
}
