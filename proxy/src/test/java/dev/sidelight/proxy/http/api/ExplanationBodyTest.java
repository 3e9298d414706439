package dev.sidelight.proxy.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.proxy.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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

    assertThat(body)
        .isEqualTo(
            new ExplanationBody(
                "x",
                OptionalInt.of(3),
                "m",
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
                    "alibi")));
  }

  @Test
  void read_nullMembers_areAbsent() {
    assertThat(read("{\"requestId\":\"x\",\"row\":null,\"parameters\":null,\"model\":null}"))
        .isEqualTo(new ExplanationBody("x", OptionalInt.empty(), "", Map.of()));
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
