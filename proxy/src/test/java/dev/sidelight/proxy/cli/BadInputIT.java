package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.http.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bad inputs of explain and query: exact answers, never a hang, and the server lives on. */
class BadInputIT {

  @TempDir static Path dir;
  private static TinyModel model;
  private static ServeRun run;

  @BeforeAll
  static void start() throws IOException {
    model = TinyModel.start();
    run = ServeRun.start(dir, model.url(), "v2");
    String csv = TinyBodies.csv(IntStream.range(0, 20).mapToObj(TinyFunction::row).toList());
    for (String name : List.of("tiny", "wrong-rows", "not-a-number", "html", "garbage")) {
      run.putReference(name, csv);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    run.close();
    model.close();
  }

  /**
   * One bad input.
   *
   * @param pointer of the first error; empty where the problem has no place
   */
  record Bad(String path, byte[] body, int status, String code, String pointer, String... headers) {

    static Bad v2(String body, int status, String code, String pointer) {
      return new Bad("/v2/models/tiny/explain", utf8(body), status, code, pointer);
    }

    static Bad v1(String body, int status, String code, String pointer) {
      return new Bad("/v1/models/tiny:explain", utf8(body), status, code, pointer);
    }

    /** A good body with parameters that are not. */
    static Bad query(String query, int status, String code, String pointer) {
      return new Bad("/v2/models/tiny/explain?" + query, utf8(good()), status, code, pointer);
    }

    @Override
    public String toString() {
      return code + " " + status + " " + path + " " + pointer;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String good() {
    return TinyBodies.v2(List.of(TinyFunction.row(5)));
  }

  private static String tensor(String shape, String datatype, String data) {
    return "{\"inputs\":[{\"name\":\"a\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}]}"
        .formatted(shape, datatype, data);
  }

  private static String numbers(int n, int at, String odd) {
    return IntStream.range(0, n).mapToObj(i -> i == at ? odd : "1").toList().toString();
  }

  static Stream<Bad> inputs() {
    return Stream.of(
        new Bad(
            "/v2/models/tiny/explain",
            gzip("{" + " ".repeat(40 << 20) + "}"),
            413,
            "decompressed_too_large",
            "",
            "Content-Encoding",
            "gzip"),
        new Bad(
            "/v2/models/tiny/explain",
            utf8(good()),
            415,
            "content_encoding_unsupported",
            "",
            "Content-Encoding",
            "lzma"),
        Bad.v2("[".repeat(100_000), 400, "json_too_deep", ""),
        Bad.v1("{\"instances\":" + "[".repeat(100_000), 400, "json_too_deep", ""),
        Bad.v2("{\"inputs\":[{\"name\":", 400, "json_syntax", ""),
        Bad.v2("{\"inputs\":[],\"inputs\":[]}", 400, "json_duplicate_key", ""),
        Bad.v2(
            tensor("[1, 30]", "FP64", numbers(30, 17, "1e999999999")),
            400,
            "number_not_finite",
            "/inputs/0/data/17"),
        Bad.v2(
            tensor("[1, 30]", "FP64", numbers(30, 17, "NaN")),
            400,
            "number_not_finite",
            "/inputs/0/data/17"),
        new Bad(
            "/v1/models/tiny:explain",
            "{\"instances\":[[\"\u00e9\"]]}".getBytes(StandardCharsets.ISO_8859_1),
            400,
            "utf8_invalid",
            ""),
        Bad.v1("{\"instances\":[[\"\\ud800\"]]}", 400, "utf8_invalid", ""),
        Bad.v2(tensor("[-1, 30]", "FP64", "[1]"), 400, "shape_negative", "/inputs/0/shape/0"),
        Bad.v2(tensor("[0, 30]", "FP64", "[1]"), 400, "shape_zero", "/inputs/0/shape"),
        Bad.v2(
            tensor("[65536, 65536, 65536]", "FP64", "[1]"),
            422,
            "explain_too_large",
            "/inputs/0/shape"),
        Bad.v2(
            tensor("[16, 65536, 65536]", "FP64", "[1]"), 400, "shape_overflow", "/inputs/0/shape"),
        Bad.v2(
            tensor("[1, 30]", "FP64", numbers(29, -1, "")),
            400,
            "shape_mismatch",
            "/inputs/0/data"),
        Bad.v2(tensor("[1]", "FP33", "[1]"), 400, "datatype_unknown", "/inputs/0/datatype"),
        Bad.v2(tensor("[1]", "INT64", "[1.5]"), 400, "value_not_integral", "/inputs/0/data/0"),
        Bad.v2(tensor("[1]", "FP64", "[1]"), 400, "shape_mismatch", "/inputs"),
        Bad.v1("{\"instances\":[[1]]}", 400, "shape_mismatch", "/instances/0"),
        Bad.v1("{\"instances\":[]}", 400, "shape_zero", "/instances"),
        new Bad("/v2/models/tinny/explain", utf8(good()), 404, "model_unknown", ""),
        Bad.v2(
            tensor("[1000000000, 30]", "FP64", "[1]"), 422, "explain_too_large", "/inputs/0/shape"),
        Bad.v1(
            "{\"instances\":[" + "[1,2,3,4],".repeat(32) + "[1,2,3,4]]}",
            422,
            "explain_too_large",
            "/instances/32"),
        Bad.query("nsamples=2147483648", 422, "budget_exceeded", "/parameters/nsamples"),
        Bad.query("rowsMax=2000001", 422, "budget_exceeded", "/parameters/rowsMax"),
        Bad.query("background=1000000", 422, "budget_exceeded", "/parameters/background"),
        Bad.query("deadline=51s", 422, "budget_exceeded", "/parameters/deadline"),
        Bad.query("threshold=1.5", 400, "parameter_range", "/parameters/threshold"),
        Bad.query("delta=0", 400, "parameter_range", "/parameters/delta"),
        Bad.query("beam=0", 400, "parameter_range", "/parameters/beam"),
        Bad.query("eps=NaN", 400, "parameter_range", "/parameters/eps"),
        Bad.query("samples=100", 400, "parameter_unknown", "/parameters/samples"),
        Bad.query(
            "mode=coalition&rowsMax=20", 422, "budget_too_small", "/parameters/budget/rowsMax"));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(utf8(text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void explain_badInput_isTheProblemOfTheTable(Bad bad) {
    int before = model.predictions().size();

    HttpResponse<byte[]> response =
        run.send("POST", Listener.DATA, bad.path(), bad.body(), bad.headers());

    JsonNode problem = ServeRun.json(response);
    assertThat(problem.get("code").textValue()).as("%s", problem).isEqualTo(bad.code());
    assertThat(response.statusCode()).isEqualTo(bad.status());
    assertThat(problem.get("status").intValue()).isEqualTo(bad.status());
    assertThat(problem.at("/errors/0/pointer").asText("")).isEqualTo(bad.pointer());
    assertThat(problem.get("error")).isEqualTo(problem.get("detail"));
    assertThat(problem.get("type").textValue())
        .isEqualTo("tag:sidelight.dev,2026:problem/" + bad.code());
    assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
    assertThat(model.predictions()).hasSize(before); // nothing was sent to the model
    assertThat(run.post(Listener.DATA, "/v2/models/tiny/infer", good()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void explain_tooManyRows_saysRowsCostLimitAndWhatToDo() {
    HttpResponse<byte[]> response =
        run.post(
            Listener.DATA, "/v2/models/tiny/explain", tensor("[1000000000, 30]", "FP64", "[1]"));

    assertThat(ServeRun.text(response)).contains("1000000000 rows", "32", "20000", "asynchronous");
  }

  @Test
  void explain_unknownNames_nameTheNearest() {
    assertThat(ServeRun.text(run.post(Listener.DATA, "/v2/models/tinny/explain", good())))
        .contains("did you mean tiny?");
    assertThat(ServeRun.text(run.post(Listener.DATA, "/v2/models/tiny/explain?row_max=1", good())))
        .contains("did you mean rowsMax?");
  }

  @ParameterizedTest
  @MethodSource("oddModels")
  void explain_oddBackend_isBadResponseWithoutItsText(String name) {
    HttpResponse<byte[]> response =
        run.post(
            Listener.DATA,
            "/v1/models/" + name + ":explain",
            TinyBodies.v1(List.of(TinyFunction.row(5))));

    assertThat(ServeRun.text(response)).doesNotContain("secret", "shap_values");
    assertThat(ServeRun.json(response).get("code").textValue())
        .as(ServeRun.text(response))
        .isEqualTo("backend_bad_response");
    assertThat(response.statusCode()).isEqualTo(502);
  }

  static List<String> oddModels() {
    return List.of("wrong-rows", "not-a-number", "html", "garbage");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void query_badInput_isTheProblemOfTheTable(Bad bad) {
    HttpResponse<byte[]> response = run.get(Listener.MANAGEMENT, bad.path());

    assertThat(ServeRun.json(response).get("code").textValue())
        .as(ServeRun.text(response))
        .isEqualTo(bad.code());
    assertThat(response.statusCode()).isEqualTo(bad.status());
  }

  static Stream<Bad> queries() {
    byte[] none = new byte[0];
    return Stream.of(
        new Bad("/v1/requests?filter=model%3A%22x%22%20OR%20*%3A*", none, 400, "query_syntax", ""),
        new Bad("/v1/requests/stream?filter=%3B", none, 400, "query_syntax", ""),
        new Bad("/v1/requests?limit=0", none, 400, "parameter_range", ""),
        new Bad("/v1/requests?limit=1001", none, 400, "parameter_range", ""),
        new Bad("/v1/requests?limit=many", none, 400, "parameter_range", ""),
        new Bad("/v1/requests?cursor=AAAA", none, 400, "cursor_mismatch", ""),
        new Bad("/v1/requests/..%5c..%5cetc", none, 400, "target_invalid", ""),
        new Bad("/v1/requests/etc-passwd", none, 404, "request_unknown", ""),
        new Bad(
            "/v1/requests/00000000-0000-7000-8000-000000000000", none, 404, "request_unknown", ""));
  }

  @Test
  void query_badFilter_saysWhere() {
    JsonNode problem =
        ServeRun.json(run.get(Listener.MANAGEMENT, "/v1/requests?filter=model%20%3D%20x%20or%20y"));

    assertThat(problem.toString()).contains("character 10");
  }

  @ParameterizedTest
  @MethodSource("explanationBodies")
  void explanations_badBody_isTheProblemOfTheTable(Bad bad) {
    HttpResponse<byte[]> response =
        run.send(
            "POST",
            Listener.MANAGEMENT,
            bad.path(),
            bad.body(),
            "Content-Type",
            "application/json");

    assertThat(ServeRun.json(response).get("code").textValue())
        .as(ServeRun.text(response))
        .isEqualTo(bad.code());
    assertThat(response.statusCode()).isEqualTo(bad.status());
    assertThat(ServeRun.json(response).at("/errors/0/pointer").asText("")).isEqualTo(bad.pointer());
  }

  static Stream<Bad> explanationBodies() {
    return Stream.of(
        body("", 400, "value_type", ""),
        body("{\"requestId\":", 400, "json_syntax", ""),
        body("{\"requestId\":\"x\"} {", 400, "json_syntax", ""),
        body("[]", 400, "value_type", ""),
        body("[".repeat(100_000), 400, "json_too_deep", ""),
        body("{\"row\":1,\"row\":2}", 400, "json_duplicate_key", ""),
        body("{\"row\":0}", 400, "member_missing", "/requestId"),
        body("{\"requestId\":7}", 400, "value_type", "/requestId"),
        body("{\"requestId\":\"x\",\"rows\":1}", 400, "member_unknown", ""),
        body("{\"requestId\":\"x\",\"row\":-1}", 400, "parameter_range", "/row"),
        body("{\"requestId\":\"../../etc/passwd\"}", 404, "request_unknown", "/requestId"));
  }

  private static Bad body(String body, int status, String code, String pointer) {
    return new Bad("/v1/explanations", utf8(body), status, code, pointer);
  }

  @Test
  void reference_badFile_namesLineAndColumnAndKeepsTheOldOne() {
    JsonNode before = rowsGiven();

    HttpResponse<byte[]> response =
        run.send(
            "PUT",
            Listener.MANAGEMENT,
            "/v1/models/tiny/reference",
            utf8("a,b,c,d\n1,2,x,3\n1,2,x\n"),
            "Content-Type",
            "text/csv");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(ServeRun.json(response).get("code").textValue()).isEqualTo("csv_invalid");
    assertThat(ServeRun.text(response)).contains("line 3");
    assertThat(rowsGiven()).isEqualTo(before);
    assertThat(
            run.send(
                    "PUT",
                    Listener.MANAGEMENT,
                    "/v1/models/tiny/reference",
                    utf8("x"),
                    "Content-Type",
                    "text/plain")
                .statusCode())
        .isEqualTo(415);
  }

  /** What was given; what is seen of the traffic of other tests may still grow. */
  private static JsonNode rowsGiven() {
    return ((ObjectNode) run.management("/v1/models/tiny/reference")).without(List.of("seen"));
  }
}
