package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rules drawn from so far, in the order they came. */
final class Arms {

  private final AnchorSpace space;
  private final double goal;
  private final Map<AnchorRule, Arm> arms = new LinkedHashMap<>();
  private final Arm empty;

  /**
   * @param goal the precision that makes a rule worth testing
   */
  Arms(AnchorSpace space, double goal) {
    this.space = space;
    this.goal = goal;
    this.empty = arm(AnchorRule.EMPTY);
  }

  /** The rule that always holds. */
  Arm empty() {
    return empty;
  }

  Collection<Arm> all() {
    return arms.values();
  }

  boolean has(AnchorRule rule) {
    return arms.containsKey(rule);
  }

  Optional<Arm> find(AnchorRule rule) {
    return Optional.ofNullable(arms.get(rule));
  }

  /** The rule's arm, made if there is none. */
  Arm arm(AnchorRule rule) {
    Arm there = arms.get(rule);
    if (there == null) {
      there = new Arm(rule, space.coverage(rule), arms.size() + 1);
      arms.put(rule, there);
    }
    return there;
  }

  /** ln P(precision >= goal), the rank of a rule. */
  double rank(Arm arm) {
    return arm.logPosterior(goal);
  }

  /** Those likeliest to reach the goal first, then the wider, then the older. */
  List<Arm> ranked(Collection<Arm> some) {
    Map<Arm, Double> rank = new LinkedHashMap<>();
    for (Arm arm : some) {
      rank.put(arm, rank(arm));
    }
    List<Arm> ranked = new ArrayList<>(some);
    ranked.sort(
        Comparator.comparingDouble((Arm arm) -> -rank.getOrDefault(arm, 0.0))
            .thenComparingDouble(arm -> -arm.coverage())
            .thenComparingInt(Arm::order));
    return ranked;
  }

  /**
   * A guess at the log odds of a hit under a rule and one atom more: what the atom gained alone is
   * added to what the rule has. Orders what to draw from; never certifies.
   */
  double guess(double logit, int atom) {
    Arm alone = arms.get(AnchorRule.EMPTY.with(atom));
    return alone == null ? logit : logit + alone.logit() - empty.logit();
  }
}
