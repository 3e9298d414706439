package dev.sidelight.proxy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sidelight.proxy.client.ClientException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

  @Test
  void body_isSentOnAsItIsWritten() {
    Question question =
        new Question(
            "",
            "in\"come",
            Optional.of("{\"instances\":[[1.0,1e2,12345678901234567890]]}"),
            "shap",
            OptionalInt.of(0),
            Map.of("rowsMax", 400L));

    assertThat(new String(question.json(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"model\":\"in\\\"come\",\"method\":\"shap\",\"format\":\"native\",\"row\":0,"
                + "\"parameters\":{\"rowsMax\":400},"
                + "\"body\":{\"instances\":[[1.0,1e2,12345678901234567890]]}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "{\"a\":", "{} x", "nonsense"})
  void body_noJsonObject_isUsage(String text) {
    assertThatThrownBy(() -> Question.body(text.getBytes(StandardCharsets.UTF_8), "row.json"))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USAGE))
        .hasMessageStartingWith("row.json is no");
  }

  @ParameterizedTest
  @CsvSource({
    "400,shape_mismatch,USAGE", "404,request_unknown,FAILED", "502,backend_unreachable,UNREACHABLE",
    "504,deadline,SPENT", "422,budget_exceeded,SPENT", "500,'',FAILED"
  })
  void refusal_isOfAKind(int status, String code, Kind kind) throws Exception {
    var body = new ObjectMapper().createObjectNode().put("code", code).put("detail", "d");

    assertThat(new Reply(status, body, 0).failure().kind()).isEqualTo(kind);
    assertThat(new Reply(status, MissingNode.getInstance(), 0).failure())
        .hasMessageStartingWith("the server answered " + status);
  }
}
