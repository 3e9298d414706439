package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.StoredRequest.StoredBody;
import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Sources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored bodies as rows; references keep files, so this is no unit test. */
class LoggedRowsIT {

  @TempDir Path dir;
  private ModelRegistry registry;
  private References references;
  private LoggedRows rows;

  @BeforeEach
  void start() {
    Map<String, String> flags = Map.of("upstream", "http://127.0.0.1:1");
    registry =
        new ModelRegistry(
            ConfigReader.read(Sources.of(flags, Map.of())).config(), model -> false, () -> 0);
    references =
        new References(dir, CodecLimits.defaults(), () -> "", java.time.InstantSource.system());
    rows = new LoggedRows(registry, references, CodecLimits.defaults());
  }

  private static StoredRequest stored(
      String protocol, int status, String request, String response) {
    RequestSummary summary =
        new RequestSummary(
            1,
            new UUID(0, 1),
            0,
            "m",
            "",
            "",
            protocol,
            "POST",
            "/",
            status,
            "success",
            0,
            0,
            1,
            0,
            0,
            "",
            "",
            0);
    return new StoredRequest(summary, body(request), body(response), Map.of());
  }

  private static StoredBody body(String text) {
    return new StoredBody(text.getBytes(StandardCharsets.UTF_8), "application/json", "", "none");
  }

  @Test
  void views_unknownModel_positionsAreNumbered() {
    List<RowView> views =
        rows.views(
            stored(
                "v1", 200, "{\"instances\":[[1,\"a\"],[2.5,\"b\"]]}", "{\"predictions\":[7,8]}"));

    assertThat(views).hasSize(2);
    assertThat(views.get(1).features())
        .containsExactly(
            new RowView.NamedValue("f0", 2.5, "2.5"), new RowView.NamedValue("f1", "b", "b"));
    assertThat(views.get(1).prediction()).isEqualTo("8");
    assertThat(views.get(0).score()).isNaN();
  }

  @Test
  void views_knownSchema_namesColumnsAndClasses() throws IOException {
    ServedModel model = registry.logged("m").orElseThrow();
    references.putRows(
        model,
        true,
        new ByteArrayInputStream("age,town\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8)));
    references.putSchema(
        model,
        ("{\"features\":[{\"name\":\"age\",\"kind\":\"numeric\"},"
                + "{\"name\":\"town\",\"kind\":\"categorical\"}],\"outputs\":[\"no\",\"<yes>\"]}")
            .getBytes(StandardCharsets.UTF_8));

    RowView view =
        rows.views(
                stored("v1", 200, "{\"instances\":[[1,\"x\"]]}", "{\"predictions\":[[0.25,0.75]]}"))
            .get(0);

    assertThat(view.features()).extracting(RowView.NamedValue::name).containsExactly("age", "town");
    assertThat(view.prediction()).isEqualTo("<yes>");
    assertThat(view.score()).isEqualTo(0.75);
    assertThat(view.probabilities().get(0)).isEqualTo(new RowView.NamedScore("no", 0.25));
    assertThat(
            rows.decode(
                    stored(
                        "v1",
                        200,
                        "{\"instances\":[[1,\"x\"]]}",
                        "{\"predictions\":[[0.25,0.75]]}"))
                .get(0)
                .features())
        .containsEntry("town", "x");
  }

  @Test
  void views_withoutAnAnswer_haveNoPrediction() {
    for (StoredRequest odd :
        List.of(
            stored("v1", 500, "{\"instances\":[[1]]}", "{\"error\":\"x\"}"),
            stored("v1", 200, "{\"instances\":[[1]]}", "<html>"),
            stored("v1", 200, "{\"instances\":[[1]]}", "{\"predictions\":[1,2]}"))) {
      assertThat(rows.views(odd)).hasSize(1);
      assertThat(rows.views(odd).get(0).prediction()).isEmpty();
      assertThat(rows.decode(odd).get(0).prediction()).isNull();
    }
  }

  @Test
  void views_unreadableRequest_areNone() {
    assertThat(rows.views(stored("v1", 200, "{\"instances\":", "{}"))).isEmpty();
    assertThat(rows.views(stored("raw", 200, "{}", "{}"))).isEmpty();
  }
}
