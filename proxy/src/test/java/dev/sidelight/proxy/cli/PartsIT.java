package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.http.Listener;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of texts and segments of images through the whole service and a V2 server. */
class PartsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SIDE = PartsModel.SIDE;
  private static final int[] IMAGE = new Random(5).ints(SIDE * SIDE * 3, 0, 256).toArray();

  @TempDir Path dir;

  private PartsModel model;
  private ServeRun run;

  @BeforeEach
  void start() throws Exception {
    for (int y = 6; y <= 7; y++) {
      for (int x = 6; x <= 7; x++) {
        IMAGE[(y * SIDE + x) * 3] = 250; // the cell that counts is bright
      }
    }
    model = PartsModel.start();
    run = ServeRun.start(dir, model.url(), "v2");
  }

  @AfterEach
  void stop() {
    run.close();
    model.close();
  }

  private static String v2(String type, int[] shape, Object... data) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode input = body.putArray("inputs").addObject();
    input.put("name", "x").put("datatype", type);
    ArrayNode dimensions = input.putArray("shape");
    Arrays.stream(shape).forEach(dimensions::add);
    ArrayNode elements = input.putArray("data");
    for (Object each : data) {
      elements.addPOJO(each);
    }
    return body.toString();
  }

  private static String text(String text) {
    return v2("BYTES", new int[] {1}, text);
  }

  private static String pixels() {
    return v2("UINT8", new int[] {1, SIDE, SIDE, 3}, Arrays.stream(IMAGE).boxed().toArray());
  }

  private static String file() throws IOException {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    picture.getRaster().setPixels(0, 0, SIDE, SIDE, IMAGE);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    return text(Base64.getEncoder().encodeToString(png.toByteArray()));
  }

  private JsonNode explain(String model, String query, String body) {
    return run.ok(
        run.post(Listener.DATA, "/v2/models/" + model + "/explain?target=1&" + query, body));
  }

  private static Map<String, Double> attributions(JsonNode document) {
    Map<String, Double> byName = new HashMap<>();
    for (JsonNode feature : document.get("features")) {
      byName.merge(
          feature.get("name").textValue(), feature.get("attribution").doubleValue(), Double::sum);
    }
    return byName;
  }

  @Test
  void shapley_words_areTheirWeightsWithoutAnyTraffic() {
    JsonNode found = explain("words", "format=native", text("So good 😀, not awful!"));

    Map<String, Double> values = attributions(found);
    PartsModel.WEIGHTS.forEach(
        (word, weight) -> assertThat(values.get(word)).isCloseTo(weight, within(1e-9)));
    assertThat(values.get("not")).isCloseTo(0, within(1e-9));
    assertThat(found.get("baseline").doubleValue()).isCloseTo(0.6, within(1e-9));
    assertThat(found.at("/players/kind").textValue()).isEqualTo("spans");
    assertThat(found.at("/players/offsets").toString())
        .isEqualTo("[[0,2],[3,7],[8,9],[11,14],[15,20]]");
    assertThat(found.get("sentence").textValue()).contains("'awful' lowered it most (-0.3");
  }

  @Test
  void anchor_words_isTheWordThatDecides() {
    JsonNode found =
        run.ok(
            run.post(
                Listener.DATA,
                "/v2/models/words/explain?method=anchor&format=native",
                text("what an awful waste of time")));

    assertThat(found.get("success").booleanValue()).isTrue();
    assertThat(found.at("/predicates/0/text").textValue()).isEqualTo("awful");
    assertThat(found.at("/predicates/0/op").textValue()).isEqualTo("kept");
    assertThat(found.get("predicates")).hasSize(1);
    assertThat(found.get("coverage").doubleValue()).isEqualTo(0.5);
    assertThat(found.get("coverageOf").textValue()).isEqualTo("perturbations");
    assertThat(found.at("/players/offsets/2").toString()).isEqualTo("[8,13]");
  }

  @Test
  void shapley_pixelsAndFiles_allIsTheOneCells() throws IOException {
    for (JsonNode found :
        new JsonNode[] {
          explain("pixels", "format=native", pixels()), explain("files", "format=native", file())
        }) {
      double whole = found.get("prediction").doubleValue() - found.get("baseline").doubleValue();
      Map<String, Double> values = attributions(found);
      assertThat(whole).isGreaterThan(0.2);
      assertThat(values).hasSize(64);
      values.forEach(
          (name, value) ->
              assertThat(value)
                  .isCloseTo(name.equals("segment " + PartsModel.CELL) ? whole : 0, within(1e-6)));
      assertThat(found.at("/players/kind").textValue()).isEqualTo("segments");
      assertThat(found.at("/players/shape").toString()).isEqualTo("[16,16]");
      assertThat(found.at("/players/runs/0").toString()).isEqualTo("[0,2]");
    }
  }

  @Test
  void anchor_pixels_isTheCellThatDecides() {
    JsonNode found =
        run.ok(
            run.post(
                Listener.DATA, "/v2/models/pixels/explain?method=anchor&format=native", pixels()));

    assertThat(found.get("coverageOf").textValue()).isEqualTo("perturbations");
    assertThat(found.get("precision").doubleValue()).isGreaterThan(0.9);
  }

  @Test
  void badRequests_areRefused() {
    assertProblem(post("words", "players=65", "so good"), 422, "explain_too_large");
    assertProblem(post("words", "data=text", " ?! "), 422, "explain_unsupported");
    assertProblem(post("files", "data=image&input=x", "no picture"), 400, "row_unreadable");
    // the head of a PNG of 40,000 x 40,000 pixels
    assertProblem(
        post("files", "seed=1", "iVBORw0KGgoAAAANSUhEUgAAnEAAAJxACAIAAAA="),
        422,
        "explain_too_large");
  }

  private HttpResponse<byte[]> post(String model, String query, String words) {
    return run.post(Listener.DATA, "/v2/models/" + model + "/explain?" + query, text(words));
  }

  private static void assertProblem(HttpResponse<byte[]> response, int status, String code) {
    JsonNode problem = ServeRun.json(response);
    assertThat(problem.path("code").asText()).as(ServeRun.text(response)).isEqualTo(code);
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
