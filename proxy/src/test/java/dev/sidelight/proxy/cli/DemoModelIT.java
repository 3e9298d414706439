package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.demo.ModelLatency;
import dev.sidelight.proxy.demo.ModelServer;
import dev.sidelight.proxy.http.Listener;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role in front of the demo's trees: twelve columns, mixed kinds, both protocols. */
class DemoModelIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of(
          "workclass",
          "education",
          "marital_status",
          "occupation",
          "relationship",
          "race",
          "sex",
          "country");
  private static final List<String> NUMBERS =
      List.of("age", "capital_gain", "capital_loss", "hours_per_week");
  private static final List<List<String>> VALUES =
      List.of(
          List.of("Private", "State-gov", "Self-emp-inc"),
          List.of("Bachelors", "HS-grad", "Masters", "Some-college"),
          List.of("Never-married", "Married-civ-spouse", "Divorced"),
          List.of("Sales", "Exec-managerial", "Craft-repair", "Prof-specialty"),
          List.of("Husband", "Not-in-family", "Own-child", "Wife"),
          List.of("White", "Black"),
          List.of("Male", "Female"),
          List.of("United-States", "Mexico"));

  @TempDir Path dir;

  private static ObjectNode person(int i) {
    ObjectNode person = JSON.createObjectNode();
    person.put("age", 20 + i * 7 % 50);
    person.put("capital_gain", i % 9 == 0 ? 5000 + i : 0);
    person.put("capital_loss", i % 11 == 0 ? 1900 : 0);
    person.put("hours_per_week", 20 + i * 13 % 45);
    for (int f = 0; f < TEXTS.size(); f++) {
      List<String> values = VALUES.get(f);
      person.put(TEXTS.get(f), values.get((i * (f + 3) + i / 5) % values.size()));
    }
    return person;
  }

  private static String v1(int... people) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode instances = body.putArray("instances");
    for (int i : people) {
      instances.add(person(i));
    }
    return body.toString();
  }

  private static String v2(int i) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode inputs = body.putArray("inputs");
    for (List<String> names : List.of(TEXTS, NUMBERS)) { // not the model's own order
      for (String name : names) {
        ObjectNode input = inputs.addObject().put("name", name);
        input.put("datatype", names == TEXTS ? "BYTES" : "INT64");
        input.putArray("shape").add(1);
        input.putArray("data").add(person(i).get(name));
      }
    }
    return body.toString();
  }

  @Test
  void explain_afterSomeTraffic_addsUpInBothProtocols() {
    Vertx vertx = Vertx.vertx();
    try {
      ModelServer model =
          ModelServer.start(vertx, 0, ModelLatency.NONE)
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      try (ServeRun run = ServeRun.start(dir, "http://127.0.0.1:" + model.port(), "v2")) {
        run.post(Listener.DATA, "/v1/models/income:predict", v1(IntStream.range(0, 90).toArray()));
        run.awaitSeen("income", 90);

        JsonNode first =
            run.ok(
                run.post(
                    Listener.DATA, "/v1/models/income:explain?format=native&target=1", v1(123)));
        JsonNode second =
            run.ok(
                run.post(
                    Listener.DATA, "/v2/models/income/explain?format=native&target=1", v2(123)));

        run.post(Listener.DATA, "/v2/models/income/infer", v2(7));
        run.awaitStored(2);
        String id = run.management("/v1/requests").at("/items/0/id").textValue();
        JsonNode shown = run.management("/v1/requests/" + id).at("/decoded/0/features");
        assertThat(shown).as("columns in another order keep their names").isEqualTo(person(7));

        assertAddsUp(first);
        assertAddsUp(second);
        assertThat(first.at("/reference/rows").intValue()).isEqualTo(90);
        assertThat(second.at("/reference/id")).isEqualTo(first.at("/reference/id"));
      }
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static void assertAddsUp(JsonNode attribution) {
    double sum = attribution.get("baseline").doubleValue();
    for (JsonNode feature : attribution.get("features")) {
      sum += feature.get("attribution").doubleValue();
    }
    assertThat(attribution.get("features")).hasSize(12);
    assertThat(sum).isEqualTo(attribution.get("prediction").doubleValue(), within(1e-9));
  }
}
