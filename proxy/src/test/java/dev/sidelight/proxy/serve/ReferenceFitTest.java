package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.matrix;
import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.texts;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceBuilder;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferenceFitTest {

  private static ReferenceSet reference(Instances rows) {
    return ReferenceBuilder.build(FileRows.schema(rows), rows, "file");
  }

  @Test
  void v1_wholeRequestBesideFractions_onlyThatColumnBecomesReal() {
    ReferenceSet reference =
        reference(Rows.of(reals("a", 0.5, 1), reals("b", 3, 4), wholes("c", 5, 6)));
    Instances request = Rows.of(wholes("", 1), wholes("", 2), wholes("", 3));

    ReferenceFit fit = ReferenceFit.of(reference, request, "v1");

    assertThat(types(fit.request())).containsExactly(DataType.FP64, DataType.INT64, DataType.INT64);
    assertThat(types(fit.reference().rows())).isEqualTo(types(fit.request()));
    assertThat(fit.reference().rows().tensors().get(0).tensor().number(0, 0)).isEqualTo(0.5);
  }

  @Test
  void v1_largeWholeNumbers_areKeptExactly() {
    long large = (1L << 53) + 1;
    ReferenceSet reference = reference(Rows.of(wholes("id", large, large + 2), reals("b", 1.5, 2)));

    ReferenceFit fit = ReferenceFit.of(reference, Rows.of(wholes("", large), wholes("", 3)), "v1");

    assertThat(fit.reference().rows().tensors().get(0).tensor().text(0, 0))
        .isEqualTo(Long.toString(large));
  }

  @Test
  void v2_declaredTypes_hold() {
    ReferenceSet reference = reference(Rows.of(reals("a", 0.5, 1)));

    assertThatThrownBy(() -> ReferenceFit.of(reference, Rows.of(wholes("a", 1)), "v2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a', row 1");
  }

  @Test
  void v2_columnsInAnotherOrder_schemaAndRowsFollowTheRequest() {
    Instances rows = Rows.of(wholes("a", 1, 2), texts("b", "x", "y"), wholes("c", 7, 8));
    FeatureSchema plain = FileRows.schema(rows);
    FeatureSchema schema =
        new FeatureSchema(
            plain.features(),
            List.of(new FeatureGroup("ac", List.of(0, 2), false)),
            List.of("no", "yes"),
            Set.of("b"));
    ReferenceSet reference = ReferenceBuilder.build(schema, rows, "file");

    ReferenceFit fit =
        ReferenceFit.of(reference, Rows.of(texts("b", "z"), wholes("c", 9), wholes("a", 3)), "v2");

    assertThat(fit.reference().schema().features())
        .extracting(Feature::name)
        .containsExactly("b", "c", "a");
    assertThat(fit.reference().schema().groups().get(0).members()).containsExactly(1, 2);
    assertThat(fit.reference().schema().outputs()).containsExactly("no", "yes");
    assertThat(fit.reference().rows().tensors().get(1).tensor().number(1, 0)).isEqualTo(8);
  }

  @Test
  void v2_matrixRequest_takesTheColumnsByPosition() {
    ReferenceSet reference = reference(Rows.of(reals("a", 1, 2), reals("b", 3, 4)));

    ReferenceFit fit = ReferenceFit.of(reference, Rows.of(matrix("x", 2, 5, 6)), "v2");

    Tensor rows = fit.reference().rows().tensors().get(0).tensor();
    assertThat(rows.shape()).containsExactly(2, 2);
    assertThat(rows.number(1, 1)).isEqualTo(4);
    assertThat(fit.reference().schema().features().get(1).name()).isEqualTo("b");
  }

  private static List<DataType> types(Instances rows) {
    return rows.tensors().stream().map(t -> t.tensor().type()).toList();
  }
}
