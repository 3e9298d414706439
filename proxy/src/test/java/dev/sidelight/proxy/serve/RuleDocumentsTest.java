package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceBuilder;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorExamples;
import dev.sidelight.explainers.AnchorFailure;
import dev.sidelight.explainers.AnchorPredicate;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.Explanation;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.Literal;
import dev.sidelight.explainers.MethodSettings;
import dev.sidelight.explainers.Stopped;
import dev.sidelight.explainers.Target;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Anchors and counterfactuals as documents. */
class RuleDocumentsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final UUID ID = UUID.fromString("0199f5f0-0000-7000-8000-000000000001");
  private static final UUID REQUEST = UUID.fromString("0199f5f0-0000-7000-8000-000000000002");

  private static final Instances ROWS =
      Rows.of(reals("age", 20.5, 30, 41), texts("town", "Köln", "a <b>", "Köln"));
  private static final Instances X = Rows.of(reals("age", 28.7), texts("town", "Köln"));
  private static final Cost COST = new Cost(3000, 2900, 2500, 400, 6, 9, 1, 40);

  private static Anchor anchor(Optional<AnchorFailure> failure) {
    AnchorExamples examples =
        new AnchorExamples(List.of(ROWS.rowsAt(0)), List.of(ROWS.rowsAt(1)), List.of(), List.of());
    return new Anchor(
        "anchor",
        List.of(
            new AnchorPredicate(
                new Condition.AtMost("age", 28.700000000000003), 0.2, 0.93, 0.26, examples),
            new AnchorPredicate(
                new Condition.Equal("town", Literal.text("Köln")), 0.05, 0.98, 0.2, examples)),
        failure,
        0.98,
        new Interval(failure.isPresent() ? 0.9 : 0.957, 0.99),
        350,
        0.95,
        0.1,
        0.05,
        0.2,
        new Interval(0.17, 0.23),
        "traffic",
        0.76,
        examples,
        0,
        new Target("probabilities", 0, "<=50K"),
        0.87,
        600,
        true,
        Stopped.CONVERGED,
        5,
        42,
        COST);
  }

  private static JsonNode written(
      Method method, MethodSettings settings, Explanation explanation, Format format)
      throws IOException {
    ReferenceSet reference = ReferenceBuilder.build(FileRows.schema(ROWS), ROWS, "log");
    ExplainResult result =
        new ExplainResult(
            new ServedModel("income", Profile.V2, "upstream", URI.create("http://m:1")),
            "7",
            reference,
            new ExplainOptions(
                method,
                settings,
                Budget.defaults(),
                OptionalLong.empty(),
                format,
                false,
                List.of("tau")),
            Optional.of(REQUEST),
            0,
            false,
            List.of(new Explained(ID, 3, X, explanation, Optional.empty())));
    return JSON.readTree(ExplainDocuments.write(result));
  }

  private static JsonNode written(Anchor anchor, Format format) throws IOException {
    return written(Method.ANCHOR, AnchorSettings.defaults(), anchor, format);
  }

  private static JsonNode golden() throws IOException {
    try (InputStream in =
        RuleDocumentsTest.class.getResourceAsStream("alibi-0.9.6-anchortabular_adult.json")) {
      return JSON.readTree(Objects.requireNonNull(in));
    }
  }

  private static Set<String> shape(JsonNode node, String at) {
    Set<String> shape = new TreeSet<>();
    if (node.isObject()) {
      shape.add(at + "{}");
      node.properties()
          .forEach(member -> shape.addAll(shape(member.getValue(), at + "." + member.getKey())));
    } else if (node.isArray()) {
      shape.add(at + "[]");
      node.forEach(item -> shape.addAll(shape(item, at + "[]")));
    } else {
      shape.add(at + (node.isTextual() ? " text" : node.isNumber() ? " number" : " " + node));
    }
    return shape;
  }

  @Test
  void alibi_anchor_hasTheShapeOfTheRecordedDocument() throws IOException {
    JsonNode golden = golden();
    // no bound there, a bound here
    ((ObjectNode) golden.at("/meta/params")).put("max_anchor_size", 8);

    JsonNode ours = written(anchor(Optional.empty()), Format.ALIBI);

    assertThat(shape(ours.get("meta"), "meta")).isEqualTo(shape(golden.get("meta"), "meta"));
    assertThat(shape(ours.get("data"), "data")).isEqualTo(shape(golden.get("data"), "data"));
  }

  @Test
  void alibi_anchor_numbersStandWhereClientsReadThem() throws IOException {
    JsonNode data = written(anchor(Optional.empty()), Format.ALIBI).get("data");

    assertThat(data.get("anchor").toString())
        .as("cut points are not rounded, and the name is there")
        .isEqualTo("[\"age <= 28.700000000000003\",\"town = Köln\"]");
    assertThat(data.get("precision").doubleValue()).isEqualTo(0.98);
    assertThat(data.at("/raw/feature").toString()).isEqualTo("[0,1]");
    assertThat(data.at("/raw/precision").toString()).isEqualTo("[0.93,0.98]");
    assertThat(data.at("/raw/coverage").toString()).isEqualTo("[0.26,0.2]");
    assertThat(data.at("/raw/num_preds").intValue()).isEqualTo(2500);
    assertThat(data.at("/raw/prediction").toString()).isEqualTo("[0]");
    assertThat(data.at("/raw/instance").size()).isEqualTo(2);
    assertThat(data.at("/raw/instances").size()).isEqualTo(1);
  }

  @Test
  void kserve_anchor_hasItsMembersAtTheTop() throws IOException {
    JsonNode document = written(anchor(Optional.empty()), Format.KSERVE_ALIBI);

    assertThat(document.properties().stream().map(java.util.Map.Entry::getKey))
        .containsExactly("names", "precision", "coverage", "raw", "meta", "sidelight");
    assertThat(shape(document.get("raw"), "raw")).isEqualTo(shape(golden().at("/data/raw"), "raw"));
  }

  @Test
  void native_anchor_saysItsGuaranteeAndHowToApplyItAgain() throws IOException {
    JsonNode document = written(anchor(Optional.empty()), Format.NATIVE);

    assertThat(document.get("kind").textValue()).isEqualTo("anchor");
    assertThat(document.get("success").booleanValue()).isTrue();
    assertThat(document.get("sentence").textValue())
        .isEqualTo(
            "IF age <= 28.700000000000003 AND town = Köln THEN <=50K (precision 0.98, at least"
                + " 0.957; it holds in 0.2 of traffic).");
    assertThat(document.at("/predicates/0/op").textValue()).isEqualTo("<=");
    assertThat(document.at("/predicates/0/high").doubleValue()).isEqualTo(28.700000000000003);
    assertThat(document.at("/predicates/1/value").textValue()).isEqualTo("Köln");
    assertThat(document.get("precisionLowerBound").doubleValue()).isEqualTo(0.957);
    assertThat(document.get("guarantee").textValue()).startsWith("P(precision <= 0.95) <= 0.1");
    assertThat(document.at("/examples/other/0/1").textValue()).isEqualTo("a <b>");
    assertThat(document.get("requestId").textValue()).isEqualTo(REQUEST.toString());
    assertThat(document.get("row").intValue()).isEqualTo(3);
    assertThat(document.at("/links/request").textValue()).isEqualTo("/v1/requests/" + REQUEST);
    assertThat(document.at("/reproduce/budget/roundTripsMax").intValue()).isEqualTo(5);
  }

  @Test
  void native_failedAnchor_saysWhyAndWhatToTry() throws IOException {
    AnchorFailure failure =
        new AnchorFailure(AnchorFailure.Reason.NEAR_THRESHOLD, "lower the threshold");

    JsonNode document = written(anchor(Optional.of(failure)), Format.NATIVE);

    assertThat(document.get("success").booleanValue()).isFalse();
    assertThat(document.get("reason").textValue()).isEqualTo("near_threshold");
    assertThat(document.get("hint").textValue()).isEqualTo("lower the threshold");
    assertThat(document.get("sentence").textValue())
        .startsWith("No rule was certified at precision 0.95.");
  }

  @Test
  void native_counterfactual_saysWhatWouldHaveToChange() throws IOException {
    Counterfactual found =
        new Counterfactual(
            new Target("probabilities", 1, ">50K"),
            Optional.empty(),
            new Counterfactual.Prediction(0.87, "<=50K", 0),
            List.of(
                new Counterfactual.Answer(
                    List.of(
                        new Counterfactual.Change(
                            "age", Literal.number("28.7"), Literal.number("41"))),
                    1.5,
                    new Counterfactual.Prediction(0.6, ">50K", 1),
                    Optional.of(REQUEST.toString()),
                    ROWS.rowsAt(2),
                    true,
                    true)),
            Optional.empty(),
            20,
            600,
            true,
            Stopped.CONVERGED,
            4,
            42,
            COST);

    JsonNode document =
        written(Method.COUNTERFACTUAL, CounterfactualSettings.defaults(), found, Format.NATIVE);

    assertThat(document.get("kind").textValue()).isEqualTo("counterfactual");
    assertThat(document.get("sentence").textValue())
        .isEqualTo(
            "The model says <=50K (0.87); with age = 41 instead of 28.7 it would say >50K (0.6).");
    assertThat(document.at("/answers/0/changes/0").toString())
        .isEqualTo("{\"name\":\"age\",\"from\":28.7,\"to\":41}");
    assertThat(document.at("/answers/0/nearestRequestId").textValue())
        .isEqualTo(REQUEST.toString());
    assertThat(document.at("/answers/0/row").toString()).isEqualTo("[41.0,\"Köln\"]");
  }
}
