package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Census CENSUS = Census.load();
  private static final List<List<String>> ROWS =
      List.of(CENSUS.row(0), CENSUS.row(1), CENSUS.row(2));
  private static final String INFER = "/v2/models/income/infer";
  private static final String PREDICT = "/v1/models/income:predict";

  private final IncomeModel model = new IncomeModel();
  private final ModelApi api = new ModelApi(model);

  @Test
  void v2Infer_answersProbabilitiesThenLabel_andEchoesTheId() throws IOException {
    JsonNode answer = ok("POST", INFER, RequestBody.v2("abc", ROWS));

    assertThat(answer.path("model_name").asText()).isEqualTo("income");
    assertThat(answer.path("model_version").asText()).isEqualTo("1");
    assertThat(answer.path("id").asText()).isEqualTo("abc");
    JsonNode probabilities = answer.path("outputs").path(0);
    assertThat(probabilities.path("name").asText()).isEqualTo("probabilities");
    assertThat(probabilities.path("datatype").asText()).isEqualTo("FP64");
    assertThat(probabilities.path("shape")).hasToString("[3,2]");
    JsonNode label = answer.path("outputs").path(1);
    assertThat(label.path("shape")).hasToString("[3]");
    double[] expected = expected("1");
    for (int i = 0; i < 3; i++) {
      assertThat(probabilities.path("data").path(2 * i).asDouble()).isEqualTo(1 - expected[i]);
      assertThat(probabilities.path("data").path(2 * i + 1).asDouble()).isEqualTo(expected[i]);
      assertThat(label.path("data").path(i).asText())
          .isEqualTo(expected[i] > 0.5 ? ">50K" : "<=50K");
    }
  }

  @Test
  void v2Infer_columnShape_nestedData_anyOrder_anyNumericType_sameAnswer() throws IOException {
    String plain = new String(RequestBody.v2("x", ROWS), StandardCharsets.UTF_8);
    JsonNode body = JSON.readTree(plain);
    StringBuilder inputs = new StringBuilder();
    for (int i = body.path("inputs").size() - 1; i >= 0; i--) { // the last column first
      JsonNode tensor = body.path("inputs").path(i);
      String type = tensor.path("datatype").asText().replace("INT64", "FP32");
      JsonNode data = tensor.path("data");
      inputs.append(
          """
          {"name":%s,"datatype":"%s","shape":[3,1],"data":[[%s],[%s],[%s]]}%s\
          """
              .formatted(
                  tensor.path("name"),
                  type,
                  data.get(0),
                  data.get(1),
                  data.get(2),
                  i > 0 ? "," : ""));
    }

    JsonNode answer = ok("POST", INFER, utf8("{\"inputs\":[" + inputs + "]}"));

    assertThat(answer.path("outputs")).isEqualTo(ok("POST", INFER, utf8(plain)).path("outputs"));
    assertThat(answer.has("id")).isFalse();
  }

  @Test
  void v2Infer_onlyTheOutputsAskedFor() throws IOException {
    String body = new String(RequestBody.v2("x", ROWS), StandardCharsets.UTF_8);
    String asking = body.replace("\"inputs\"", "\"outputs\":[{\"name\":\"label\"}],\"inputs\"");

    JsonNode answer = ok("POST", INFER, utf8(asking));

    assertThat(answer.path("outputs")).hasSize(1);
    assertThat(answer.path("outputs").path(0).path("name").asText()).isEqualTo("label");
  }

  @Test
  void v1Predict_listRowsAndObjectRows_sameAnswerAsV2() throws IOException {
    StringBuilder lists = new StringBuilder();
    for (List<String> row : ROWS) {
      lists.append(lists.isEmpty() ? "[" : ",[");
      for (int f = 0; f < Census.FEATURES.size(); f++) {
        String cell = row.get(f);
        lists.append(f > 0 ? "," : "").append(Census.isNumeric(f) ? cell : "\"" + cell + "\"");
      }
      lists.append("]");
    }

    JsonNode fromObjects = ok("POST", PREDICT, RequestBody.v1(ROWS));
    JsonNode fromLists = ok("POST", PREDICT, utf8("{\"instances\":[" + lists + "]}"));

    assertThat(fromLists).isEqualTo(fromObjects);
    double[] expected = expected("1");
    for (int i = 0; i < 3; i++) {
      JsonNode pair = fromObjects.path("predictions").path(i);
      assertThat(pair.path(0).asDouble() + pair.path(1).asDouble())
          .isCloseTo(1, Offset.offset(1e-12));
      assertThat(pair.path(1).asDouble()).isEqualTo(expected[i]);
    }
  }

  @Test
  void rollOut_version2AnswersWhoNamesNone_version1StaysReachable() throws IOException {
    byte[] body = RequestBody.v2("x", ROWS);
    assertThat(api.answer("GET", "/v2/models/income/versions/2", new byte[0]).status())
        .isEqualTo(404);
    JsonNode first = ok("POST", INFER, body);

    model.rollOut();

    JsonNode second = ok("POST", INFER, body);
    assertThat(second.path("model_version").asText()).isEqualTo("2");
    assertThat(second.path("outputs")).isNotEqualTo(first.path("outputs"));
    assertThat(ok("POST", "/v2/models/income/versions/1/infer", body)).isEqualTo(first);
  }

  @Test
  void unseenCategory_isPredictedToo() throws IOException {
    String body = new String(RequestBody.v1(ROWS), StandardCharsets.UTF_8);

    JsonNode answer = ok("POST", PREDICT, utf8(body.replace("Private", "Nobody knows")));

    assertThat(answer.path("predictions")).hasSize(3);
  }

  @Test
  void v2Metadata_isEnoughForASchema() throws IOException {
    JsonNode metadata = ok("GET", "/v2/models/income", new byte[0]);

    assertThat(metadata.path("versions")).hasToString("[\"1\"]");
    assertThat(metadata.path("inputs")).hasSize(12);
    assertThat(metadata.path("inputs").path(0))
        .hasToString("{\"name\":\"age\",\"datatype\":\"INT64\",\"shape\":[-1]}");
    assertThat(metadata.path("inputs").path(1).path("datatype").asText()).isEqualTo("BYTES");
    assertThat(metadata.path("outputs").path(0))
        .hasToString("{\"name\":\"probabilities\",\"datatype\":\"FP64\",\"shape\":[-1,2]}");
  }

  @ParameterizedTest
  @CsvSource({
    "/, status",
    "/v2, extensions",
    "/v2/health/live, live",
    "/v2/health/ready, ready",
    "/v2/models/income/ready, ready",
    "/v2/models/income/versions/1/ready, ready",
    "/v1/models, models",
    "/v1/models/income, ready"
  })
  void status_isJsonWithTheExpectedMember(String path, String member) throws IOException {
    assertThat(ok("GET", path, new byte[0]).has(member)).isTrue();
    assertThat(api.answer("POST", path, new byte[0]).status()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404",
    "GET, /v2/models/other, 404",
    "POST, /v1/models/other:predict, 404",
    "POST, /v2/models/income/versions/9/infer, 404",
    "GET, /v2/models/income/infer, 405",
    "GET, /v1/models/income:predict, 405"
  })
  void wrongPathOrMethod_isAnError(String method, String path, int status) throws IOException {
    assertError(api.answer(method, path, new byte[0]), status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        INFER + "|{",
        INFER + "|{}",
        INFER + "|[]",
        INFER + "|{\"inputs\":[]}",
        INFER + "|{\"inputs\":[]} surplus",
        INFER
            + "|{\"inputs\":[{\"name\":\"age\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[1]}]}",
        PREDICT + "|{\"instances\":[]}",
        PREDICT + "|{\"instances\":[[1,2,3]]}",
        PREDICT + "|{\"instances\":[1]}",
        PREDICT + "|{\"instances\":7}",
        PREDICT + "|{\"instances\":[[NaN]]}",
      })
  void malformedBody_is400(String path, String body) throws IOException {
    assertError(api.answer("POST", path, utf8(body)), 400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"shape\":[3]|\"shape\":[2]",
        "\"shape\":[3]|\"shape\":[0]",
        "\"shape\":[3]|\"shape\":[3,2]",
        "\"INT64\"|\"BYTES\"",
        "\"BYTES\"|\"FP64\"",
        "\"age\"|\"years\"",
        "\"Private\"|null",
        "[39,|[1e999,",
        "[39,|[",
        "{\"name\":\"age\"|{\"name\":\"height\"},{\"name\":\"age\"",
        "\"inputs\"|\"outputs\":[{\"name\":\"secret\"}],\"inputs\"",
      })
  void v2OneThingWrong_is400(String right, String wrong) throws IOException {
    String body = new String(RequestBody.v2("x", ROWS), StandardCharsets.UTF_8);
    assertThat(body).contains(right);

    assertError(api.answer("POST", INFER, utf8(body.replace(right, wrong))), 400);
  }

  /** Once no answer at all: an object has members, but none of them is the first. */
  @Test
  void v2DataIsAnObject_is400() throws IOException {
    String body = new String(RequestBody.v2("x", ROWS), StandardCharsets.UTF_8);
    String wrong =
        body.replaceFirst(
            "\\[([^\\[\\],]+),([^\\[\\],]+),([^\\[\\],]+)]", "{\"a\":$1,\"b\":$2,\"c\":$3}");

    assertThat(wrong).isNotEqualTo(body);
    assertError(api.answer("POST", INFER, utf8(wrong)), 400);
  }

  @Test
  void bodyInAnotherCharset_is400() throws IOException {
    assertError(api.answer("POST", INFER, new byte[] {0, 0, 0, 1, (byte) 0xff}), 400);
  }

  private JsonNode ok(String method, String path, byte[] body) throws IOException {
    ModelApi.Answer answer = api.answer(method, path, body);
    assertThat(answer.status()).as(path).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static void assertError(ModelApi.Answer answer, int status) throws IOException {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.rows()).isZero();
    assertThat(JSON.readTree(answer.body()).path("error").asText()).isNotEmpty();
  }

  private double[] expected(String version) {
    TreeEnsemble trees = TreeEnsemble.load("income-" + version + ".trees");
    return ROWS.stream()
        .mapToDouble(row -> trees.probability(IncomeModelTest.encode(trees, row)))
        .toArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
