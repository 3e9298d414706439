package dev.sidelight.proxy.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.proxy.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationBodyTest {

  private static ExplanationBody read(String body) {
    return ExplanationBody.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void read_everything_isTaken() {
    ExplanationBody body =
        read(
            """
            {"requestId":"x","row":3,"model":"m","method":"shap","format":"alibi",
             "parameters":{"seed":1,"budget":{"rowsMax":5},"list":[1],"none":null}}\
            """);

    assertThat(body.requestId()).isEqualTo("x");
    assertThat(body.row()).hasValue(3);
    assertThat(body.model()).isEqualTo("m");
    assertThat(body.parameters())
        .isEqualTo(
            Map.of(
                "seed",
                1,
                "budget",
                Map.of("rowsMax", 5),
                "list",
                List.of(1),
                "method",
                "shap",
                "format",
                "alibi"));
  }

  @Test
  void read_predictBody_isKeptByteForByte() {
    String rows = "{ \"instances\" : [[1.50, 9007199254740993, \"Größe }\"]]}";
    ExplanationBody body =
        read("{\"model\":\"m\", \"body\" : " + rows + " , \"version\":\"7\",\"row\":0}");

    assertThat(new String(body.rows().orElseThrow(), java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo(rows);
    assertThat(body.version()).isEqualTo("7");
  }

  @Test
  void read_filter_mayBeEmpty() {
    ExplanationBody body = read("{\"model\":\"m\",\"filter\":\"\",\"limit\":5}");

    assertThat(body.filter()).contains("");
    assertThat(body.limit()).hasValue(5);
  }

  @Test
  void read_nullMembers_areAbsent() {
    ExplanationBody body =
        read(
            "{\"requestId\":\"x\",\"row\":null,\"parameters\":null,\"model\":null,\"body\":null,"
                + "\"filter\":null}");

    assertThat(body.row()).isEmpty();
    assertThat(body.model()).isEmpty();
    assertThat(body.rows()).isEmpty();
    assertThat(body.filter()).isEmpty();
    assertThat(body.parameters()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"requestId\":\"x\",\"row\":2147483648} | parameter_range | /row",
        "{\"requestId\":\"x\",\"row\":1.0} | parameter_range | /row",
        "{\"requestId\":\"x\",\"parameters\":[]} | value_type | /parameters",
        "{\"requestId\":\"x\",\"format\":1} | value_type | /format",
        "{\"requestId\":\"x\",\"id\":1} | member_unknown | ''",
        "{} | member_missing | /requestId",
        "{\"body\":{}} | member_missing | /model",
        "{\"model\":\"m\",\"body\":[]} | value_type | /body",
        "{\"model\":\"m\",\"body\":{\"a\":1,\"a\":2}} | json_duplicate_key | ''",
        "{\"model\":\"m\",\"body\":{},\"filter\":\"\"} | member_unknown | ''",
        "{\"filter\":\"\"} | member_missing | /model",
        "{\"model\":\"m\",\"filter\":\"\",\"limit\":-1} | parameter_range | /limit",
        "null | value_type | ''",
        "{} {} | json_syntax | ''",
      })
  void read_bad_isToldWithItsPlace(String text, String code, String pointer) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, () -> read(text));

    assertThat(thrown.problem().code()).isEqualTo(code);
    assertThat(thrown.problem().status()).isEqualTo(400);
    assertThat(thrown.problem().errors().get(0).pointer()).isEqualTo(pointer);
  }

  @Test
  void ids_otherThanUuids_areUnknown() {
    for (String id : List.of("../../etc/passwd", "", "1", "0199f5f0-0000-7000-8000-00000000000g")) {
      ProblemException thrown =
          catchThrowableOfType(ProblemException.class, () -> Ids.parse(id, "/id"));
      assertThat(thrown.problem().status()).isEqualTo(404);
    }
  }
}
