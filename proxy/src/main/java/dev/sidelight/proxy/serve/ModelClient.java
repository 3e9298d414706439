package dev.sidelight.proxy.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.core.codec.Body;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Our own calls to model servers: synthetic rows, and questions about the model. Blocks;
 * thread-safe.
 */
public final class ModelClient implements AutoCloseable {

  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final int ANSWER_BYTES_MAX = 64 << 20;
  private static final int METADATA_BYTES_MAX = 1 << 20;

  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final Reachable reachable = new Reachable(System::nanoTime);

  public ModelClient() {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
  }

  /** True when the server answers 200 to a question about the model. */
  boolean answers(ServedModel model) {
    try {
      return get(model, ServedModel::metadataUri).status() == 200;
    } catch (PredictorException e) {
      return false;
    }
  }

  /** Column names of the model's inputs by its metadata; empty where the server tells none. */
  List<String> inputNames(ServedModel model) {
    List<String> names = new ArrayList<>();
    for (JsonNode input : tree(model, ServedModel::metadataUri).path("inputs")) {
      names.add(input.path("name").asText());
    }
    return names;
  }

  /** True when the server says that it takes and gives tensors as raw bytes. */
  boolean takesRawTensors(ServedModel model) {
    for (JsonNode extension : tree(model, at -> at.base().resolve("/v2")).path("extensions")) {
      if (extension.asText().equals("binary_tensor_data")) {
        return true;
      }
    }
    return false;
  }

  /** The largest batch, where the server tells one (Triton). */
  OptionalInt batchRowsMax(ServedModel model) {
    int max = tree(model, ServedModel::configUri).path("max_batch_size").asInt(-1);
    return max < 0 ? OptionalInt.empty() : OptionalInt.of(Math.max(1, max));
  }

  private JsonNode tree(ServedModel model, Function<ServedModel, URI> uri) {
    try {
      Answer answer = get(model, uri);
      return answer.status() == 200 ? json.readTree(answer.body().bytes()) : json.nullNode();
    } catch (PredictorException | JsonProcessingException e) {
      return json.nullNode(); // metadata is a courtesy: without it names are inferred
    } catch (IOException e) {
      return json.nullNode();
    }
  }

  private Answer get(ServedModel model, Function<ServedModel, URI> uri) {
    return anywhere(
        model,
        at -> {
          HttpRequest request = HttpRequest.newBuilder(uri.apply(at)).GET().build();
          return send(request, METADATA_BYTES_MAX, PROBE_TIMEOUT.toMillis());
        });
  }

  /** Our questions change nothing: what one address does not take in is put to the next. */
  private <T> T anywhere(ServedModel model, Function<ServedModel, T> call) {
    PredictorException last = new PredictorException(Kind.UNREACHABLE, "no address");
    for (URI base : reachable.order(model.bases())) {
      try {
        T answer = call.apply(model.at(base));
        reachable.answered(base);
        return answer;
      } catch (PredictorException e) {
        if (e.kind() != Kind.UNREACHABLE) {
          throw e;
        }
        reachable.failed(base);
        last = e;
      }
    }
    throw last;
  }

  /**
   * Posts a predict body, marked as synthetic.
   *
   * @param uri of the model at one of its addresses
   * @throws PredictorException unless the answer is 200
   */
  Body predict(
      ServedModel model,
      Function<ServedModel, URI> uri,
      Body body,
      CallScope scope,
      long timeoutMillis) {
    return anywhere(model, at -> predict(uri.apply(at), body, scope, timeoutMillis));
  }

  private Body predict(URI uri, Body body, CallScope scope, long timeoutMillis) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", body.contentType())
            .header("Seldon-Skip-Logging", "true")
            .header("X-Sidelight-Synthetic", "true")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()));
    if (!body.jsonLength().isEmpty()) {
      request.header("Inference-Header-Content-Length", body.jsonLength());
    }
    if (!scope.authorization().isEmpty()) {
      request.header("Authorization", scope.authorization());
    }
    scope.tracing().forEach(request::header);
    Answer answer = send(request.build(), ANSWER_BYTES_MAX, timeoutMillis);
    if (answer.status() != 200) {
      throw refusal(answer);
    }
    return answer.body();
  }

  private static PredictorException refusal(Answer answer) {
    int status = answer.status();
    Kind kind =
        switch (status) {
          case 401, 403 -> Kind.FORBIDDEN;
          case 413 -> Kind.TOO_LARGE;
          case 429, 503 -> Kind.OVERLOADED;
          case 400, 422, 500 -> Kind.REFUSED;
          case 502 -> Kind.UNREACHABLE;
          case 504 -> Kind.TIMEOUT;
          default -> Kind.BAD_RESPONSE;
        };
    return new PredictorException(
        kind, status, answer.retryAfterMillis(), "the model server answered " + status);
  }

  /** The time holds for the whole answer: the client's own would end with its head. */
  private Answer send(HttpRequest request, int bytesMax, long timeoutMillis) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), bytesMax));
    try {
      HttpResponse<byte[]> response = sent.get(timeoutMillis, TimeUnit.MILLISECONDS);
      String type = response.headers().firstValue("content-type").orElse("");
      String encoding = response.headers().firstValue("content-encoding").orElse("");
      String jsonLength = response.headers().firstValue(Body.JSON_LENGTH).orElse("");
      String retryAfter = response.headers().firstValue("retry-after").orElse("");
      return new Answer(
          response.statusCode(),
          new Body(response.body(), type, encoding, jsonLength),
          retryAfterMillis(retryAfter));
    } catch (TimeoutException e) {
      throw new PredictorException(Kind.TIMEOUT, "no answer from the model server in time");
    } catch (ExecutionException e) {
      throw failure(e.getCause(), bytesMax);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PredictorException(Kind.CANCELLED, "interrupted");
    } finally {
      sent.cancel(true); // closes the connection of an answer nobody waits for
    }
  }

  private static PredictorException failure(@Nullable Throwable cause, int bytesMax) {
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          new PredictorException(Kind.UNREACHABLE, "no connection to the model server in time");
      case ConnectException _ ->
          new PredictorException(Kind.UNREACHABLE, "no connection to the model server");
      case ProtocolException _ ->
          new PredictorException(Kind.BAD_RESPONSE, "the model server's answer is not HTTP");
      case IOException e when String.valueOf(e.getMessage()).contains("body exceeds capacity") ->
          new PredictorException(
              Kind.BAD_RESPONSE, "the model server's answer is longer than " + bytesMax + " bytes");
      case null, default ->
          new PredictorException(Kind.UNREACHABLE, "the connection to the model server broke off");
    };
  }

  private static long retryAfterMillis(String seconds) {
    return seconds.matches("\\d{1,6}") ? 1000L * Integer.parseInt(seconds) : 0;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private record Answer(int status, Body body, long retryAfterMillis) {}
}
