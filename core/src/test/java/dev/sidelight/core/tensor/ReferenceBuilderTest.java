package dev.sidelight.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceBuilderTest {

  private static final FeatureSchema SCHEMA = FeatureSchema.of(List.of(Feature.numeric("x")));

  @Test
  void build_equalRows_becomeOneWithTheirWeights() {
    ReferenceSet set =
        ReferenceBuilder.build(
            SCHEMA,
            Rows.reals(1, Double.NaN, 1, 2, Double.NaN),
            new double[] {1, 2, 3, 4, 5},
            "file");

    assertThat(set.rows()).isEqualTo(Rows.reals(1, Double.NaN, 2));
    assertThat(set.weights()).containsExactly(4, 7, 4);
    assertThat(set.id()).matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void population_equalRows_stayCases() {
    ReferenceSet set = ReferenceBuilder.population(SCHEMA, Rows.reals(1, 1, 2), "file");

    assertThat(set.rows()).isEqualTo(Rows.reals(1, 1, 2));
    assertThat(set.weights()).containsExactly(1, 1, 1);
    assertThat(set.id())
        .isNotEqualTo(ReferenceBuilder.build(SCHEMA, Rows.reals(1, 1, 2), "file").id());
  }

  @Test
  void build_idFollowsSchemaAndRows() {
    String id = ReferenceBuilder.build(SCHEMA, Rows.reals(1, 2), "log").id();

    assertThat(ReferenceBuilder.build(SCHEMA, Rows.reals(1, 2), "file").id()).isEqualTo(id);
    assertThat(ReferenceBuilder.build(SCHEMA, Rows.reals(1, 3), "log").id()).isNotEqualTo(id);
    assertThat(ReferenceBuilder.build(SCHEMA, Rows.longs(1, 2), "log").id()).isNotEqualTo(id);
    FeatureSchema other = FeatureSchema.of(List.of(Feature.numeric("y")));
    assertThat(ReferenceBuilder.build(other, Rows.reals(1, 2), "log").id()).isNotEqualTo(id);
  }
}
