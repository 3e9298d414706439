package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.page.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExplanationViewTest {

  private static final UUID ID = new UUID(1, 2);
  private static final Visit VISIT = new Visit("localhost:8090", 8080, Instant.EPOCH, false);

  private static final String SAMPLED =
      """
      {"kind":"attribution","id":"00000000-0000-0001-0000-000000000002","row":3,
       "sentence":"The model says >50K (0.87).","method":"leverage","exact":false,"stopped":"rows",
       "model":{"name":"income","revision":"1","deterministic":true},
       "target":{"output":"p","index":1,"label":">50K"},"link":"identity",
       "baseline":0.24,"prediction":0.87,
       "features":[{"name":"capital_gain","value":2174,"attribution":0.42,"stdError":0.004,
                    "interval":[0.411,0.429],"members":["capital_gain"]},
                   {"name":"<b>age</b>","value":"<i>39</i>","attribution":0.21,"stdError":0.003,
                    "interval":[0.203,0.217],"members":["age"]}],
       "reference":{"id":"sha256:9f2c","rows":100,"from":"log"},"seed":42,
       "cost":{"rowsAsked":1514,"rowsSent":1204,"roundTrips":3,"millis":212},
       "reproduce":{"method":"shap","mode":"coalition","seed":42,"budget":{"rowsMax":1514}}}
      """;

  private static String view(String json) {
    Markup to = new Markup();
    new Shown(Optional.of(ID), List.of(), VISIT.managementUrl(), true).write(document(json), to);
    return to.toString();
  }

  private static Document document(String json) {
    return Document.read(json.getBytes(StandardCharsets.UTF_8), 3).orElseThrow();
  }

  @Test
  void write_sentenceFirst_asText() {
    assertThat(view(SAMPLED))
        .startsWith("<p class=\"sentence\" id=\"sentence\">The model says &gt;50K (0.87).</p>");
  }

  @Test
  void write_namesAndValues_areNeverMarkup() {
    assertThat(view(SAMPLED))
        .contains("&lt;b&gt;age&lt;/b&gt;", "&lt;i&gt;39&lt;/i&gt;")
        .doesNotContain("<b>", "<i>");
  }

  /** Every number of the picture stands in the table, with all its digits as the cell's value. */
  @Test
  void write_table_holdsEveryNumber() {
    String view = view(SAMPLED);

    for (String number :
        List.of("0.24", "0.87", "0.42", "0.411", "0.429", "0.004", "0.21", "0.203", "0.217")) {
      assertThat(view).contains("<data value=\"" + number + "\"");
    }
  }

  @Test
  void write_exact_noIntervals() {
    String view = view(SAMPLED.replace("\"exact\":false", "\"exact\":true"));

    assertThat(view).contains("exact: no interval is needed").doesNotContain("Std. error");
  }

  @Test
  void write_reproduce_asksForTheSame() {
    assertThat(view(SAMPLED))
        .contains("curl -s http://localhost:8090/v1/explanations")
        .contains(
            "&quot;row&quot;:3,&quot;parameters&quot;:{&quot;mode&quot;:&quot;coalition&quot;,"
                + "&quot;seed&quot;:42,&quot;rowsMax&quot;:1514}");
  }

  @Test
  void write_addsUp() {
    assertThat(view(SAMPLED)).contains("0.24 + 0.63 = 0.87");
  }

  @Test
  void read_somethingElse_isNothing() {
    assertThat(Document.read("{\"kind\":\"drift\"}".getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
    assertThat(Document.read("no JSON".getBytes(StandardCharsets.UTF_8), 0)).isEmpty();
  }

  @Test
  void ofRow_newestOfThatRow() {
    List<StoredReport> reports =
        List.of(
            report("explanation", SAMPLED.replace("0.87)", "0.99)")),
            report("explanation", SAMPLED),
            report("drift", SAMPLED.replace("\"row\":3", "\"row\":5")));

    assertThat(Document.ofRow(reports, 3).orElseThrow().sentence()).contains("0.99");
    assertThat(Document.ofRow(reports, 5)).isEmpty();
    assertThat(Document.methods(reports)).isEqualTo(Map.of(3, "SHAP"));
  }

  private static StoredReport report(String kind, String json) {
    return new StoredReport(ID, kind, 0, json.getBytes(StandardCharsets.UTF_8));
  }
}
