package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.AnchorSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides which rows make the next round: those that certify, then a second look at what seems good
 * on few rows, then all children of the best rules in equal shares, and where room is left their
 * children too, which saves a round. Depends on counts only, never on time.
 */
final class RoundPlan {

  /** Rows of the rule that always holds, in round 1: also the spread of a regression. */
  private static final int FIRST_ROWS = 256;

  private static final int SHARE_MIN = 40;
  private static final int SHARE_MAX = 96;
  private static final int TEST_ROWS = 256;
  private static final int SECOND_LOOK_ROWS = 64;

  /** A quarter of what certification leaves, before new rules get theirs. */
  private static final int SECOND_LOOK_PART = 4;

  /** What no reference row satisfies is tested only when the search had time to find better. */
  private static final int RARE_AFTER_ROUNDS = 4;

  private final AnchorSettings settings;
  private final AnchorSpace space;
  private final Arms arms;
  private final Certification certification;
  private final List<Wanted> wanted = new ArrayList<>();
  private int left;

  RoundPlan(AnchorSettings settings, AnchorSpace space, Arms arms, Certification certification) {
    this.settings = settings;
    this.space = space;
    this.arms = arms;
    this.certification = certification;
  }

  /** x is asked beside these. */
  List<Wanted> first(int rows) {
    begin(rows);
    want(arms.empty(), false, Math.min(rows, FIRST_ROWS));
    grow(List.of(arms.empty()));
    return List.copyOf(wanted);
  }

  /**
   * @param round number of the round to come, from 2
   * @return empty when nothing is left to try
   */
  List<Wanted> next(int round, int rows) {
    begin(rows);
    certification.promote(round > RARE_AFTER_ROUNDS);
    certify();
    secondLook(round, left / SECOND_LOOK_PART);
    List<Arm> open =
        arms.all().stream()
            .filter(arm -> !arm.isExpanded() && arm.rows() > 0)
            .filter(arm -> arm.rule().size() < settings.predicatesMax())
            .filter(arm -> arm.coverage() > certification.coverageFloor())
            .toList();
    List<Arm> ranked = arms.ranked(open);
    grow(ranked.subList(0, Math.min(settings.beam(), ranked.size())));
    secondLook(round, left);
    return List.copyOf(wanted);
  }

  private void begin(int rows) {
    wanted.clear();
    left = rows;
  }

  private void want(Arm arm, boolean fresh, int count) {
    if (count > 0) {
      wanted.add(new Wanted(arm, fresh, count));
      left -= count;
    }
  }

  /** A first look, then as much as there is room for; the widest rule first. */
  private void certify() {
    List<Arm> underTest = certification.underTest();
    int share = left / 4 * 3 / Math.max(1, underTest.size());
    for (Arm arm : underTest) {
      int have = arm.fresh().rows();
      int more =
          have == 0 ? TEST_ROWS : Math.min(Math.max(have, share), Certification.ROWS_MAX - have);
      want(arm, true, Math.min(more, left));
      for (AnchorRule prefix : Prefixes.of(space, arm.rule())) {
        boolean known = arms.find(prefix).filter(part -> part.rows() > 0).isPresent();
        if (!known && left >= SECOND_LOOK_ROWS) {
          want(arms.arm(prefix), false, SECOND_LOOK_ROWS);
        }
      }
    }
  }

  /** More rows for what may yet turn out good enough for a test, the widest first. */
  private void secondLook(int round, int rows) {
    int room = rows;
    for (Arm arm : certification.undecided(round > RARE_AFTER_ROUNDS)) {
      int more = Math.clamp(arm.rows(), SECOND_LOOK_ROWS, 3 * SECOND_LOOK_ROWS);
      if (more <= room && wanted.stream().noneMatch(each -> each.arm() == arm)) {
        want(arm, false, more);
        room -= more;
      }
    }
  }

  /**
   * A rule that may be drawn from.
   *
   * @param guess log odds of a hit
   */
  private record Sprout(AnchorRule rule, double guess, double coverage) {}

  private void grow(List<Arm> beam) {
    if (left < SHARE_MIN) {
      return;
    }
    List<Sprout> children = new ArrayList<>();
    Set<AnchorRule> seen = new HashSet<>();
    for (Arm parent : beam) {
      parent.expand();
      children.addAll(sprouts(parent.rule(), parent.logit(), seen));
    }
    List<Sprout> chosen = best(children, left / SHARE_MIN);
    if (chosen.isEmpty()) {
      return;
    }
    share(chosen);
    if (left >= SHARE_MAX && !beam.get(0).rule().equals(AnchorRule.EMPTY)) {
      speculate(beam.get(0), chosen, seen);
    }
  }

  /** Children of the best rule's children, those that promise most. */
  private void speculate(Arm best, List<Sprout> children, Set<AnchorRule> seen) {
    List<Sprout> grandchildren = new ArrayList<>();
    for (Sprout child : children) {
      if (extend(best.rule(), child.rule()) && child.rule().size() < settings.predicatesMax()) {
        grandchildren.addAll(sprouts(child.rule(), child.guess(), seen));
      }
    }
    share(best(grandchildren, left / SHARE_MIN));
  }

  private static boolean extend(AnchorRule rule, AnchorRule longer) {
    for (int i = 0; i < rule.size(); i++) {
      if (!longer.contains(rule.atom(i))) {
        return false;
      }
    }
    return true;
  }

  private void share(List<Sprout> sprouts) {
    if (!sprouts.isEmpty()) {
      int share = Math.min(SHARE_MAX, left / sprouts.size());
      for (Sprout sprout : sprouts) {
        want(arms.arm(sprout.rule()), false, share);
      }
    }
  }

  private List<Sprout> sprouts(AnchorRule rule, double logit, Set<AnchorRule> seen) {
    List<Sprout> sprouts = new ArrayList<>();
    for (int atom = 0; atom < space.atoms(); atom++) {
      if (!space.canJoin(rule, atom)) {
        continue;
      }
      AnchorRule longer = rule.with(atom);
      if (arms.has(longer) || !seen.add(longer)) {
        continue;
      }
      double coverage = space.coverage(longer);
      if (coverage > certification.coverageFloor()) {
        sprouts.add(new Sprout(longer, arms.guess(logit, atom), coverage));
      }
    }
    return sprouts;
  }

  /** Among those that promise the goal the widest, then those that promise most. */
  private List<Sprout> best(List<Sprout> sprouts, int most) {
    if (sprouts.size() <= most) {
      return sprouts;
    }
    double enough = StrictMath.log(settings.threshold() / (1 - settings.threshold()));
    return sprouts.stream()
        .sorted(
            Comparator.comparingDouble((Sprout sprout) -> -Math.min(sprout.guess(), enough))
                .thenComparingDouble(sprout -> -sprout.coverage()))
        .limit(most)
        .toList();
  }
}
