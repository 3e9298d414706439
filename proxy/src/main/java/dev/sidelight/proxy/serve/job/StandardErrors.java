package dev.sidelight.proxy.serve.job;

import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.Explanation;

/** How unsure a result is, in one number that falls while it gets better. */
final class StandardErrors {

  private StandardErrors() {}

  static double largest(Explanation explanation) {
    return switch (explanation) {
      case Attribution attribution -> {
        double largest = 0;
        for (double error : attribution.targeted().stdErrors()) {
          largest = Math.max(largest, error);
        }
        yield largest;
      }
      case Counterfactual counterfactual ->
          counterfactual.answers().isEmpty() ? 1e9 : counterfactual.answers().get(0).distance();
      case Anchor anchor ->
          (anchor.precisionInterval().high() - anchor.precisionInterval().low()) / 2;
    };
  }
}
