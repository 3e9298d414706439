package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.JobEvent;
import dev.sidelight.proxy.serve.job.Jobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Finds what an explanation came to, or has come to so far. */
final class KeptDocuments {

  private final Jobs jobs;
  private final JobEndpoints shown;

  KeptDocuments(Jobs jobs, JobEndpoints shown) {
    this.jobs = jobs;
    this.shown = shown;
  }

  /**
   * The native document; of a running job the best so far.
   *
   * @throws dev.sidelight.proxy.http.ProblemException 404 and 410 where there is none to be shown
   */
  Optional<byte[]> of(Call call) throws java.io.IOException {
    UUID id = JobEndpoints.id(call);
    Optional<StoredReport> stored =
        jobs.find(id).isPresent() ? Optional.empty() : jobs.log().find(id);
    if (stored.isPresent()) {
      shown.requireShown(id, stored.get());
      return stored.map(StoredReport::json);
    }
    return of(shown.shown(id));
  }

  static Optional<byte[]> of(Job job) {
    if (job.result().isPresent()) {
      return job.result()
          .map(result -> result.json(Optional.of(Format.NATIVE), OptionalLong.empty()));
    }
    List<JobEvent> partial =
        job.eventsAfter(0).stream().filter(event -> event.name().equals("partial")).toList();
    return partial.isEmpty()
        ? Optional.empty()
        : Optional.of(partial.get(partial.size() - 1).data().getBytes(StandardCharsets.UTF_8));
  }
}
