package dev.sidelight.proxy.serve.format;

import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorPredicate;
import dev.sidelight.proxy.serve.Sentence;
import java.util.List;

/** A rule in one sentence. */
final class AnchorSentence {

  private AnchorSentence() {}

  /** {@code IF marital = Never-married AND capital_gain <= 0 THEN <=50K (precision ...).} */
  static String of(Anchor anchor) {
    String answer = answer(anchor);
    String certified =
        "precision %s, at least %s"
            .formatted(
                Sentence.number(anchor.precision()), Sentence.number(anchor.precisionLowerBound()));
    String coverage =
        "; it holds in %s of %s".formatted(Sentence.number(anchor.coverage()), anchor.coverageOf());
    if (!anchor.success()) {
      return "No rule was certified at precision %s. The best, %s, has %s to %s%s."
          .formatted(
              Sentence.number(anchor.threshold()),
              rule(anchor),
              Sentence.number(anchor.precisionInterval().low()),
              Sentence.number(anchor.precisionInterval().high()),
              coverage);
    }
    return anchor.predicates().isEmpty()
        ? "The model says %s whatever the row (%s).".formatted(answer, certified)
        : "IF %s THEN %s (%s%s).".formatted(rule(anchor), answer, certified, coverage);
  }

  private static String answer(Anchor anchor) {
    String label = anchor.target().label();
    return label.isEmpty() ? Sentence.number(anchor.prediction()) : label;
  }

  private static String rule(Anchor anchor) {
    List<AnchorPredicate> predicates = anchor.predicates();
    return predicates.isEmpty()
        ? "the empty rule"
        : String.join(" AND ", predicates.stream().map(p -> p.condition().text()).toList());
  }
}
