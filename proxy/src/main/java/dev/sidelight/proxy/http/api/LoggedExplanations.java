package dev.sidelight.proxy.http.api;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.page.WhatIfCard;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.RowView;
import dev.sidelight.proxy.serve.ServeException;
import dev.sidelight.proxy.serve.WhatIf;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import dev.sidelight.proxy.serve.job.JobResult;
import dev.sidelight.proxy.serve.job.Jobs;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Explains what lies in the log while somebody waits for it. */
final class LoggedExplanations {

  private final ExplanationEndpoints explanations;
  private final JobAnswers answers;

  private final Optional<WhatIf> whatIf;

  LoggedExplanations(
      ExplanationEndpoints explanations, JobAnswers answers, Optional<WhatIf> whatIf) {
    this.explanations = explanations;
    this.answers = answers;
    this.whatIf = whatIf;
  }

  /** Asks about the row as the sent form has it: fields {@code f0}, {@code f1} and so on. */
  WhatIfCard.Asked whatIf(Call call, StoredRequest stored, int row) {
    Map<Integer, String> changes = new HashMap<>();
    Form.read(call.body())
        .forEach(
            (name, text) -> {
              if (name.matches("f\\d{1,3}")) {
                changes.put(Integer.parseInt(name.substring(1)), text);
              }
            });
    try {
      RowView said =
          whatIf
              .orElseThrow(() -> ServeException.of("explain_unsupported", "no log is kept here"))
              .predict(explanations.logged(call, stored, row), row, changes);
      return new WhatIfCard.Asked(changes, Optional.of(said), "", -1);
    } catch (ServeException
        | PredictorException
        | ExplainException
        | CodecException
        | ProblemException e) {
      return new WhatIfCard.Asked(
          changes, Optional.empty(), String.valueOf(e.getMessage()), column(e));
    }
  }

  /** The field of the form that is at fault; -1 where none is named. */
  private static int column(RuntimeException fault) {
    String place = fault instanceof ServeException e ? e.pointer() : "";
    return place.matches("/column/\\d{1,3}")
        ? Integer.parseInt(place.substring("/column/".length()))
        : -1;
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
