package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainMeters;
import dev.sidelight.proxy.serve.job.Job;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code GET /v1/explanations/{id}/events}: a job's progress as server-sent events. */
final class JobEventsEndpoint {

  private static final int STREAMS_MAX = 64;

  private final ExplainMeters meters;
  private final AtomicInteger open;

  /**
   * @param open streams open now, of all listeners together
   */
  JobEventsEndpoint(ExplainMeters meters, AtomicInteger open) {
    this.meters = meters;
    this.open = open;
  }

  Answer stream(Call call, JobEndpoints jobs) {
    Job job = jobs.shown(JobEndpoints.id(call));
    String last = call.header("last-event-id").orElse("");
    long after = last.matches("\\d{1,18}") ? Long.parseLong(last) : 0;
    if (call.method().equals("HEAD")) {
      return new Answer.Whole(200, Map.of("Content-Type", "text/event-stream"), new byte[0]);
    }
    if (open.incrementAndGet() > STREAMS_MAX) {
      open.decrementAndGet();
      throw new ProblemException(
          Problem.of(429, "too_many_streams", STREAMS_MAX + " clients follow explanations already")
              .withRetryAfter(5));
    }
    return new Answer.Events(
        Map.of("Cache-Control", "no-store"),
        stream -> {
          try {
            if (!new JobStream(job, stream, System::nanoTime).follow(after)) {
              meters.followerDropped();
            }
          } finally {
            open.decrementAndGet();
          }
        });
  }
}
