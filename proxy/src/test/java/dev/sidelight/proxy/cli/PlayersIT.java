package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Texts by their words and images by their segments, through the whole service; no traffic and no
 * file is needed for them.
 */
class PlayersIT extends TinyServed {

  private static final String TEXT = "{\"instances\":[\"A good, not bad Größe film\"]}";

  @Test
  void shap_ofAText_isTheWordsShapleyValuesWithTheirPlaces() {
    JsonNode answer =
        run.ok(run.post(Listener.DATA, "/v1/models/texts:explain?format=native", TEXT));

    assertThat(answer.get("exact").booleanValue()).isTrue();
    assertThat(answer.get("baseline").doubleValue()).isZero();
    assertThat(answer.get("prediction").doubleValue()).isEqualTo(2);
    JsonNode good = answer.at("/features/0");
    assertThat(good.get("name").textValue()).isEqualTo("good");
    assertThat(good.get("value").textValue()).isEqualTo("good");
    assertThat(good.get("attribution").doubleValue()).isEqualTo(2.5, within(1e-9));
    assertThat(answer.at("/features/1/name").textValue()).isEqualTo("bad");
    assertThat(answer.at("/features/1/attribution").doubleValue()).isEqualTo(-0.5, within(1e-9));
    assertThat(answer.at("/players/kind").textValue()).isEqualTo("spans");
    int player = good.get("player").intValue();
    assertThat(answer.at("/players/offsets/" + player).toString()).isEqualTo("[2,6]");
    assertThat(answer.get("sentence").textValue()).contains("'good' raised it most");
    JsonNode alibi = run.ok(run.post(Listener.DATA, "/v1/models/texts:explain", TEXT));
    assertThat(alibi.at("/data/feature_names")).hasSize(6);
    assertThat(alibi.at("/data/raw/instances/0")).hasSize(6);
  }

  @Test
  void anchor_ofAText_isWordsThatAreKept() {
    JsonNode own =
        run.ok(
            run.post(
                Listener.DATA,
                "/v1/models/texts:explain?method=anchor&format=native&task=regression&tolerance=0.4",
                TEXT));
    JsonNode alibi =
        run.ok(
            run.post(
                Listener.DATA,
                "/v1/models/texts:explain?method=AnchorText&task=regression&tolerance=0.4",
                TEXT));

    assertThat(own.get("success").booleanValue()).as("%s", own).isTrue();
    assertThat(own.get("coverageOf").textValue()).isEqualTo("perturbations");
    assertThat(own.get("predicates")).hasSize(1);
    assertThat(own.at("/predicates/0/text").textValue()).isEqualTo("good");
    assertThat(own.at("/predicates/0/op").textValue()).isEqualTo("kept");
    assertThat(own.get("coverage").doubleValue()).isEqualTo(0.5);
    assertThat(alibi.at("/meta/name").textValue()).isEqualTo("AnchorText");
    assertThat(alibi.at("/data/raw/instance").textValue()).isEqualTo("A good, not bad Größe film");
    assertThat(alibi.at("/data/anchor").toString()).isEqualTo("[\"good\"]");
  }

  @Test
  void explain_textParameters_areTakenOrRefused() {
    JsonNode removed =
        run.ok(
            run.post(
                Listener.DATA,
                "/v1/models/texts:explain?format=native&mask_token=&players=3",
                TEXT));
    assertThat(removed.get("features")).hasSize(3);
    assertThat(removed.get("ignored")).isEmpty();

    HttpResponse<byte[]> many =
        run.post(Listener.DATA, "/v1/models/texts:explain?players=65", TEXT);
    assertThat(many.statusCode()).isEqualTo(422);
    assertThat(ServeRun.json(many).get("code").textValue()).isEqualTo("explain_too_large");
    HttpResponse<byte[]> odd = run.post(Listener.DATA, "/v1/models/texts:explain?data=sound", TEXT);
    assertThat(odd.statusCode()).isEqualTo(400);
    HttpResponse<byte[]> table =
        run.post(Listener.DATA, "/v1/models/texts:explain?data=table", TEXT);
    assertThat(ServeRun.json(table).get("code").textValue())
        .as("as a column it needs a background")
        .isEqualTo("reference_not_ready");
    HttpResponse<byte[]> numbers =
        run.post(Listener.DATA, "/v1/models/wide:explain?data=text", "{\"instances\":[[1.5, 2]]}");
    assertThat(numbers.statusCode()).isEqualTo(422);
    assertThat(ServeRun.json(numbers).get("code").textValue()).isEqualTo("explain_unsupported");
  }

