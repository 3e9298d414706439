package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.logger.QueryException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProblemsTest {

  private static JsonNode parsed(Problem problem, boolean errorMember) throws Exception {
    return new ObjectMapper().readTree(Problems.json(problem, "id-1", errorMember));
  }

  @Test
  void document_hasTheMembersOfTheDesign() throws Exception {
    Problem problem =
        Problem.of(400, "shape_mismatch", "inputs[0] has shape [1, 30] but 29 values")
            .withFault("/inputs/0/data", "30", "29")
            .withHint("send 30 numbers");

    JsonNode json = parsed(problem, true);

    assertThat(json.get("type").asText())
        .isEqualTo("tag:sidelight.dev,2026:problem/shape_mismatch");
    assertThat(json.get("status").asInt()).isEqualTo(400);
    assertThat(json.get("code").asText()).isEqualTo("shape_mismatch");
    assertThat(json.get("errors").get(0).get("pointer").asText()).isEqualTo("/inputs/0/data");
    assertThat(json.get("errors").get(0).get("found").asText()).isEqualTo("29");
    assertThat(json.get("hint").asText()).isEqualTo("send 30 numbers");
    assertThat(json.get("request_id").asText()).isEqualTo("id-1");
    assertThat(json.get("error").asText()).isEqualTo(json.get("detail").asText());
    assertThat(parsed(problem, false).has("error")).isFalse();
  }

  @Property(tries = 300)
  void anyText_isValidJson(@ForAll String text) throws Exception {
    JsonNode json = parsed(Problem.of(400, "x", text), false);

    assertThat(json.get("detail").asText()).isEqualTo(text);
  }

  @Test
  void exceptions_haveTheirStatus() {
    assertThat(Problems.of(new CodecException("json_syntax", "", "", "", "line 1")).status())
        .isEqualTo(400);
    assertThat(Problems.of(new CodecException("decompressed_too_large", "", "", "", "x")).status())
        .isEqualTo(413);
    assertThat(Problems.of(new ExplainException("budget_too_small", "", "x")).status())
        .isEqualTo(422);
    assertThat(Problems.of(new ExplainException("parameter_range", "/nsamples", "x")).errors())
        .hasSize(1);
    assertThat(Problems.of(new QueryException("query_syntax", 3, "x")).errors().get(0).found())
        .isEqualTo("character 3");
    assertThat(Problems.of(new PredictorException(PredictorException.Kind.TIMEOUT, "x")).status())
        .isEqualTo(504);
  }

  @Test
  void surprise_showsNothing() {
    Problem problem = Problems.of(new NullPointerException("/etc/secret"));

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.detail()).doesNotContain("secret");
  }
}
