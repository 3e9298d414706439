package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.cli.ScriptedModel.Said;
import dev.sidelight.proxy.cli.ScriptedModel.Scores;
import dev.sidelight.proxy.http.Listener;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Twenty mixed features and ten classes over V1, V2 and raw tensors, on a model that is additive,
 * so that every value is known: w (x - mean of the background).
 */
class WideScoresIT {

  private static final int NUMBERS = 18;
  private static final int CLASSES = 10;
  private static final int ROWS = 30;
  private static final List<String> WORDS = List.of("north", "south & \"west\"", "östlich");

  @TempDir Path dir;

  /** Eighteen numbers that FP32 holds, then a word and a flag. */
  private static List<Object> row(int i) {
    List<Object> row = new ArrayList<>();
    for (int c = 0; c < NUMBERS; c++) {
      row.add(((i * 31 + c * 17) % 64 - 20) / 8.0);
    }
    row.add(WORDS.get(i % 3));
    row.add((double) (i * 7 % 5));
    return row;
  }

  private static double part(int column, Object value, int k) {
    double number = value instanceof String word ? WORDS.indexOf(word) * 1.5 : (double) value;
    return number * Math.sin(1 + column * 3.0 + k * 7.0);
  }

  private static Said answer(List<List<Object>> rows) {
    double[][] scores = new double[rows.size()][CLASSES];
    for (int r = 0; r < scores.length; r++) {
      for (int k = 0; k < CLASSES; k++) {
        for (int c = 0; c < rows.get(r).size(); c++) {
          scores[r][k] += part(c, rows.get(r).get(c), k);
        }
      }
    }
    return new Scores("scores", scores);
  }

  private static double value(List<Object> x, int columns, int column, int k) {
    double mean = 0;
    for (int b = 0; b < ROWS; b++) {
      mean += part(column, row(b).get(column), k) / ROWS;
    }
    assertThat(column).isLessThan(columns);
    return part(column, x.get(column), k) - mean;
  }

  private static String csv(int columns) {
    String names =
        IntStream.range(0, columns).mapToObj(c -> "c" + c).collect(Collectors.joining(","));
    return IntStream.range(0, ROWS)
        .mapToObj(
            i ->
                row(i).subList(0, columns).stream()
                    .map(v -> v instanceof String s ? '"' + s.replace("\"", "\"\"") + '"' : v + "")
                    .collect(Collectors.joining(",")))
        .collect(Collectors.joining("\r\n", names + "\r\n", "\r\n"));
  }

  private static String json(Object value) {
    return value instanceof String s ? '"' + s.replace("\"", "\\\"") + '"' : value.toString();
  }

  private static String v1(List<Object> x) {
    return "{\"instances\":[["
        + x.stream().map(WideScoresIT::json).collect(Collectors.joining(","))
        + "]]}";
  }

  private static String v2(List<Object> x) {
    return IntStream.range(0, x.size())
        .mapToObj(
            c ->
                "{\"name\":\"c%d\",\"shape\":[1],\"datatype\":\"%s\",\"data\":[%s]}"
                    .formatted(c, x.get(c) instanceof String ? "BYTES" : "FP64", json(x.get(c))))
        .collect(Collectors.joining(",", "{\"inputs\":[", "]}"));
  }

  private static void assertClosedForm(JsonNode alibi, List<Object> x, int columns) {
    JsonNode values = alibi.at("/data/shap_values");
    assertThat(values).hasSize(CLASSES);
    for (int k = 0; k < CLASSES; k++) {
      for (int c = 0; c < columns; c++) {
        assertThat(values.get(k).get(0).get(c).doubleValue())
            .as("class %d, column %d", k, c)
            .isCloseTo(value(x, columns, c, k), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void twentyMixedFeatures_tenClasses_areTheClosedForm(String protocol) throws Exception {
    List<Object> x = row(123);
    try (ScriptedModel model = ScriptedModel.start(WideScoresIT::answer);
        ServeRun run = ServeRun.start(dir, model.url(), protocol)) {
      run.putReference("odd", csv(20));
      boolean v1 = protocol.equals("v1");

      HttpResponse<byte[]> response =
          run.post(
              Listener.DATA,
              v1 ? "/v1/models/odd:explain" : "/v2/models/odd/explain",
              v1 ? v1(x) : v2(x));

      assertClosedForm(run.ok(response), x, 20);
      assertThat(run.ok(response).at("/data/feature_names")).hasSize(20);
    }
  }

  /** As Triton's and KServe's clients send them: a JSON head, then the numbers. */
  @Test
  void rawTensors_inAndOut_areTheClosedForm() throws Exception {
    List<Object> x = row(77).subList(0, NUMBERS);
    ByteBuffer numbers = ByteBuffer.allocate(4 * NUMBERS).order(ByteOrder.LITTLE_ENDIAN);
    x.forEach(value -> numbers.putFloat((float) (double) value));
    byte[] head =
        ("{\"inputs\":[{\"name\":\"x\",\"shape\":[1,%d],\"datatype\":\"FP32\","
                + "\"parameters\":{\"binary_data_size\":%d}}]}")
            .formatted(NUMBERS, numbers.capacity())
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(head);
    body.writeBytes(numbers.array());
    try (ScriptedModel model = ScriptedModel.start(/* raw= */ true, WideScoresIT::answer);
        ServeRun run = ServeRun.start(dir, model.url(), "v2")) {
      run.putReference("odd", csv(NUMBERS));

      HttpResponse<byte[]> response =
          run.send(
              "POST",
              Listener.DATA,
              "/v2/models/odd/explain",
              body.toByteArray(),
              "Content-Type",
              "application/octet-stream",
              "Inference-Header-Content-Length",
              Integer.toString(head.length));

      assertClosedForm(run.ok(response), x, NUMBERS);
      assertThat(model.rawCalls()).containsOnly(true);
    }
  }
}