  @Test
  void shap_ofAnImage_isItsSegmentsWithTheirMap() {
    StringBuilder rows = new StringBuilder();
    double upperLeft = 0;
    for (int y = 0; y < 16; y++) {
      StringBuilder row = new StringBuilder();
      for (int x = 0; x < 16; x++) {
        double value = (y * 7 + x * 3) % 11 + (y < 8 && x < 8 ? 20.5 : 0.5);
        upperLeft += y < 8 && x < 8 ? value : 0;
        row.append(x == 0 ? "" : ",").append(value);
      }
      rows.append(y == 0 ? "[" : ",[").append(row).append("]");
    }
    String body = "{\"instances\":[[" + rows + "]]}";

    JsonNode answer =
        run.ok(run.post(Listener.DATA, "/v1/models/images:explain?format=native&players=16", body));

    assertThat(answer.at("/players/kind").textValue()).isEqualTo("segments");
    assertThat(answer.at("/players/shape").toString()).isEqualTo("[16,16]");
    int pixels = 0;
    for (JsonNode run : answer.at("/players/runs")) {
      pixels += run.get(1).intValue();
    }
    assertThat(pixels).isEqualTo(256);
    assertThat(answer.get("features")).hasSize(16);
    assertThat(answer.get("prediction").doubleValue()).isEqualTo(upperLeft, within(1e-9));
    double sum = answer.get("baseline").doubleValue();
    int moved = 0;
    for (JsonNode feature : answer.get("features")) {
      sum += feature.get("attribution").doubleValue();
      moved += Math.abs(feature.get("attribution").doubleValue()) > 1e-6 ? 1 : 0;
    }
    assertThat(sum).isEqualTo(upperLeft, within(1e-6));
    assertThat(moved).as("a quarter of the segments is looked at").isEqualTo(4);
    JsonNode anchor =
        run.ok(
            run.post(
                Listener.DATA,
                "/v1/models/images:explain?method=AnchorImage&players=16&task=regression"
                    + "&tolerance=100",
                body));
    assertThat(anchor.at("/meta/name").textValue()).isEqualTo("AnchorImage");
    assertThat(anchor.at("/sidelight/players/kind").textValue()).isEqualTo("segments");
    HttpResponse<byte[]> many =
        run.post(Listener.DATA, "/v1/models/images:explain?players=101", body);
    assertThat(many.statusCode()).isEqualTo(422);
  }

  @Test
  void explain_sameRowTakenApartOtherwise_isAnotherQuestion() {
    String path = "/v1/models/texts:explain?format=native";
    JsonNode words = run.ok(run.post(Listener.DATA, path, TEXT));

    JsonNode three = run.ok(run.post(Listener.DATA, path + "&players=3", TEXT));
    JsonNode masked = run.ok(run.post(Listener.DATA, path + "&mask_token=good", TEXT));
    JsonNode again = run.ok(run.post(Listener.DATA, path, TEXT));

    assertThat(words.get("features")).hasSize(6);
    assertThat(three.get("features")).hasSize(3);
    assertThat(masked.get("baseline").doubleValue()).isNotEqualTo(0);
    assertThat(again.get("features")).isEqualTo(words.get("features"));
  }

  @Test
  void shap_ofAnImage_overAnImageOfTheReference() {
    String image = image(20.5);
    run.ok(
        run.send(
            "PUT",
            Listener.MANAGEMENT,
            "/v1/models/images/reference",
            (image(3.5) + "\n" + image(7.5) + "\n").getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-ndjson"));
    String path = "/v1/models/images:explain?format=native&players=16&fill=";
    String body = "{\"instances\":[" + image + "]}";

    JsonNode mean = run.ok(run.post(Listener.DATA, path + "mean", body));
    JsonNode first = run.ok(run.post(Listener.DATA, path + "reference", body));
    JsonNode second = run.ok(run.post(Listener.DATA, path + "reference&fill_row=1", body));
    HttpResponse<byte[]> third = run.post(Listener.DATA, path + "reference&fill_row=2", body);

    assertThat(first.get("prediction")).isEqualTo(mean.get("prediction"));
    double distance = first.get("prediction").doubleValue() - first.get("baseline").doubleValue();
    assertThat(distance).as("64 pixels, each 17 brighter").isEqualTo(64 * 17.0, within(1e-6));
    assertThat(second.get("prediction").doubleValue() - second.get("baseline").doubleValue())
        .isEqualTo(64 * 13.0, within(1e-6));
    assertThat(mean.get("baseline")).isNotEqualTo(first.get("baseline"));
    assertProblem(third, 400, "parameter_range", "/parameters/fillRow");
  }

  /** 16 x 16, its upper left quarter brighter. */
  private static String image(double bright) {
    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < 16; y++) {
      StringBuilder row = new StringBuilder();
      for (int x = 0; x < 16; x++) {
        row.append(x == 0 ? "" : ",");
        row.append((y * 7 + x * 3) % 11 + (y < 8 && x < 8 ? bright : 0.5));
      }
      rows.append(y == 0 ? "[" : ",[").append(row).append("]");
    }
    return "[" + rows + "]";
  }
}
