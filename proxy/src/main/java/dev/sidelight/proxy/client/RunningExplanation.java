package dev.sidelight.proxy.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.client.ClientException.Kind;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An explanation that the server makes for us: begun, followed, stopped. Thread-safe. */
public final class RunningExplanation {

  private static final String PATH = "/v1/explanations";
  private static final Set<String> ENDED = Set.of("done", "failed", "cancelled", "expired");
  private static final long LOOK_AGAIN_MILLIS = 200;

  /** How long a server that is busy now is asked again. */
  private static final int PATIENCE_SECONDS = 30;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiClient api;
  private final String path;
  private volatile JsonNode envelope;

  private RunningExplanation(ApiClient api, JsonNode envelope) {
    this.api = api;
    this.envelope = envelope;
    this.path = PATH + "/" + envelope.path("id").asText();
  }

  /**
   * What it would cost: {@code rows}, {@code rowsMax}, {@code roundTrips}, {@code seconds}.
   *
   * @param waiting told why it takes longer, where the server is busy
   * @throws ClientException why the server will not
   */
  public static JsonNode price(ApiClient api, Question question, Consumer<String> waiting) {
    return asked(api, PATH + "?dry_run=true", question, waiting).orThrow();
  }

  /**
   * @param waiting told why it takes longer, where the server is busy
   * @throws ClientException why the server will not
   */
  public static RunningExplanation begin(
      ApiClient api, Question question, Consumer<String> waiting) {
    JsonNode envelope = asked(api, PATH + "?async=true", question, waiting).orThrow();
    if (!envelope.path("id").isTextual()) {
      throw new ClientException(Kind.FAILED, "the server's answer names no job: is it Sidelight?");
    }
    return new RunningExplanation(api, envelope);
  }

  /** Again and again while the server says when to come again; its last answer. */
  private static Reply asked(
      ApiClient api, String path, Question question, Consumer<String> waiting) {
    byte[] json = named(api, question).json();
    int waited = 0;
    while (true) {
      Reply reply = api.post(path, json);
      int after = reply.retryAfterSeconds();
      boolean isBusy = reply.status() == 429 || reply.status() == 503;
      if (!isBusy || after == 0 || waited + after > PATIENCE_SECONDS) {
        return reply;
      }
      waiting.accept(Plain.text(reply.body().path("detail").asText("the server is busy")));
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(after));
      waited += after;
    }
  }

  /** A body names no model: where the server has one only, it is meant. */
  private static Question named(ApiClient api, Question question) {
    if (!question.model().isEmpty() || !question.requestId().isEmpty()) {
      return question;
    }
    JsonNode known = api.get("/v1/models").orThrow();
    List<String> names = new ArrayList<>();
    known.path("items").forEach(item -> names.add(item.path("name").asText()));
    known.path("models").forEach(name -> names.add(name.asText())); // on the explainer's data port
    if (names.size() != 1) {
      throw new ClientException(
          Kind.USAGE,
          names.isEmpty()
              ? "which model? --model NAME says it (the server has seen none yet)"
              : "which model? --model NAME says it: " + Plain.text(String.join(", ", names)));
    }
    return question.of(names.get(0));
  }

  /**
   * Waits for the end.
   *
   * @param progress shown each reading of the work: {@code rows}, {@code rowsMax}, ...
   * @return the native document or documents
   * @throws ClientException why there is none
   */
  public JsonNode await(Consumer<JsonNode> progress) {
    while (!isEnded()) {
      follow(progress);
      envelope = api.get(path).orThrow();
      if (!isEnded()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
      }
    }
    return result();
  }

  private boolean isEnded() {
    return ENDED.contains(envelope.path("state").asText());
  }

  /** Until the stream ends, for whatever reason: the job's own address decides. */
  private void follow(Consumer<JsonNode> progress) {
    try (Stream<String> lines = api.lines(path + "/events")) {
      String event = "";
      for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
        String line = each.next();
        if (line.startsWith("event:")) {
          event = line.substring("event:".length()).strip();
        } else if (line.startsWith("data:") && event.equals("progress")) {
          progress.accept(JSON.readTree(line.substring("data:".length())));
        } else if (line.startsWith("data:") && ENDED.contains(event)) {
          return;
        }
      }
    } catch (UncheckedIOException | JsonProcessingException e) {
      // broken off: asked for again
    }
  }

  private JsonNode result() {
    if (envelope.has("result")) {
      return envelope.get("result");
    }
    String code = envelope.at("/error/code").asText();
    String detail = envelope.at("/error/detail").asText();
    if (code.isEmpty()) {
      throw new ClientException(Kind.FAILED, "somebody dropped this explanation");
    }
    throw new ClientException(Reply.kind(0, code), Plain.text(detail) + " (" + code + ")");
  }

  /** Ends the work and keeps what is known; where nothing is, drops it. */
  public void stop() {
    if (!isEnded() && !api.post(path + ":stop", new byte[0]).isSuccess()) {
      api.delete(path);
    }
  }
}
