package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.http.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses and bodies that clients of Seldon Core's explainers know. */
class SeldonIT extends TinyServed {

  private static final String ROW = tiny(8).replaceAll("^.*?\\[\\[|]].*$", "");

  private JsonNode direct() {
    return run.ok(run.post(Listener.DATA, "/v1/models/tiny:explain", tiny(8))).get("data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1.0/explain",
        "/api/v0.1/explain",
        "/seldon/default/tiny-explainer/main/api/v1.0/explain",
        "/seldon/default/other-explainer/main/api/v0.1/explain"
      })
  void explain_ndarray_isTheSameAsTheOwnBody(String path) {
    tinyReference("tiny", 24);
    JsonNode expected = direct();
    String body =
        "{\"meta\":{\"puid\":\"p\"},\"data\":{\"names\":[\"a\",\"b\",\"c\",\"d\"],\"ndarray\":[["
            + ROW
            + "]]}}";

    assertThat(run.ok(run.post(Listener.DATA, path, body)).get("data")).isEqualTo(expected);
    assertThat(run.ok(run.post(Listener.DATA, path, tiny(8))).get("data")).isEqualTo(expected);
  }

  @Test
  void explain_tensorAndText_areRows() {
    wideReference("wide");
    String row = WideRows.body(3).replaceAll("^.*\\[\\[|]].*$", "");
    String shap = "?format=native&mode=coalition&rowsMax=2000&seed=5";
    JsonNode expected =
        run.ok(run.post(Listener.DATA, "/v1/models/wide:explain" + shap, WideRows.body(3)));

    JsonNode tensor =
        run.ok(
            run.post(
                Listener.DATA,
                "/api/v1.0/explain" + shap,
                "{\"data\":{\"tensor\":{\"shape\":[1,16],\"values\":[" + row + "]}}}"));

    assertThat(tensor.get("features")).isEqualTo(expected.get("features"));
    JsonNode text =
        run.ok(
            run.post(
                Listener.DATA,
                "/seldon/default/texts-explainer/main/api/v1.0/explain?format=native",
                "{\"strData\":\"a good, not bad film\"}"));
    assertThat(text.at("/features/0/name").textValue()).isEqualTo("good");
  }

  @Test
  void explain_badBodies_areRefused() {
    tinyReference("tiny", 24);

    assertProblem(
        run.post(
            Listener.DATA,
            "/api/v1.0/explain",
            "{\"data\":{\"tensor\":{\"shape\":[2,4],\"values\":[1,2,3,4]}}}"),
        400,
        "shape_mismatch",
        "/data/tensor");
    assertThat(run.post(Listener.DATA, "/api/v1.0/explain", "{\"data\":").statusCode())
        .isEqualTo(400);
    assertThat(run.post(Listener.DATA, "/api/v1.0/explain", "{\"data\":{}}").statusCode())
        .isEqualTo(400);
  }
}
