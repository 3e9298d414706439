package dev.sidelight.core.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaJsonTest {

  private static final String FULL =
      "{\"features\":[{\"name\":\"age\",\"kind\":\"numeric\"},{\"name\":\"marital\",\"kind\":"
          + "\"categorical\",\"labels\":[\"Married\",\"Never-Married\"]},{\"name\":\"country_US\","
          + "\"kind\":\"boolean\"},{\"name\":\"country_MX\",\"kind\":\"boolean\"}],\"groups\":[{"
          + "\"name\":\"country\",\"members\":[\"country_US\",\"country_MX\"],\"oneHot\":true}],"
          + "\"outputs\":[\"<=50K\",\">50K\"],\"immutable\":[\"age\"]}";

  @Test
  void read_theDocumentedForm_andWriteItAgain() {
    FeatureSchema schema = SchemaJson.read(FULL.getBytes(UTF_8));

    assertThat(schema)
        .isEqualTo(
            new FeatureSchema(
                List.of(
                    Feature.numeric("age"),
                    new Feature(
                        "marital", FeatureKind.CATEGORICAL, List.of("Married", "Never-Married")),
                    new Feature("country_US", FeatureKind.BOOLEAN, List.of()),
                    new Feature("country_MX", FeatureKind.BOOLEAN, List.of())),
                List.of(new FeatureGroup("country", List.of(2, 3), true)),
                List.of("<=50K", ">50K"),
                Set.of("age")));
    assertThat(new String(SchemaJson.write(schema), UTF_8)).isEqualTo(FULL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|/features",
        "{\"features\":[]}|/features",
        "{\"features\":{}}|/features",
        "{\"features\":[{\"kind\":\"numeric\"}]}|/features/0/name",
        "{\"features\":[{\"name\":\"a\",\"kind\":\"real\"}]}|/features/0/kind",
        "{\"features\":[{\"name\":\"a\"},{\"name\":\"a\"}]}|/features/1/name",
        "{\"features\":[{\"name\":\"a\",\"kind\":\"numeric\",\"labels\":[\"x\"]}]}|/features/0/labels",
        "{\"features\":[{\"name\":\"a\",\"labels\":[\"x\",\"x\"]}]}|/features/0/labels",
        "{\"features\":[{\"name\":\"a\",\"labels\":[null]}]}|/features/0/labels/0",
        "{\"features\":[{\"name\":\"a\",\"label\":1}]}|/features/0/label",
        "{\"features\":[{\"name\":\"a\"}],\"immutable\":[\"b\"]}|/immutable/0",
        "{\"features\":[{\"name\":\"a\"}],\"groups\":[{\"name\":\"g\",\"members\":[\"b\"]}]}|/groups/0/members/0",
        "{\"features\":[{\"name\":\"a\"}],\"groups\":[{\"name\":\"g\",\"members\":[\"a\",\"a\"]}]}|/groups/0/members/1",
        "{\"features\":[{\"name\":\"a\"}],\"other/thing\":1}|/other~1thing"
      })
  void read_badSchema_pointsAtTheFault(String json, String pointer) {
    assertThat(Faults.of(() -> SchemaJson.read(json.getBytes(UTF_8))).pointer()).isEqualTo(pointer);
  }
}
