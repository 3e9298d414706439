package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models and routes of a configuration file, with the real log behind them. */
class ModelsIT {

  @TempDir Path dir;

  private static final String BODY = TinyBodies.v1(List.of(TinyFunction.row(1)));

  private static String file(TinyModel model, String models) {
    return """
    spool: {when-full: drop-newest}
    backends: {tiny: {url: "%s", health: tcp}}
    models:
    """
            .formatted(model.url())
        + models;
  }

  @Test
  void strictModel_isServedWhileItIsLogged_andNotBeyond() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run =
            ServeRun.file(
                dir,
                file(model, "  tiny: {backend: tiny, log: {mode: strict}}\n")
                    + "  other: {backend: tiny}\n")) {
      for (int i = 0; i < 20; i++) {
        HttpResponse<byte[]> served = run.post(Listener.DATA, "/v1/models/tiny:predict", BODY);
        assertThat(served.statusCode()).isEqualTo(200);
      }
      run.awaitStored(20);

      run.closeSpool();

      HttpResponse<byte[]> refused = run.post(Listener.DATA, "/v1/models/tiny:predict", BODY);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(ServeRun.text(refused)).contains("log_unavailable");
      assertThat(model.predictions()).hasSize(20);
      run.post(Listener.DATA, "/v1/models/other:predict", BODY);
      assertThat(model.predictions()).hasSize(21);
    }
  }

  @Test
  void explainDeadline_isTheModelsOwn() throws Exception {
    List<TinyFunction.Row> rows = IntStream.range(0, 60).mapToObj(TinyFunction::row).toList();
    try (TinyModel model = TinyModel.start();
        ServeRun run =
            ServeRun.file(
                dir, file(model, "  tiny: {backend: tiny, explain: {sync-deadline: 3s}}\n"))) {
      run.putReference("tiny", TinyBodies.csv(rows));

      HttpResponse<byte[]> refused =
          run.post(Listener.DATA, "/v1/models/tiny:explain?deadline=4s", BODY);

      assertThat(refused.statusCode()).isEqualTo(422);
      assertThat(ServeRun.text(refused)).contains("budget_exceeded").contains("3000 ms");
    }
  }

  @Test
  void configuredRoute_withoutFallbackWhereThereAreTwoBackends() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run =
            ServeRun.file(
                dir,
                """
                backends: {one: {url: "%s"}, two: {url: "%s", health: none}}
                models: {tiny: {backend: one}, spare: {backend: two}}
                routes: [{path: "/custom/{rest*}", model: tiny}]
                """
                    .formatted(model.url(), model.url()))) {
      run.post(Listener.DATA, "/custom/a/b", BODY);
      HttpResponse<byte[]> unknown = run.post(Listener.DATA, "/v1/models/tyni:predict", BODY);

      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(ServeRun.text(unknown)).contains("route_unknown").contains("tiny:predict");
      run.awaitStored(1);
      assertThat(run.management("/v1/requests").at("/items/0/model").textValue()).isEqualTo("tiny");
    }
  }
}
