package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.http.Problems;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.PlanEstimate;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.JobEnvelope;
import dev.sidelight.proxy.serve.job.JobResult;
import dev.sidelight.proxy.serve.job.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** From a plan to an answer: the price alone, the place of a job, or what it came to. */
final class JobAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ExplainService service;
  private final Jobs jobs;

  JobAnswers(ExplainService service, Jobs jobs) {
    this.service = service;
    this.jobs = jobs;
  }

  Jobs jobs() {
    return jobs;
  }

  ExplainService service() {
    return service;
  }

  /**
   * @param restricted the plan is of a logged request
   */
  Answer answer(Call call, ExplainPlan plan, boolean restricted) throws IOException {
    if (plan.options().dryRun()) {
      return price(service.estimate(plan));
    }
    Pace pace = plan.call().pace();
    Jobs.Ticket ticket =
        jobs.submit(plan, restricted, Asking.wish(call, pace, plan.call().scope()));
    Format format = plan.options().format();
    return pace == Pace.SYNC ? waited(call, ticket, format) : accepted(ticket, format);
  }

  private static Answer price(PlanEstimate estimate) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("dryRun", true);
    node.put("instances", estimate.instances());
    node.put("rows", estimate.rows());
    node.put("rowsMax", estimate.rowsMax());
    node.put("roundTrips", estimate.roundTrips());
    if (Double.isFinite(estimate.seconds())) {
      node.put("seconds", estimate.seconds());
    }
    return Answer.json(200, JSON.writeValueAsBytes(node));
  }

  /** 202, or 200 where the answer is there already. */
  Answer accepted(Jobs.Ticket ticket, Format format) {
    Job job = ticket.job();
    boolean there = job.state().isFinal();
    return new Answer.Whole(
        there ? 200 : 202,
        Map.of(
            "Content-Type",
            "application/json",
            "Location",
            ExplanationId.path(job.id()),
            "Cache-Control",
            "no-store"),
        text(job, format).getBytes(StandardCharsets.UTF_8));
  }

  /** The job as its address tells it. */
  Answer envelope(Job job, Format format) {
    return Answer.json(200, text(job, format).getBytes(StandardCharsets.UTF_8));
  }

  private String text(Job job, Format format) {
    return JobEnvelope.text(job, Optional.of(format), OptionalLong.of(jobs.nowMillis()));
  }

  /** In the format of this call: the one that was answered first may have asked for another. */
  private Answer waited(Call call, Jobs.Ticket ticket, Format format) {
    JobResult result = await(call, ticket);
    OptionalLong age = age(ticket);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Content-Location", ExplanationId.path(ticket.job().id()));
    age.ifPresent(seconds -> headers.put("Age", Long.toString(seconds)));
    return new Answer.Whole(200, headers, result.json(Optional.of(format), age));
  }

  private OptionalLong age(Jobs.Ticket ticket) {
    return ticket.repeated()
        ? OptionalLong.of(Math.max(0, jobs.nowMillis() - ticket.job().createdMillis()) / 1000)
        : OptionalLong.empty();
  }

  /**
   * Waits for what a job comes to; a client that goes away leaves it.
   *
   * @throws RuntimeException why there is nothing; with the job's address where time was short
   */
  JobResult await(Call call, Jobs.Ticket ticket) {
    Job job = ticket.job();
    call.cancellation().onCancel(job::left);
    try {
      job.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      job.left();
      throw new ProblemException(Problem.of(503, "shutting_down", "the proxy is closing"));
    }
    return job.result().orElseThrow(() -> failure(job));
  }

  private static RuntimeException failure(Job job) {
    Optional<RuntimeException> failure = job.failure();
    if (failure.isEmpty()) {
      return new ProblemException(
          Problem.of(409, "cancelled", "somebody dropped this explanation while it was made"));
    }
    Problem problem = Problems.of(failure.get());
    return problem.status() == 504
        ? new ProblemException(problem.withInstance(ExplanationId.path(job.id())))
        : failure.get();
  }
}
