package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.texts;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceBuilder;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.OutputAttribution;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.Stopped;
import dev.sidelight.explainers.Target;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ID = UUID.fromString("0199f5f0-0000-7000-8000-000000000001");

  private static final Instances BACKGROUND =
      Rows.of(
          wholes("capital_gain", 0, 10, 20),
          texts("town", "Köln", "a <b>", "Köln"),
          reals("age", 20.5, 30, 41));

  private static final Instances X =
      Rows.of(wholes("capital_gain", 2174), texts("town", "elsewhere"), reals("age", 39));

  private static OutputAttribution output(String label, int index, double sign) {
    return new OutputAttribution(
        new Target("probabilities", index, label),
        0.5 - sign * 0.26,
        0.5 + sign * 0.37,
        new double[] {sign * 0.42, 0, sign * 0.21},
        new double[] {0.004, 0, 0.003},
        new Interval[] {around(sign * 0.42, 0.009), new Interval(0, 0), around(sign * 0.21, 0.007)},
        new double[0],
        1e-7);
  }

  private static Interval around(double value, double half) {
    return new Interval(value - half, value + half);
  }

  private static ExplainResult result(Format format, boolean multiple, ExplainResult.Row... rows) {
    ReferenceSet reference = reference();
    return new ExplainResult(
        new ServedModel("income", Profile.V2, "upstream", URI.create("http://m:1")),
        "7",
        reference,
        new ExplainOptions(
            Method.SHAP,
            ShapSettings.defaults(),
            Budget.defaults(),
            OptionalLong.empty(),
            format,
            /* dryRun= */ false,
            List.of("l1Reg")),
        Optional.empty(),
        /* madeMillis= */ 1_767_225_600_000L,
        multiple,
        List.of(rows));
  }

  private static ReferenceSet reference() {
    FeatureSchema schema = FileRows.schema(BACKGROUND);
    return ReferenceBuilder.build(schema, BACKGROUND, "log");
  }

  private static Explained explained(List<OutputAttribution> outputs, int target) {
    return new Explained(
        ID,
        0,
        X,
        new Attribution(
            "leverage",
            false,
            Stopped.CONVERGED,
            Link.IDENTITY,
            FileRows.schema(BACKGROUND).players(),
            target,
            outputs,
            100,
            2,
            0,
            true,
            42,
            new Cost(9600, 1514, 1204, 310, 3, 4, 6, 212)),
        Optional.empty());
  }

  private static Explained classification() {
    return explained(List.of(output("<=50K", 0, -1), output(">50K", 1, 1)), 1);
  }

  private static JsonNode written(ExplainResult result) throws IOException {
    return JSON.readTree(ExplainDocuments.write(result));
  }

  /** Names and nesting, without what differs from row to row: {@code data.raw.prediction[]}. */
  private static Set<String> shape(JsonNode node, String at) {
    Set<String> shape = new TreeSet<>();
    if (node.isObject()) {
      shape.add(at + "{}");
      if (!at.endsWith("categorical_names")) {
        node.properties()
            .forEach(member -> shape.addAll(shape(member.getValue(), at + "." + member.getKey())));
      }
    } else if (node.isArray()) {
      shape.add(at + "[]");
      node.forEach(item -> shape.addAll(shape(item, at + "[]")));
    } else {
      shape.add(at + (node.isTextual() ? " text" : node.isNumber() ? " number" : " " + node));
    }
    return shape;
  }

  @Test
  void alibi_classification_hasTheShapeOfTheRecordedDocument() throws IOException {
    JsonNode golden;
    try (InputStream in =
        DocumentsTest.class.getResourceAsStream("alibi-0.9.6-kernelshap_adult.json")) {
      golden = JSON.readTree(Objects.requireNonNull(in));
    }

    JsonNode ours = written(result(Format.ALIBI, false, classification()));

    assertThat(shape(ours.get("meta"), "meta")).isEqualTo(shape(golden.get("meta"), "meta"));
    assertThat(shape(ours.get("data"), "data")).isEqualTo(shape(golden.get("data"), "data"));
    List<String> members = new ArrayList<>();
    ours.fieldNames().forEachRemaining(members::add);
    assertThat(members).containsExactly("meta", "data", "sidelight");
  }

  @Test
  void alibi_classification_numbersStandWhereClientsReadThem() throws IOException {
    JsonNode data = written(result(Format.ALIBI, false, classification())).get("data");

    assertThat(data.get("shap_values").toString())
        .isEqualTo("[[[-0.42,0.0,-0.21]],[[0.42,0.0,0.21]]]");
    assertThat(data.at("/expected_value/1").doubleValue()).isEqualTo(0.24);
    assertThat(data.at("/raw/raw_prediction/0/1").doubleValue()).isEqualTo(0.87);
    assertThat(data.at("/raw/prediction").toString()).isEqualTo("[1]");
    assertThat(data.at("/raw/instances").toString())
        .as("an unknown label is the next free index")
        .isEqualTo("[[2174.0,2.0,39.0]]");
    assertThat(data.at("/categorical_names/1").size()).isEqualTo(2);
    assertThat(data.at("/raw/importances/aggregated/names").toString())
        .isEqualTo("[\"capital_gain\",\"age\",\"town\"]");
    assertThat(data.at("/raw/importances/aggregated/ranked_effect/0").doubleValue())
        .isEqualTo(0.84);
  }

  @Test
  void alibi_regression_isFlat() throws IOException {
    JsonNode document =
        written(result(Format.ALIBI, false, explained(List.of(output("", 0, 1)), 0)));

    assertThat(document.at("/meta/task").textValue()).isEqualTo("regression");
    assertThat(document.at("/data/raw/raw_prediction").toString()).isEqualTo("[0.87]");
    assertThat(document.at("/data/raw/prediction").toString()).isEqualTo("[]");
    assertThat(document.at("/data/expected_value").toString()).isEqualTo("[0.24]");
  }

  @Test
  void alibi_ownMember_saysHowSureItIs() throws IOException {
    JsonNode own = written(result(Format.ALIBI, false, classification())).get("sidelight");

    List<String> names = new ArrayList<>();
    own.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .contains(
            "id",
            "sentence",
            "method",
            "seed",
            "exact",
            "stopped",
            "intervals",
            "std_error",
            "additivity_gap",
            "efficiency_gap",
            "cost",
            "reference",
            "ignored",
            "links");
    assertThat(own.at("/std_error/1/0/0").doubleValue()).isEqualTo(0.004);
    assertThat(own.at("/intervals/1/0/0").size()).isEqualTo(2);
    assertThat(own.get("ignored").toString()).isEqualTo("[\"l1Reg\"]");
    assertThat(own.get("additivity_gap").doubleValue()).isLessThan(1e-12);
  }

  @Test
  void native_document_isTheDocumentedOne() throws IOException {
    JsonNode document = written(result(Format.NATIVE, false, classification()));

    assertThat(document.get("kind").textValue()).isEqualTo("attribution");
    assertThat(document.get("id").textValue()).isEqualTo("ex_0199f5f0000070008000000000000001");
    assertThat(document.get("sentence").textValue())
        .isEqualTo(
            "The model says >50K (0.87). The average is 0.24; capital_gain = 2174 raised it most"
                + " (+0.42, 0.411 to 0.429).");
    assertThat(document.at("/target").toString())
        .isEqualTo("{\"output\":\"probabilities\",\"index\":1,\"label\":\">50K\"}");
    assertThat(document.at("/model").toString())
        .isEqualTo("{\"name\":\"income\",\"revision\":\"7\",\"deterministic\":true}");
    assertThat(document.at("/features/0").toString())
        .startsWith("{\"name\":\"capital_gain\",\"value\":2174,\"attribution\":0.42,");
    assertThat(document.at("/features/1/name").textValue()).isEqualTo("age");
    assertThat(document.at("/features/2/value").textValue()).isEqualTo("elsewhere");
    assertThat(document.at("/features/2/interval").toString()).isEqualTo("[0.0,0.0]");
    assertThat(document.at("/reference/rows").intValue()).isEqualTo(100);
    assertThat(document.at("/reference/dropped").intValue()).isEqualTo(2);
    assertThat(document.at("/reproduce/budget/rowsMax").intValue()).isEqualTo(1514);
    assertThat(document.at("/cost/cacheHits").intValue()).isEqualTo(310);
  }

  @Test
  void trustyai_attribution_isTheDocumentedOne() throws IOException {
    JsonNode document = written(result(Format.TRUSTYAI, false, classification()));

    assertThat(document.get("type").textValue()).isEqualTo("explanation");
    assertThat(document.get("timestamp").textValue()).isEqualTo("2026-01-01T00:00:00Z");
    JsonNode saliencies = document.at("/saliencies/SHAP/outputs-1");
    assertThat(saliencies.get(0).toString())
        .startsWith("{\"name\":\"capital_gain\",\"score\":0.42,\"confidence\":0.00");
    assertThat(saliencies.get(3).toString())
        .isEqualTo("{\"name\":\"Background\",\"score\":0.24,\"confidence\":0.0}");
    double sum = 0;
    for (JsonNode each : saliencies) {
      sum += each.get("score").doubleValue();
    }
    assertThat(sum).as("the saliencies add up to the prediction").isEqualTo(0.87, within(1e-12));
    assertThat(document).as("nothing the peer has no word for").hasSize(3);
  }

  @Test
  void again_document_saysItsAge() {
    ExplainResult result = result(Format.NATIVE, false, classification());

    byte[] json = ExplainDocuments.write(result, Format.NATIVE, OptionalLong.of(12));

    assertThat(new String(json, java.nio.charset.StandardCharsets.UTF_8)).contains("\"age\":12");
  }

  @Test
  void several_rowsAndFailures_areAList() throws IOException {
    JsonNode document =
        written(
            result(
                Format.ALIBI,
                true,
                classification(),
                new Failed("backend_timeout", "no answer in time")));

    assertThat(document.get("explanations")).hasSize(2);
    assertThat(document.at("/explanations/1/error/code").textValue()).isEqualTo("backend_timeout");
  }

  @Test
  void infiniteInterval_isNullAndNeverAWord() {
    OutputAttribution unsure =
        new OutputAttribution(
            new Target("y", 0, ""),
            0,
            1,
            new double[] {1, 0, 0},
            new double[] {Double.POSITIVE_INFINITY, 0, 0},
            new Interval[] {
              new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
              new Interval(0, 0),
              new Interval(0, 0)
            },
            new double[0],
            0);

    for (Format format : Format.values()) {
      String text =
          new String(
              ExplainDocuments.write(result(format, false, explained(List.of(unsure), 0))),
              java.nio.charset.StandardCharsets.UTF_8);
      assertThat(text).doesNotContain("Infinity", "NaN");
    }
  }
}
