package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Sources;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Routes;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is written about our routes is what they are. */
class OpenApiIT extends TinyServed {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  private JsonNode document() throws IOException {
    HttpResponse<byte[]> response = run.get(Listener.MANAGEMENT, "/openapi.yaml");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "content-type")).isEqualTo("application/yaml");
    return new YAMLMapper().readTree(response.body());
  }

  /** {@code GET /path} of every operation that a role is said to serve on a listener. */
  private static Set<String> written(JsonNode document, String role, Listener listener) {
    Set<String> written = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
        for (JsonNode served : each.getValue().path("x-served").path(role)) {
          if (served.textValue().equals(listener.name().toLowerCase(Locale.ROOT))) {
            written.add(each.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
          }
        }
      }
    }
    return written;
  }

  private static void assertSame(JsonNode document, String role, Routes routes) {
    for (Listener listener : Listener.values()) {
      assertThat(written(document, role, listener))
          .as("%s on %s", role, listener)
          .containsExactlyInAnyOrderElementsOf(new HashSet<>(routes.served(listener)));
    }
  }

  @Test
  void operations_areTheRoutes_ofEachRoleOnEachListener() throws Exception {
    JsonNode document = document();
    Map<String, String> settings = ServeRun.settings(dir.resolve("x"), model.url(), "v1");
    ExplainerRole explainer =
        ExplainerRole.start(
            ConfigReader.read(Sources.of(settings, Map.of())).config(), ServeRole.Clocks.real());
    try {
      assertSame(document, "serve", run.routes());
      assertSame(document, "explainer", explainer.routes());
    } finally {
      explainer.close();
    }
    List<String> ids = document.get("paths").findValuesAsText("operationId");
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(40);
  }

  @Test
  void references_leadSomewhereAndPlacesAreDeclared() throws Exception {
    JsonNode document = document();

    for (String reference : document.findValuesAsText("$ref")) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      long places = path.getKey().chars().filter(c -> c == '{').count();
      assertThat(path.getValue().path("parameters").size())
          .as(path.getKey())
          .isEqualTo((int) places);
    }
  }

  @Test
  void answers_areOfTheirSchemas() throws Exception {
    Answers answers = new Answers(document());
    tinyReference("tiny", 24);
    run.post(Listener.DATA, "/v1/models/tiny:predict", tiny(1));
    run.awaitStored(1);
    String id = run.management("/v1/requests").at("/items/0/id").textValue();
    String explain = "/v1/models/tiny:explain";
    String plain = "/v1/models/{model}:explain";

    answers.check("post", plain, run.post(Listener.DATA, explain, tiny(2)));
    answers.check("post", plain, run.post(Listener.DATA, explain + "?format=native", tiny(2)));
    answers.check("post", plain, run.post(Listener.DATA, explain + "?dry_run=true", tiny(2)));
    answers.check("post", plain, run.post(Listener.DATA, explain + "?seed=x", tiny(2)));
    answers.check("post", plain, run.post(Listener.DATA, explain + "?async=true", tiny(3)));
    answers.check(
        "post",
        "/v1/explanations",
        run.post(Listener.MANAGEMENT, "/v1/explanations", "{\"requestId\":\"" + id + "\"}"));
    answers.check("get", "/v1/models", run.get(Listener.MANAGEMENT, "/v1/models"));
    for (String part : List.of("reference", "schema")) {
      answers.check(
          "get",
          "/v1/models/{model}/" + part,
          run.get(Listener.MANAGEMENT, "/v1/models/tiny/" + part));
    }
    answers.check("get", "/v1/requests", run.get(Listener.MANAGEMENT, "/v1/requests"));
    answers.check("get", "/v1/requests/{id}", run.get(Listener.MANAGEMENT, "/v1/requests/" + id));
    answers.check("get", "/v1/log/ledger", run.get(Listener.MANAGEMENT, "/v1/log/ledger"));
    answers.check(
        "post",
        "/v1/models/{model}:whatIf",
        run.post(Listener.MANAGEMENT, "/v1/models/tiny:whatIf", tiny(4)));
    answers.check(
        "post",
        "/v1/models/{model}/importance",
        run.post(Listener.MANAGEMENT, "/v1/models/tiny/importance", "{\"requests\":10}"));
    answers.check(
        "get",
        "/v1/explanations/{id}",
        run.get(Listener.MANAGEMENT, "/v1/explanations/ex_" + "0".repeat(32)));
  }

  /** Compares answers with their schemas: types, required members, enumerations, alternatives. */
  private record Answers(JsonNode document) {

    void check(String method, String path, HttpResponse<byte[]> answer) {
      assertThat(METHODS).contains(method);
      JsonNode operation = document.get("paths").get(path).get(method);
      JsonNode responses = operation.get("responses");
      String status = Integer.toString(answer.statusCode());
      JsonNode response = resolved(responses.path(responses.has(status) ? status : "default"));
      String type = header(answer, "content-type").replaceAll(";.*", "");
      JsonNode schema = response.path("content").path(type).path("schema");
      assertThat(schema.isMissingNode()).as("%s %s %s %s", method, path, status, type).isFalse();
      assertThat(faults(schema, ServeRun.json(answer), ""))
          .as("%s %s %s", method, path, status)
          .isEmpty();
    }

    private JsonNode resolved(JsonNode node) {
      return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }

    private List<String> faults(JsonNode given, JsonNode value, String at) {
      JsonNode schema = resolved(given);
      List<String> faults = new ArrayList<>();
      if (schema.has("anyOf")) {
        boolean any = false;
        for (JsonNode each : schema.get("anyOf")) {
          any |= faults(each, value, at).isEmpty();
        }
        return any ? faults : List.of(at + " is none of the alternatives: " + value);
      }
      for (JsonNode name : schema.path("required")) {
        if (!value.has(name.textValue())) {
          faults.add(at + "/" + name.textValue() + " is missing");
        }
      }
      if (schema.has("type") && !schema.get("type").toString().contains(type(schema, value))) {
        faults.add(at + " is " + type(schema, value));
      }
      if (schema.has("enum") && !schema.get("enum").toString().contains(value.toString())) {
        faults.add(at + " is " + value);
      }
      for (Map.Entry<String, JsonNode> each : schema.path("properties").properties()) {
        if (value.has(each.getKey())) {
          faults.addAll(
              faults(each.getValue(), value.get(each.getKey()), at + "/" + each.getKey()));
        }
      }
      for (int i = 0; schema.has("items") && i < value.size(); i++) {
        faults.addAll(faults(schema.get("items"), value.get(i), at + "/" + i));
      }
      return faults;
    }

    private static String type(JsonNode schema, JsonNode value) {
      return switch (value.getNodeType()) {
        case NUMBER ->
            value.isIntegralNumber() && !schema.get("type").toString().contains("number")
                ? "integer"
                : "number";
        default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
      };
    }
  }
}
