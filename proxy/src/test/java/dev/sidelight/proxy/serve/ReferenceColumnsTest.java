package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.proxy.serve.ReferenceColumns.Place;
import dev.sidelight.proxy.serve.RowView.NamedValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceColumnsTest {

  /** Ages 20, 30, 30, 40, 50 and jobs a, a, b, a, c. */
  private static ReferenceColumns columns() {
    byte[][] jobs = new byte[5][];
    List<String> texts = List.of("a", "a", "b", "a", "c");
    Arrays.setAll(jobs, i -> texts.get(i).getBytes(StandardCharsets.UTF_8));
    Instances rows =
        new Instances(
            List.of(
                new NamedTensor(
                    "age",
                    new DoubleTensor(DataType.FP64, List.of(5), new double[] {30, 50, 20, 40, 30})),
                new NamedTensor("job", new BytesTensor(List.of(5), jobs, 1))));
    FeatureSchema schema =
        FeatureSchema.of(
            List.of(
                Feature.numeric("age"),
                new Feature("job", FeatureKind.CATEGORICAL, List.of("a", "b", "c"))));
    return new ReferenceColumns(schema, rows);
  }

  @ParameterizedTest
  @CsvSource({
    "10,0,0,true",
    "20,0,0.2,false",
    "25,0.2,0,false",
    "30,0.2,0.4,false",
    "50,0.8,0.2,false",
    "51,1,0,true"
  })
  void place_number_sharesBelowAndEqual(double age, double below, double equal, boolean outside) {
    Place place = columns().place(new NamedValue("age", age, "")).orElseThrow();

    assertThat(place).isEqualTo(new Place(true, below, equal));
    assertThat(place.isOutside()).isEqualTo(outside);
  }

  @ParameterizedTest
  @CsvSource({"a,0.6,false", "c,0.2,false", "z,0,true"})
  void place_category_shareOfTheSame(String job, double equal, boolean outside) {
    Place place = columns().place(new NamedValue("job", job, job)).orElseThrow();

    assertThat(place.equal()).isEqualTo(equal);
    assertThat(place.isOutside()).isEqualTo(outside);
  }

  @Test
  void place_unknownOrNoNumber_isNothing() {
    assertThat(columns().place(new NamedValue("height", 3.0, "3"))).isEmpty();
    assertThat(columns().place(new NamedValue("age", "old", "old"))).isEmpty();
  }
}
