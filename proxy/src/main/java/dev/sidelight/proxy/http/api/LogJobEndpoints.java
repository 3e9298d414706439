package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.ServedModel;
import dev.sidelight.proxy.serve.job.ImportanceSpec;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.Jobs;
import dev.sidelight.proxy.serve.job.LogJobs;
import java.util.List;
import java.util.Map;

/** Jobs over the log: all requests of a filter, and {@code /v1/models/{m}/importance}. */
final class LogJobEndpoints {

  private static final List<String> KNOWN = List.of("filter", "requests", "seed");

  /** Requests of a filter unless said otherwise. */
  private static final int LIMIT = 100;

  private final ModelRegistry registry;
  private final LogJobs jobs;
  private final JobAnswers answers;
  private final ExplainEndpoints direct;

  LogJobEndpoints(
      ModelRegistry registry, LogJobs jobs, JobAnswers answers, ExplainEndpoints direct) {
    this.registry = registry;
    this.jobs = jobs;
    this.answers = answers;
    this.direct = direct;
  }

  /** Always asynchronous. */
  Answer bulk(Call call, ExplanationBody body, Map<String, Object> parameters) {
    ServedModel model = registry.get(body.model());
    CallScope scope = direct.scope(call, model);
    Jobs.Ticket ticket =
        jobs.bulk(
            model.name(),
            body.filter().orElse(""),
            body.limit().orElse(LIMIT),
            parameters,
            scope,
            Asking.wish(call, Pace.BULK, scope));
    return answers.accepted(ticket, Format.NATIVE);
  }

  Answer importance(Call call) {
    SameOrigin.check(call, true);
    byte[] json = call.body().length == 0 ? new byte[] {'{', '}'} : call.body();
    ExplanationBody.Members members = ExplanationBody.members(json, "", KNOWN);
    ServedModel model = registry.get(call.parameters().getOrDefault("model", ""));
    CallScope scope = direct.scope(call, model);
    ImportanceSpec spec =
        new ImportanceSpec(
            model.name(),
            members.text("filter"),
            members.whole("requests", "a number of requests").orElse(ImportanceSpec.REQUESTS),
            members.whole("seed", "a number from 0").orElse(1));
    Jobs.Ticket ticket = jobs.importance(spec, scope, Asking.wish(call, Pace.BULK, scope));
    return answers.accepted(ticket, Format.NATIVE);
  }

  /** The latest one. */
  Answer latestImportance(Call call) {
    String model = call.parameters().getOrDefault("model", "");
    Job job =
        answers
            .jobs()
            .latest(model, "importance")
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                                404,
                                "explanation_unknown",
                                "the importance of this model's features was not asked for")
                            .withHint("POST to this address begins it")));
    return answers.envelope(job, Format.NATIVE);
  }
}
