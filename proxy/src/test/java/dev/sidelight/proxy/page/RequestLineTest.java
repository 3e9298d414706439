package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.RequestSummary;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.RowView;
import dev.sidelight.proxy.serve.RowView.NamedScore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestLineTest {

  private static final RowView RICH = classified(">50K", 0.87);
  private static final RowView POOR = classified("<=50K", 0.7);

  private static RowView classified(String label, double score) {
    return new RowView(
        List.of(),
        label,
        score,
        List.of(new NamedScore("<=50K", 1 - score), new NamedScore(">50K", score)));
  }

  static RequestSummary summary(int status, String outcome, String version) {
    return new RequestSummary(
        1,
        new UUID(0, 7),
        43_421_220_000L,
        "<income>",
        version,
        "",
        "v2",
        "POST",
        "/v2/models/x/infer",
        status,
        outcome,
        8_100,
        7_700,
        1,
        10,
        20,
        "",
        "",
        0);
  }

  private static RequestLine line(List<RowView> rows) {
    return new RequestLine(summary(200, "success", "1"), rows, Map.of());
  }

  @Test
  void prediction_oneRow_labelAndScore() {
    assertThat(line(List.of(RICH)).prediction()).isEqualTo(">50K");
    assertThat(line(List.of(RICH)).score()).isEqualTo("0.870");
  }

  @Test
  void prediction_batch_mostFrequent() {
    List<RowView> rows = List.of(POOR, RICH, POOR, POOR);

    assertThat(line(rows).prediction()).isEqualTo("3 of 4 <=50K");
    assertThat(line(rows).score()).isEmpty();
  }

  @Test
  void prediction_numbers_proseOrCount() {
    RowView number = new RowView(List.of(), "12.34567", Double.NaN, List.of());

    assertThat(line(List.of(number)).prediction()).isEqualTo("12.3");
    assertThat(line(Collections.nCopies(16, number)).prediction()).isEqualTo("16 values");
  }

  @Test
  void prediction_failed_saysHow() {
    RequestLine failed = new RequestLine(summary(503, "server_error", ""), List.of(), Map.of());

    assertThat(failed.prediction()).isEqualTo("server error");
    assertThat(failed.isExplainable()).isFalse();
  }

  @Test
  void table_row_linksAndEscapes() {
    Markup to = new Markup();
    RequestsTable.write(
        List.of(
            line(List.of(RICH)),
            new RequestLine(
                summary(200, "success", ""), List.of(POOR), Map.of(2, "exact", 4, "SHAP"))),
        Instant.EPOCH,
        to);

    assertThat(to.toString())
        .contains("12:03:41.220", "&lt;income&gt;", "8.1 ms", "&gt;50K", ">Version<")
        .contains("href=\"/ui/requests/00000000-0000-0000-0000-000000000007\"")
        .contains("explanation?row=0\">explain</a>")
        .contains("explanation?row=2\">exact, 2 rows</a>");
  }

  @Test
  void table_noVersionAnywhere_noColumn() {
    Markup to = new Markup();
    RequestsTable.write(
        List.of(new RequestLine(summary(200, "success", ""), List.of(POOR), Map.of())),
        Instant.EPOCH,
        to);

    assertThat(to.toString()).doesNotContain("Version");
  }

  @Test
  void table_anotherDay_isNamed() {
    assertThat(Moment.day(43_421_220_000L, Instant.parse("1970-01-01T23:00:00Z"))).isEmpty();
    assertThat(Moment.day(43_421_220_000L, Instant.parse("1970-01-02T00:00:00Z")))
        .isEqualTo("1 Jan");
  }
}
