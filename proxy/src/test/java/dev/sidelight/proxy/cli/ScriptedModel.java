package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A model server, V1 and V2 with or without raw tensors, whose every answer is what a test says. It
 * knows nothing of our codecs.
 */
final class ScriptedModel implements AutoCloseable {

  /** What is said to the rows of one call. */
  sealed interface Said {}

  /**
   * @param name of the output, where the protocol has names
   * @param rows scores of each row; of one column they are plain numbers
   */
  record Scores(String name, double[][] rows) implements Said {}

  record Labels(List<String> labels) implements Said {}

  record Refused(int status) implements Said {}

  /** Columns of a row are numbers and texts, in the order in which they came. */
  @FunctionalInterface
  interface Script {
    Said answer(List<List<Object>> rows);
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final boolean raw;
  private final Script script;
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final List<Integer> calls = new CopyOnWriteArrayList<>();
  private final List<Boolean> rawCalls = new CopyOnWriteArrayList<>();

  private ScriptedModel(HttpServer server, boolean raw, Script script) {
    this.server = server;
    this.raw = raw;
    this.script = script;
  }

  static ScriptedModel start(Script script) throws IOException {
    return start(false, script);
  }

  /**
   * @param raw it says that it takes and gives raw tensors, and does
   */
  static ScriptedModel start(boolean raw, Script script) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    ScriptedModel model = new ScriptedModel(server, raw, script);
    server.createContext("/", model::handle);
    server.setExecutor(model.threads);
    server.start();
    return model;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Paths of predict calls. */
  List<String> paths() {
    return paths;
  }

  /** Rows of each predict call. */
  List<Integer> calls() {
    return calls;
  }

  /** Of each predict call, whether it brought raw tensors. */
  List<Boolean> rawCalls() {
    return rawCalls;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (!exchange.getRequestMethod().equals("POST")) {
        String about = raw ? "{\"extensions\":[\"binary_tensor_data\"]}" : "{\"name\":\"odd\"}";
        boolean config = exchange.getRequestURI().getPath().endsWith("/config");
        send(exchange, config ? 404 : 200, about.getBytes(StandardCharsets.UTF_8), -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      String length = exchange.getRequestHeaders().getFirst("Inference-Header-Content-Length");
      paths.add(path);
      rawCalls.add(length != null);
      int head = length == null ? body.length : Integer.parseInt(length);
      JsonNode tree = JSON.readTree(body, 0, head);
      boolean v1 = path.startsWith("/v1/");
      List<List<Object>> rows = v1 ? v1(tree) : v2(tree, body, head);
      calls.add(rows.size());
      switch (script.answer(rows)) {
        case Refused(int status) ->
            send(exchange, status, "{\"error\":\"no\"}".getBytes(StandardCharsets.UTF_8), -1);
        case Labels(List<String> labels) ->
            send(
                exchange, 200, (v1 ? v1(labels) : v2(labels)).getBytes(StandardCharsets.UTF_8), -1);
        case Scores scores when v1 ->
            send(exchange, 200, v1(scores).getBytes(StandardCharsets.UTF_8), -1);
        case Scores scores -> v2(exchange, scores, length != null);
      }
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body, int head)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (head >= 0) {
      exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
      exchange.getResponseHeaders().set("Inference-Header-Content-Length", "" + head);
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static List<List<Object>> v1(JsonNode tree) {
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode instance : tree.get("instances")) {
      List<Object> row = new ArrayList<>();
      for (JsonNode each : instance) {
        row.add(each.isNumber() ? (Object) each.doubleValue() : each.textValue());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<Object>> v2(JsonNode tree, byte[] body, int head) {
    List<List<Object>> rows = new ArrayList<>();
    ByteBuffer blobs =
        ByteBuffer.wrap(body, head, body.length - head).order(ByteOrder.LITTLE_ENDIAN);
    for (JsonNode input : tree.get("inputs")) {
      int n = input.at("/shape/0").intValue();
      int width = 1;
      for (int d = 1; d < input.get("shape").size(); d++) {
        width *= input.get("shape").get(d).intValue();
      }
      for (int r = 0; r < n; r++) {
        if (rows.size() <= r) {
          rows.add(new ArrayList<>());
        }
        for (int c = 0; c < width; c++) {
          JsonNode data = input.get("data");
          rows.get(r)
              .add(
                  data == null
                      ? element(input.get("datatype").textValue(), blobs)
                      : value(data.get(r * width + c)));
        }
      }
    }
    return rows;
  }

  private static Object value(JsonNode element) {
    return element.isNumber() ? (Object) element.doubleValue() : element.textValue();
  }

  private static Object element(String type, ByteBuffer from) {
    return switch (type) {
      case "FP64" -> from.getDouble();
      case "FP32" -> (double) from.getFloat();
      case "INT64" -> (double) from.getLong();
      case "BYTES" -> {
        byte[] text = new byte[from.getInt()];
        from.get(text);
        yield new String(text, StandardCharsets.UTF_8);
      }
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static String v1(List<String> labels) throws IOException {
    return "{\"predictions\":" + JSON.writeValueAsString(labels) + "}";
  }

  private static String v1(Scores scores) {
    List<String> rows = new ArrayList<>();
    for (double[] row : scores.rows()) {
      List<String> numbers = new ArrayList<>();
      for (double each : row) {
        numbers.add(Double.toString(each)); // NaN as servers write it
      }
      String joined = String.join(",", numbers);
      rows.add(row.length == 1 ? joined : "[" + joined + "]");
    }
    return "{\"predictions\":[" + String.join(",", rows) + "]}";
  }

  private static String v2(List<String> labels) {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode output = answer.putArray("outputs").addObject();
    output.put("name", "label").put("datatype", "BYTES").putArray("shape").add(labels.size());
    ArrayNode data = output.putArray("data");
    labels.forEach(data::add);
    return answer.toString();
  }

  private static void v2(HttpExchange exchange, Scores scores, boolean raw) throws IOException {
    int n = scores.rows().length;
    int k = n == 0 ? 1 : scores.rows()[0].length;
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode output = answer.putArray("outputs").addObject();
    output.put("name", scores.name()).put("datatype", "FP64").putArray("shape").add(n).add(k);
    ByteBuffer blob = ByteBuffer.allocate(8 * n * k).order(ByteOrder.LITTLE_ENDIAN);
    ArrayNode data = JSON.createArrayNode();
    for (double[] row : scores.rows()) {
      for (double each : row) {
        blob.putDouble(each);
        data.add(each);
      }
    }
    if (!raw) {
      output.set("data", data);
      String text = answer.toString().replace("\"NaN\"", "NaN");
      send(exchange, 200, text.getBytes(StandardCharsets.UTF_8), -1);
      return;
    }
    output.putObject("parameters").put("binary_data_size", blob.capacity());
    byte[] head = answer.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head);
    whole.writeBytes(blob.array());
    send(exchange, 200, whole.toByteArray(), head.length);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
