package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.matrix;
import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.texts;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Reservoir;
import dev.sidelight.core.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficSampleTest {

  private final TrafficSample sample = new TrafficSample(/* seed= */ 3);

  private static Instances score(double... values) {
    return Rows.of(reals("", values));
  }

  @Test
  void add_wholeNumbersThenFractions_fitOneSample() {
    sample.add(Rows.of(wholes("", 39), wholes("", 2174)), score(0.5), Rows.seen(1));
    sample.add(Rows.of(reals("", 39.5), wholes("", 0)), score(0.25), Rows.seen(1));

    assertThat(sample.size()).isEqualTo(2);
    assertThat(sample.unfit()).isZero();
    Tensor first = sample.rows().tensors().get(0).tensor();
    assertThat(first.number(0, 0)).isEqualTo(39);
    assertThat(first.number(1, 0)).isEqualTo(39.5);
  }

  @Test
  void add_wholeAndFractionalAnswers_areScores() {
    for (int i = 0; i < 20; i++) {
      sample.add(Rows.of(wholes("x", i)), Rows.of(wholes("", i)), Rows.seen(1));
    }
    sample.add(Rows.of(wholes("x", 20)), score(0.5), Rows.seen(1));

    assertThat(sample.size()).isEqualTo(21);
    assertThat(sample.unfit()).isZero();
  }

  @Test
  void add_otherWidthUnderTheSameName_isCountedAndTheFirstStays() {
    sample.add(Rows.of(wholes("", 1), wholes("", 2)), score(0), Rows.seen(1));
    sample.add(Rows.of(wholes("a", 1), wholes("b", 2), wholes("c", 3)), score(0), Rows.seen(1));

    assertThat(sample.unfit()).isEqualTo(1);
    assertThat(sample.schema().features()).extracting(Feature::name).containsExactly("f0", "f1");
  }

  @Test
  void add_rowsWithoutAnAnswerEach_areNotTaken() {
    sample.add(Rows.of(wholes("x", 1, 2)), score(0.5), Rows.seen(1));

    assertThat(sample.size()).isZero();
  }

  @Test
  void add_namedColumnsAfterPositions_giveTheirNames() {
    sample.add(Rows.of(wholes("", 1), texts("", "a")), score(0.5), Rows.seen(1));
    sample.add(Rows.of(wholes("age", 2), texts("town", "b")), score(0.5), Rows.seen(1));

    assertThat(sample.names()).containsExactly("age", "town");
    assertThat(sample.schema().features().get(1).kind()).isEqualTo(FeatureKind.CATEGORICAL);
    assertThat(sample.size()).isEqualTo(2);
  }

  @Test
  void add_columnsInAnotherOrder_areMatchedByName() {
    sample.add(Rows.of(wholes("a", 1), wholes("b", 2)), score(0.5), Rows.seen(1));
    sample.add(Rows.of(wholes("b", 4), wholes("a", 3)), score(0.5), Rows.seen(1));

    assertThat(sample.rows().tensors().get(0).tensor().number(1, 0)).isEqualTo(3);
    assertThat(sample.names()).containsExactly("a", "b");
  }

  @Test
  void background_isStratifiedByTheAnswer() {
    for (int i = 0; i < 100; i++) {
      sample.add(
          Rows.of(wholes("x", i)),
          Rows.of(texts("", i % 10 == 0 ? "rare" : "usual")),
          Rows.seen(1));
    }

    Instances background = sample.background(10, 7).rows();

    Tensor x = background.tensors().get(0).tensor();
    long rare = 0;
    for (int r = 0; r < 10; r++) {
      rare += x.number(r, 0) % 10 == 0 ? 1 : 0;
    }
    assertThat(rare).isEqualTo(1);
    assertThat(background.width()).isEqualTo(1);
  }

  @Test
  void schema_labelsBesideScores_nameTheClasses() {
    sample.add(
        Rows.of(wholes("x", 1, 2)),
        Rows.of(matrix("scores", 2, 0.9f, 0.1f, 0.2f, 0.8f), texts("label", "<=50K", ">50K")),
        Rows.seen(1));

    assertThat(sample.schema().outputs()).isEqualTo(List.of("<=50K", ">50K"));
  }

  @Test
  void add_largeRows_areFewer() {
    float[] image = new float[40_000];
    for (int i = 0; i < 200; i++) {
      image[0] = i;
      sample.add(Rows.of(matrix("image", 40_000, image)), score(i), Rows.seen(1));
    }

    assertThat(sample.size()).isBetween(50, 120);
    assertThat(sample.seen()).isEqualTo(200);
  }

  @Test
  void restore_continuesWhereItWas() {
    for (int i = 0; i < 60; i++) {
      sample.add(
          Rows.of(wholes("x", i)),
          Rows.of(matrix("s", 2, i % 2, 1 - i % 2), texts("l", i % 2 == 1 ? "a" : "b")),
          Rows.seen(1000));
    }
    TrafficSample after = new TrafficSample(3);

    after.restore(sample.kept(), sample.names(), sample.classNames(), sample.seen());
    after.revisions().restore(sample.revisions().names(), sample.revisions().current());

    assertThat(after.seen()).isEqualTo(60_000);
    assertThat(after.schema()).isEqualTo(sample.schema());
    assertThat(after.background(100, 5)).isEqualTo(sample.background(100, 5));
    assertThat(after.size()).isEqualTo(60).isLessThan(Reservoir.CAPACITY);
  }
}
