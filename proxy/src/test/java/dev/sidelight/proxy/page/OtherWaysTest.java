package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.page.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OtherWaysTest {

  private static final UUID REQUEST = new UUID(1, 2);

  private static String json(String id, String kind, int row) {
    return "{\"id\":\"%s\",\"kind\":\"%s\",\"row\":%d,\"reproduce\":{\"method\":\"%s\"}}"
        .formatted(id, kind, row, kind.equals("attribution") ? "shap" : kind);
  }

  private static StoredReport report(String json) {
    return new StoredReport(REQUEST, "explanation", 0, json.getBytes(StandardCharsets.UTF_8));
  }

  private static String written(List<StoredReport> reports, String shown) {
    Document document = Document.read(shown.getBytes(StandardCharsets.UTF_8), 0).orElseThrow();
    Markup to = new Markup();
    OtherWays.write(reports, REQUEST, 0, document, to);
    return to.toString();
  }

  @Test
  void write_otherMethods_theNewestOfEach() {
    String shown = json("ex_1", "attribution", 0);

    String written =
        written(
            List.of(
                report(json("ex_3", "anchor", 0)),
                report(json("ex_2", "anchor", 0)),
                report(shown),
                report(json("ex_4", "counterfactual", 0)),
                report(json("ex_5", "counterfactual", 1))),
            shown);

    assertThat(written)
        .contains("id=ex_3\">anchor</a>", "id=ex_4\">counterfactual</a>")
        .doesNotContain("ex_1", "ex_2", "ex_5");
  }

  @Test
  void write_onlyThisOne_nothing() {
    String shown = json("ex_1", "attribution", 0);

    assertThat(written(List.of(report(shown)), shown)).isEmpty();
  }
}
