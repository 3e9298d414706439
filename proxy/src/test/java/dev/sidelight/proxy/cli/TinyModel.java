package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.cli.TinyFunction.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A model server of a few lines over plain sockets, V1 and V2, that knows nothing of our codecs. A
 * model's name says how it misbehaves; {@code tiny} does not.
 */
final class TinyModel implements AutoCloseable {

  static final Set<String> NAMES =
      Set.of(
          "tiny",
          "wrong-rows",
          "not-a-number",
          "html",
          "garbage",
          "labels",
          "silent",
          "wide",
          "texts",
          "images",
          "slow-wide");

  /** A call of {@code slow-wide} takes so long. */
  static final long SLOW_MILLIS = 100;

  /** A request as it came. */
  record Seen(String head, byte[] body) {

    String path() {
      return head.split(" ", 3)[1];
    }

    String field(String name) {
      for (String line : head.split("\r\n", -1)) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }

    boolean isPrediction() {
      return head.startsWith("POST ");
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ServerSocket socket;
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TinyModel(ServerSocket socket) {
    this.socket = socket;
  }

  static TinyModel start() throws IOException {
    return start(0);
  }

  /** On a port that was another's before. */
  static TinyModel start(int port) throws IOException {
    TinyModel model =
        new TinyModel(new ServerSocket(port, /* backlog= */ 256, InetAddress.getLoopbackAddress()));
    Thread.ofPlatform().daemon().name("tiny-model").start(model::accept);
    return model;
  }

  int port() {
    return socket.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  List<Seen> predictions() {
    return seen.stream().filter(Seen::isPrediction).toList();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setTcpNoDelay(true);
      InputStream in = client.getInputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Seen request = new Seen(head, new byte[0]);
        String length = request.field("content-length");
        request = new Seen(head, in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)));
        seen.add(request);
        answer(request, client.getOutputStream());
      }
    } catch (IOException e) {
      // the client went: its affair
    } finally {
      open.remove(client);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.write(b);
      matched = b == "\r\n\r\n".charAt(matched) ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void answer(Seen request, OutputStream out) throws IOException {
    String path = request.path();
    String model = path.replaceAll("^/v[12]/models/", "").replaceAll("(:predict|/.*)$", "");
    if (!request.isPrediction()) {
      boolean known = path.equals("/v2/health/ready") || path.matches("/v[12]/models/[^/]+");
      boolean there = path.equals("/v2/health/ready") || NAMES.contains(model);
      send(out, known && there ? 200 : 404, "application/json", "{\"name\": \"" + model + "\"}");
      return;
    }
    switch (model) {
      case "html" -> send(out, 200, "text/html", "<html>secret-of-the-backend</html>");
      case "garbage" -> out.write("secret-of-the-backend\n\n\n".getBytes(StandardCharsets.UTF_8));
      case "silent" -> {
        // never answers
      }
      default -> {
        try {
          send(out, 200, "application/json", predict(model, path, request.body()));
        } catch (JsonProcessingException | NullPointerException e) {
          send(out, 400, "application/json", "{\"error\": \"not rows of mine\"}");
        }
      }
    }
  }

  private static String predict(String model, String path, byte[] body) throws IOException {
    if (model.equals("images")) {
      return images(body);
    }
    if (model.equals("texts")) {
      return texts(body);
    }
    if (model.endsWith("wide")) {
      if (model.startsWith("slow")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SLOW_MILLIS));
      }
      return wide(body);
    }
    List<Row> rows = path.startsWith("/v1/") ? v1Rows(body) : v2Rows(body);
    if (model.equals("wrong-rows")) {
      rows.removeLast();
      rows = rows.isEmpty() ? List.of(TinyFunction.row(0), TinyFunction.row(1)) : rows;
    }
    if (path.startsWith("/v1/")) {
      StringBuilder numbers = new StringBuilder();
      for (Row row : rows) {
        numbers.append(numbers.isEmpty() ? "" : " ,");
        numbers.append(model.equals("not-a-number") ? "NaN" : v1Answer(model, row));
      }
      return "{ \"predictions\" : [" + numbers + "]\t}\n";
    }
    return v2Answer(rows);
  }

  /** V1 images [16][16]: the brightness of the upper left quarter. */
  private static String images(byte[] body) throws IOException {
    ArrayNode answers = JSON.createArrayNode();
    for (JsonNode image : JSON.readTree(body).get("instances")) {
      double sum = 0;
      for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
          sum += image.get(y).get(x).asDouble();
        }
      }
      answers.add(sum);
    }
    return JSON.createObjectNode().set("predictions", answers).toString();
  }

  /** V1 texts: 2 for a {@code good}, -1 for a {@code bad}, 1 more for both. */
  private static String texts(byte[] body) throws IOException {
    ArrayNode answers = JSON.createArrayNode();
    for (JsonNode row : JSON.readTree(body).get("instances")) {
      String text = row.isArray() ? row.get(0).textValue() : row.textValue();
      boolean good = text.contains("good");
      boolean bad = text.contains("bad");
      answers.add((good ? 2 : 0.0) - (bad ? 1 : 0) + (good && bad ? 1 : 0));
    }
    return JSON.createObjectNode().set("predictions", answers).toString();
  }

  /** V1 rows of any number of columns, where every column meets all before it. */
  private static String wide(byte[] body) throws IOException {
    ArrayNode answers = JSON.createArrayNode();
    for (JsonNode row : JSON.readTree(body).get("instances")) {
      double sum = 0;
      double all = 0;
      for (int c = 0; c < row.size(); c++) {
        all += (c + 1) * row.get(c).asDouble();
        sum += Math.sin(3 * all); // no order of interactions ends it
      }
      answers.add(sum);
    }
    return JSON.createObjectNode().set("predictions", answers).toString();
  }

  private static String v1Answer(String model, Row row) {
    double f = TinyFunction.f(row);
    return model.equals("labels") ? (f > 10 ? "\"more <\"" : "\"less é\"") : Double.toString(f);
  }

  private static List<Row> v1Rows(byte[] body) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (JsonNode row : JSON.readTree(body).get("instances")) {
      rows.add(
          new Row(
              row.get(0).asDouble(),
              row.get(1).asLong(),
              row.get(2).textValue(),
              row.get(3).asDouble()));
    }
    return rows;
  }

  private static List<Row> v2Rows(byte[] body) throws IOException {
    JsonNode tree = JSON.readTree(body);
    JsonNode[] columns = new JsonNode[4];
    for (JsonNode input : tree.get("inputs")) {
      columns[TinyFunction.NAMES.indexOf(input.get("name").textValue())] = input.get("data");
    }
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < columns[0].size(); r++) {
      rows.add(
          new Row(
              columns[0].get(r).asDouble(),
              columns[1].get(r).asLong(),
              columns[2].get(r).textValue(),
              columns[3].get(r).asDouble()));
    }
    return rows;
  }

  private static String v2Answer(List<Row> rows) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("model_name", "tiny");
    ArrayNode outputs = answer.putArray("outputs");
    ObjectNode scores = outputs.addObject();
    scores.put("name", "scores").put("datatype", "FP64");
    scores.putArray("shape").add(rows.size()).add(2);
    ArrayNode data = scores.putArray("data");
    ObjectNode labels = outputs.addObject();
    labels.put("name", "label").put("datatype", "BYTES");
    labels.putArray("shape").add(rows.size());
    ArrayNode texts = labels.putArray("data");
    for (Row row : rows) {
      double p = TinyFunction.probability(row);
      data.add(1 - p).add(p);
      texts.add(p > 0.5 ? "yes <é" : "no &");
    }
    return JSON.writeValueAsString(answer) + " \n";
  }

  private static void send(OutputStream out, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 %d Whatever\r\nX-Model: tiny\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, type, bytes.length);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(bytes);
    out.write(whole.toByteArray());
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : open) {
      client.close();
    }
  }
}
