package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.http.Listener;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shapes that clients of other explainers ask for. */
class FormatsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path dir;

  @Test
  void infer_onTheExplainersName_isMlserversShape() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      run.putReference(
          "tiny", TinyBodies.csv(IntStream.range(0, 24).mapToObj(TinyFunction::row).toList()));
      String plain = TinyBodies.v2(List.of(TinyFunction.row(8)));
      String body =
          plain.replaceFirst(
              "^\\{",
              "{\"parameters\":{\"explain_parameters\":{\"nsamples\":500,\"silent\":true}},");

      HttpResponse<byte[]> response =
          run.post(Listener.DATA, "/v2/models/tiny-explainer/infer", body);

      JsonNode answer = run.ok(response);
      assertThat(response.headers().firstValue("x-seldon-alibi-type")).contains("explanation");
      assertThat(response.headers().firstValue("x-seldon-alibi-method"))
          .contains("alibi.explainers.KernelShap");
      assertThat(answer.get("model_name").textValue()).isEqualTo("tiny-explainer");
      assertThat(answer.get("id").textValue()).isEqualTo("mine");
      JsonNode output = answer.at("/outputs/0");
      assertThat(output.get("name").textValue()).isEqualTo("explanation");
      assertThat(output.get("shape").toString()).isEqualTo("[1,1]");
      assertThat(output.get("datatype").textValue()).isEqualTo("BYTES");
      assertThat(output.at("/parameters/content_type").textValue()).isEqualTo("str");
      JsonNode document = JSON.readTree(output.at("/data/0").textValue());
      JsonNode direct = run.ok(run.post(Listener.DATA, "/v2/models/tiny/explain", plain));
      assertThat(document.at("/data/shap_values")).isEqualTo(direct.at("/data/shap_values"));
      assertThat(document.at("/sidelight/ignored").toString()).isEqualTo("[\"silent\"]");
      HttpResponse<byte[]> typo =
          run.post(
              Listener.DATA,
              "/v2/models/tiny-explainer/infer",
              body.replace("nsamples", "n_sample"));
      assertThat(typo.statusCode()).isEqualTo(400);
      assertThat(ServeRun.text(typo)).contains("did you mean nsamples?");
    }
  }

  @Test
  void explain_trustyai_isItsShape() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
      run.putReference(
          "tiny", TinyBodies.csv(IntStream.range(0, 24).mapToObj(TinyFunction::row).toList()));

      JsonNode answer =
          run.ok(
              run.post(
                  Listener.DATA,
                  "/v1/models/tiny:explain?format=trustyai",
                  TinyBodies.v1(List.of(TinyFunction.row(8)))));

      JsonNode unnamed =
          run.ok(
              run.post(
                  Listener.DATA,
                  "/v1/models/:explain?format=trustyai",
                  TinyBodies.v1(List.of(TinyFunction.row(8)))));
      assertThat(unnamed.get("saliencies")).isEqualTo(answer.get("saliencies"));
      JsonNode saliencies = answer.at("/saliencies/SHAP/outputs-0");
      assertThat(saliencies).hasSize(5);
      double sum = 0;
      for (JsonNode each : saliencies) {
        sum += each.get("score").doubleValue();
      }
      double f = TinyFunction.f(TinyFunction.row(8));
      assertThat(sum).isCloseTo(f, org.assertj.core.data.Offset.offset(1e-9 * Math.abs(f) + 1e-9));
    }
  }
}
