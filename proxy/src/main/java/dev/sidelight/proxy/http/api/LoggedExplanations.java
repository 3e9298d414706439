package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import dev.sidelight.proxy.serve.job.JobResult;
import dev.sidelight.proxy.serve.job.Jobs;
import java.util.Map;
import java.util.OptionalInt;

/** Explains what lies in the log while somebody waits for it. */
final class LoggedExplanations {

  private final ExplanationEndpoints explanations;
  private final JobAnswers answers;

  LoggedExplanations(ExplanationEndpoints explanations, JobAnswers answers) {
    this.explanations = explanations;
    this.answers = answers;
  }

  /**
   * @param row empty for all rows
   * @throws dev.sidelight.proxy.serve.ServeException {@code payload_incomplete} and whatever else
   *     stands against an explanation
   */
  ExplainResult explain(
      Call call, StoredRequest stored, OptionalInt row, Map<String, Object> parameters) {
    Jobs.Ticket ticket =
        answers
            .jobs()
            .submit(
                explanations.plan(call, stored, row, parameters, Pace.SYNC),
                /* restricted= */ true,
                new Jobs.Wish(/* detached= */ false, /* anew= */ false, ""));
    return switch (answers.await(call, ticket)) {
      case JobResult.Rows rows -> rows.result();
      case JobResult.Document _ -> throw new IllegalStateException("a document of a plan's rows");
    };
  }

  /** As the log keeps it. */
  static byte[] document(ExplainResult result, Explained explained) {
    return ExplainDocuments.writeNative(result, explained);
  }
}
