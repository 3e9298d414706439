package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same question has the same answer, whatever the size of calls to the model. */
class SameNumbersIT {

  private static final String SHAP = "format=native&mode=coalition&rowsMax=2000&seed=5";

  @TempDir Path dir;

  @Test
  void explain_anyBatchSize_sameNumbersAndEveryCallIsMarked() throws Exception {
    try (TinyModel model = TinyModel.start()) {
      JsonNode shap = null;
      JsonNode anchor = null;
      for (String size : List.of("1", "7", "64", "4096")) {
        try (ServeRun run =
            ServeRun.start(
                dir.resolve(size),
                model.url(),
                "v1",
                "explain.batch-rows-max",
                size,
                "explain.workers",
                size.equals("7") ? "1" : "16")) {
          JsonNode nextShap = shap(run);
          JsonNode nextAnchor = anchor(run);
          if (shap != null && anchor != null) {
            assertThat(nextShap.get("features")).as(size).isEqualTo(shap.get("features"));
            assertThat(nextShap.at("/cost/rowsAsked")).isEqualTo(shap.at("/cost/rowsAsked"));
            for (String part : List.of("predicates", "precision", "precisionInterval")) {
              assertThat(nextAnchor.get(part)).as("%s %s", part, size).isEqualTo(anchor.get(part));
            }
          }
          shap = nextShap;
          anchor = nextAnchor;
          assertThat(run.management("/v1/requests").get("items")).as("no traffic").isEmpty();
        }
      }
      assertThat(model.predictions())
          .allSatisfy(
              call -> {
                assertThat(call.field("seldon-skip-logging")).isEqualTo("true");
                assertThat(call.field("x-sidelight-synthetic")).isEqualTo("true");
              });
    }
  }

  @Test
  void explain_manyRows_oneOrSixteenAtOnce_sameNumbers() throws Exception {
    try (TinyModel model = TinyModel.start()) {
      JsonNode before = null;
      for (String workers : List.of("1", "16")) {
        try (ServeRun run =
            ServeRun.start(
                dir.resolve("w" + workers), model.url(), "v1", "explain.workers", workers)) {
          run.putReference("wide", WideRows.csv(20));
          JsonNode answer =
              run.ok(
                  run.post(Listener.DATA, "/v1/models/wide:explain?" + SHAP, WideRows.body(3, 16)));
          List<JsonNode> features = answer.get("explanations").findValues("features");
          assertThat(features).hasSize(16);
          if (before != null) {
            assertThat(features).isEqualTo(before.get("explanations").findValues("features"));
          }
          before = answer;
        }
      }
    }
  }

  private static JsonNode shap(ServeRun run) {
    run.putReference("wide", WideRows.csv(20));
    return run.ok(run.post(Listener.DATA, "/v1/models/wide:explain?" + SHAP, WideRows.body(3)));
  }

  private static JsonNode anchor(ServeRun run) {
    run.putReference(
        "labels", TinyBodies.csv(IntStream.range(0, 300).mapToObj(TinyFunction::row).toList()));
    return run.ok(
        run.post(
            Listener.DATA,
            "/v1/models/labels:explain?method=anchor&format=native&seed=5",
            TinyBodies.v1(List.of(TinyFunction.row(4)))));
  }
}
