package dev.sidelight.proxy.serve.job;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.proxy.serve.BackendFailure;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.ServeException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A job as its address tells it. */
public final class JobEnvelope {

  private static final JsonFactory JSON = new JsonFactory();

  private JobEnvelope() {}

  /** With its result in the format it was asked for. */
  static String text(Job job) {
    return text(job, Optional.empty(), OptionalLong.empty());
  }

  /**
   * @param format of the result; empty for the one it was asked for
   * @param nowMillis to tell its age; empty leaves the age out
   * @throws ServeException {@code format_unsupported}
   */
  public static String text(Job job, Optional<Format> format, OptionalLong nowMillis) {
    return written(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", ExplanationId.text(job.id()));
          JobState state = job.state();
          json.writeStringField("state", state.word());
          json.writeStringField("model", job.about().model());
          json.writeStringField("version", job.about().version());
          json.writeStringField("method", job.about().method());
          json.writeStringField("created", Instant.ofEpochMilli(job.createdMillis()).toString());
          if (job.endedMillis() > 0) {
            json.writeStringField("ended", Instant.ofEpochMilli(job.endedMillis()).toString());
          }
          if (nowMillis.isPresent()) {
            json.writeNumberField(
                "age", Math.max(0, nowMillis.getAsLong() - job.createdMillis()) / 1000);
          }
          json.writeFieldName("progress");
          json.writeRawValue(progress(job));
          links(json, job);
          outcome(json, job, format);
          json.writeEndObject();
        });
  }

  private static void links(JsonGenerator json, Job job) throws IOException {
    String self = ExplanationId.path(job.id());
    json.writeObjectFieldStart("links");
    json.writeStringField("self", self);
    json.writeStringField("events", self + "/events");
    if (!job.state().isFinal()) {
      json.writeStringField("stop", self + ":stop");
    }
    json.writeEndObject();
  }

  private static void outcome(JsonGenerator json, Job job, Optional<Format> format)
      throws IOException {
    if (job.result().isPresent()) {
      byte[] document = job.result().get().json(format, OptionalLong.empty());
      json.writeFieldName("result");
      json.writeRawValue(new String(document, StandardCharsets.UTF_8));
    } else if (job.failure().isPresent()) {
      RuntimeException failure = job.failure().get();
      json.writeObjectFieldStart("error");
      json.writeStringField("code", code(failure));
      json.writeStringField("detail", detail(failure));
      json.writeEndObject();
    }
  }

  /** The reading alone, as events have it. */
  static String progress(Job job) {
    JobProgress.Reading reading = job.reading();
    return written(
        json -> {
          json.writeStartObject();
          json.writeStringField("state", job.state().word());
          json.writeNumberField("instances", reading.instances());
          json.writeNumberField("done", reading.done());
          json.writeNumberField("failed", reading.failed());
          json.writeNumberField("round", reading.round());
          json.writeNumberField("rows", reading.rows());
          json.writeNumberField("rowsMax", reading.rowsMax());
          json.writeNumberField("roundTrips", reading.roundTrips());
          long eta = job.etaMillis(reading);
          if (eta >= 0) {
            json.writeNumberField("etaMillis", eta);
          }
          if (Double.isFinite(reading.maxStdError())) {
            json.writeNumberField("maxStdError", reading.maxStdError());
          }
          json.writeEndObject();
        });
  }

  static String code(RuntimeException failure) {
    return switch (failure) {
      case ServeException e -> e.code();
      case ExplainException e -> e.code();
      case CodecException e -> e.code();
      case PredictorException e -> BackendFailure.code(e.kind());
      default -> "internal";
    };
  }

  /** What is no answer of ours may hold anything: it stays here. */
  private static String detail(RuntimeException failure) {
    return code(failure).equals("internal")
        ? "something went wrong here; the log says what"
        : String.valueOf(failure.getMessage());
  }

  @FunctionalInterface
  private interface Writing {
    void to(JsonGenerator json) throws IOException;
  }

  private static String written(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      writing.to(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return text.toString();
  }
}
