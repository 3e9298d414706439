package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;

/**
 * A V2 server of a text classifier, {@code words}, and two image classifiers, {@code pixels} (raw)
 * and {@code files} (PNG in base64), whose explanations are known: words add their weights, and of
 * an image only one cell of an 8 x 8 grid counts.
 */
final class PartsModel implements AutoCloseable {

  static final Map<String, Double> WEIGHTS = Map.of("good", 0.2, "awful", -0.3, "😀", 0.1);

  static final int SIDE = 16;

  /** The cell that counts; row 3, column 3 of the grid, so pixels 6 and 7 both ways. */
  static final int CELL = 27;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private PartsModel(HttpServer server) {
    this.server = server;
  }

  static PartsModel start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    PartsModel model = new PartsModel(server);
    server.setExecutor(model.threads);
    server.createContext("/", PartsModel::serve);
    server.start();
    return model;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      byte[] answer =
          exchange.getRequestMethod().equals("POST")
              ? predict(path.replaceAll("^/v2/models/|/infer$", ""), body)
              : "{}".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static byte[] predict(String model, byte[] body) throws IOException {
    JsonNode input = JSON.readTree(body).get("inputs").get(0);
    int rows = input.get("shape").get(0).intValue();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("model_name", model);
    ObjectNode scores = answer.putArray("outputs").addObject();
    scores.put("name", "scores").put("datatype", "FP64");
    scores.putArray("shape").add(rows).add(2);
    ArrayNode data = scores.putArray("data");
    for (int r = 0; r < rows; r++) {
      double score =
          switch (model) {
            case "words" -> words(input.get("data").get(r).textValue());
            case "files" -> file(input.get("data").get(r).textValue());
            default -> pixels(input.get("data"), r);
          };
      data.add(1 - score).add(score);
    }
    return JSON.writeValueAsBytes(answer);
  }

  private static double words(String text) {
    double sum = 0.6;
    for (String word : text.split("[ ,.!]+", -1)) {
      sum += WEIGHTS.getOrDefault(word, 0.0);
    }
    return sum;
  }

  /** The red of the cell's four pixels, from 0 to 1. */
  private static double pixels(JsonNode data, int row) {
    double sum = 0;
    for (int y = 6; y <= 7; y++) {
      for (int x = 6; x <= 7; x++) {
        sum += data.get(((row * SIDE + y) * SIDE + x) * 3).doubleValue();
      }
    }
    return sum / 4 / 255;
  }

  private static double file(String base64) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    double sum = 0;
    for (int y = 6; y <= 7; y++) {
      for (int x = 6; x <= 7; x++) {
        sum += image.getRaster().getSample(x, y, 0);
      }
    }
    return sum / 4 / 255;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
