package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.page.chart.Swarm;
import dev.sidelight.proxy.page.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportanceViewTest {

  private static final String REQUEST = "00000000-0000-0001-0000-000000000002";

  static final String DOCUMENT =
      """
      {"kind":"importance","id":"ex_1","model":{"name":"income"},"filter":"rows = 1",
       "requested":75,"explained":3,"failed":1,"complete":true,"seed":1,
       "features":[
        {"name":"<i>age</i>","meanAbs":0.2,"mean":-0.1,"stdError":0.01,"noiseFloor":0.001,
         "points":[{"value":30,"attribution":-0.3,"requestId":"%1$s","row":2},
                   {"value":50,"attribution":0.1,"requestId":"%1$s","row":0},
                   {"value":50,"attribution":0.2,"requestId":"gone","row":0}]},
        {"name":"sex","meanAbs":0.0005,"mean":0,"stdError":0.0001,"noiseFloor":0.001,
         "points":[{"value":"Male","attribution":0.0005,"requestId":"%1$s","row":0}]}]}
      """
          .formatted(REQUEST);

  private static ImportanceDocument document(String json) {
    return ImportanceDocument.read(json.getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  private static String view(String json) {
    Markup to = new Markup();
    ImportanceView.write(document(json), to);
    return to.toString();
  }

  @Test
  void write_sentence_largestWithItsInterval_andWhatIsNoise() {
    assertThat(view(DOCUMENT))
        .contains("Over 3 explained rows, &lt;i&gt;age&lt;/i&gt; moved the output most: by 0.2 on")
        .contains("(0.18 to 0.22), then sex (0.0005). 1 of 2 cannot be told from the noise.")
        .doesNotContain("<i>", "It was stopped");
  }

  @Test
  void write_stopped_saysSo() {
    assertThat(view(DOCUMENT.replace("\"complete\":true", "\"complete\":false")))
        .contains("It was stopped before all requests were explained.");
  }

  @Test
  void write_table_holdsEveryNumberAndTheRequestOfTheLargest() {
    String view = view(DOCUMENT);

    for (String number : List.of("0.2", "-0.1", "0.001", "5.0E-4")) {
      assertThat(view).contains("<data value=\"" + number + "\"");
    }
    assertThat(view).contains("href=\"/ui/requests/" + REQUEST + "?row=2\">");
    assertThat(view).contains("<tr class=\"noise\"><th scope=\"row\">sex");
  }

  /** Equal values have one shade, in the middle of their ranks; words have none. */
  @Test
  void swarm_shadesAreRanks_unknownRequestsLeadNowhere() {
    Swarm swarm = ImportanceView.swarm(document(DOCUMENT));

    List<Swarm.Dot> age = swarm.rows().get(0).dots();
    assertThat(age).extracting(Swarm.Dot::shade).containsExactly(1 / 6.0, 2 / 3.0, 2 / 3.0);
    assertThat(age.get(2).link()).isEmpty();
    assertThat(swarm.rows().get(1).dots().get(0).shade()).isNaN();
  }

  @Test
  void read_otherDocuments_areNone() {
    assertThat(ImportanceDocument.read("{\"kind\":\"anchor\"}".getBytes(StandardCharsets.UTF_8)))
        .isEmpty();
    assertThat(ImportanceDocument.read("no".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(view("{\"kind\":\"importance\",\"complete\":true}"))
        .contains("Nothing was explained.");
  }

  private static String screen(Optional<String> running, Optional<ImportanceDocument> found) {
    Visit visit = new Visit("localhost:8090", 8080, Instant.EPOCH, false);
    return new ImportanceScreen(Assets.load())
        .show(
            200,
            new ImportanceScreen.Content(List.of("a", "income"), "income", "", running, found, ""),
            visit)
        .html();
  }

  @Test
  void screen_nothingYet_saysWhatItDoes() {
    assertThat(screen(Optional.empty(), Optional.empty()))
        .contains("Explains many logged requests")
        .contains("<option value=\"income\" selected=\"\">")
        .contains("<option value=\"150\" selected=\"\">")
        .doesNotContain("sl-follow");
  }

  @Test
  void screen_found_keepsWhatWasAsked() {
    assertThat(screen(Optional.empty(), Optional.of(document(DOCUMENT))))
        .contains("requests where rows = 1", "1 could not be explained")
        .contains("<option value=\"75\" selected=\"\">")
        .doesNotContain("Explains many logged requests");
  }

  @Test
  void screen_running_isFollowed() {
    assertThat(screen(Optional.of("ex_7"), Optional.empty()))
        .contains("data-job=\"ex_7\" data-screen=\"/ui/importance?id=ex_7\"");
  }
}
