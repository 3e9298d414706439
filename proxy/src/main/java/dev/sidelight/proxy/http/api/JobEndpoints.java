package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.JobEnvelope;
import dev.sidelight.proxy.serve.job.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code /v1/explanations/{id}}: read, stop and keep, drop. */
final class JobEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a stopped explanation may still take: the batch that is under way. */
  private static final long STOP_MILLIS = 10_000;

  private final Jobs jobs;
  private final boolean readsLog;

  /**
   * @param readsLog whether what tells of logged payloads is shown: on the management listener
   */
  JobEndpoints(Jobs jobs, boolean readsLog) {
    this.jobs = jobs;
    this.readsLog = readsLog;
  }

  Answer get(Call call) throws IOException {
    UUID id = id(call);
    Optional<Format> format = format(call);
    Optional<Job> job = jobs.find(id).filter(this::isShown);
    if (job.isPresent()) {
      return envelope(200, job.get(), format);
    }
    Optional<StoredReport> stored = jobs.log().find(id);
    if (stored.isPresent()) {
      return fromLog(id, stored.get(), format);
    }
    throw unknown(id);
  }

  /** A document of the log says itself whether it is of a logged request. */
  private Answer fromLog(UUID id, StoredReport stored, Optional<Format> format) throws IOException {
    var document = requireShown(id, stored);
    if (format.isPresent() && format.get() != Format.NATIVE) {
      throw new ProblemException(
          Problem.of(400, "format_unsupported", "the log keeps explanations as native only")
              .withFault("/parameters/format", "native", format.get().word()));
    }
    ObjectNode node = JSON.createObjectNode();
    node.put("id", ExplanationId.text(id));
    node.put("state", "done");
    node.set("model", document.path("model").path("name"));
    node.put("created", Instant.ofEpochMilli(stored.timeMicros() / 1000).toString());
    node.put("age", Math.max(0, jobs.nowMillis() - stored.timeMicros() / 1000) / 1000);
    node.putObject("links").put("self", ExplanationId.path(id));
    node.putRawValue("result", new RawValue(new String(stored.json(), StandardCharsets.UTF_8)));
    return answer(200, JSON.writeValueAsBytes(node));
  }

  /** Its document, unless it tells of what is not shown here. */
  JsonNode requireShown(UUID id, StoredReport stored) throws IOException {
    JsonNode document = JSON.readTree(stored.json());
    boolean restricted = document.has("requestId") || !stored.kind().equals("explanation");
    if (restricted && !readsLog) {
      throw unknown(id);
    }
    return document;
  }

  /** Ends it with the best it has. */
  Answer stop(Call call) throws InterruptedException {
    SameOrigin.check(call, true);
    Job job = shown(id(call));
    if (!job.state().isFinal()) {
      if (!job.hasEstimate()) {
        throw new ProblemException(
            Problem.of(409, "nothing_yet", "there is no result to keep yet")
                .withRetryAfter(1)
                .withHint("DELETE drops it"));
      }
      job.stop();
      boolean _ = job.await(STOP_MILLIS);
    }
    return envelope(200, job, Optional.empty());
  }

  /** Drops it. */
  Answer delete(Call call) {
    SameOrigin.check(call, true);
    shown(id(call)).drop();
    return new Answer.Whole(204, Map.of(), new byte[0]);
  }

  Job shown(UUID id) {
    return jobs.find(id).filter(this::isShown).orElseThrow(() -> unknown(id));
  }

  private boolean isShown(Job job) {
    return readsLog || !job.about().restricted();
  }

  private ProblemException unknown(UUID id) {
    return new ProblemException(
        jobs.isForgotten(id)
            ? Problem.of(410, "explanation_expired", "this explanation is no longer kept")
            : Problem.of(404, "explanation_unknown", "no explanation with this id is kept here"));
  }

  static UUID id(Call call) {
    return ExplanationId.parse(call.parameters().getOrDefault("id", ""))
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(404, "explanation_unknown", "this is not the id of an explanation")
                        .withFault("/id", "ex_ and 32 digits", "another text")));
  }

  private static Optional<Format> format(Call call) {
    Optional<String> word = call.query("format");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    List<String> words = Arrays.stream(Format.values()).map(Format::word).toList();
    return Optional.of(
        Arrays.stream(Format.values())
            .filter(format -> format.word().equals(word.get()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                                400,
                                "parameter_range",
                                "format must be one of " + String.join(", ", words))
                            .withFault(
                                "/parameters/format",
                                "one of " + String.join(", ", words),
                                "another text"))));
  }

  private Answer envelope(int status, Job job, Optional<Format> format) {
    String text = JobEnvelope.text(job, format, OptionalLong.of(jobs.nowMillis()));
    return answer(status, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer answer(int status, byte[] json) {
    return new Answer.Whole(
        status, Map.of("Content-Type", "application/json", "Cache-Control", "no-store"), json);
  }
}
