package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.texts;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceBuilder;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.Stopped;
import dev.sidelight.explainers.Target;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentenceTest {

  private static final Instances X = Rows.of(wholes("age", 39), texts("town", "1.0"));

  private static String sentence(String label, double... values) {
    FeatureSchema schema = FileRows.schema(X);
    Interval[] intervals = new Interval[values.length];
    for (int i = 0; i < values.length; i++) {
      intervals[i] = new Interval(values[i], values[i]);
    }
    OutputAttribution output =
        new OutputAttribution(
            new Target("y", 0, label),
            100,
            1234.5,
            values,
            new double[values.length],
            intervals,
            new double[0],
            0);
    List<FeatureGroup> players =
        values.length == 1
            ? List.of(new FeatureGroup("both", List.of(0, 1), false))
            : schema.players();
    Attribution attribution =
        new Attribution(
            "exact",
            true,
            Stopped.EXACT,
            Link.IDENTITY,
            players,
            0,
            List.of(output),
            1,
            0,
            0,
            true,
            1,
            new Cost(0, 0, 0, 0, 0, 0, 0, 0));
    return Sentence.of(attribution, ReferenceBuilder.build(schema, X, "file"), X);
  }

  @Test
  void sentence_regression_saysTheNumber() {
    assertThat(sentence("", -200, 3))
        .isEqualTo("The model says 1235. The average is 100; age = 39 lowered it most (-200).");
  }

  @Test
  void sentence_textValue_staysWhatItIs() {
    assertThat(sentence("<b>", 1, 300))
        .isEqualTo(
            "The model says <b> (1235). The average is 100; town = 1.0 raised it most (+300).");
  }

  @Test
  void sentence_group_isItsName() {
    assertThat(sentence("", 5)).endsWith("; both raised it most (+5).");
  }

  @Test
  void sentence_nothingMoves_saysSo() {
    assertThat(sentence("", 0, 0)).endsWith("The average is 100; nothing in this row moves it.");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0.8749,0.875",
    "0.5,0.5",
    "-0.0123456,-0.0123",
    "12.345,12.3",
    "123456,123456",
    "1234567,1.23e+06",
    "0.00001234,1.23e-05",
    "1,1",
    "99.99,100"
  })
  void number_threeDigits(double value, String text) {
    assertThat(Sentence.number(value)).isEqualTo(text);
  }

  @Test
  void values_everyType_keepsItsWireForm() {
    Instances rows =
        new Instances(
            List.of(
                new NamedTensor(
                    "u", new IntegerTensor(DataType.UINT64, List.of(1), new long[] {-1})),
                new NamedTensor("b", new IntegerTensor(DataType.BOOL, List.of(1), new long[] {1})),
                new NamedTensor("t", BytesTensor.ofText("Größe")),
                new NamedTensor("k", new IntegerTensor(DataType.INT64, List.of(1), new long[] {1})),
                Rows.reals("r", 3)));
    FeatureSchema schema =
        FeatureSchema.of(
            List.of(
                Feature.numeric("u"),
                new Feature("b", FeatureKind.BOOLEAN, List.of()),
                new Feature("t", FeatureKind.CATEGORICAL, List.of("Größe", "y")),
                new Feature("k", FeatureKind.CATEGORICAL, List.of("zero", "one")),
                Feature.numeric("r")));
    FeatureValues values = new FeatureValues(schema, rows);

    assertThat(values.value(0, 0)).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(values.value(0, 1)).isEqualTo(true);
    assertThat(values.value(0, 2)).isEqualTo("Größe");
    assertThat(values.value(0, 3)).isEqualTo(1L);
    assertThat(values.text(0, 3)).isEqualTo("one");
    assertThat(values.text(0, 4)).isEqualTo("3");
    assertThat(values.encoded(0, 2)).isZero();
    assertThat(values.encoded(0, 4)).isEqualTo(3);
  }
}
