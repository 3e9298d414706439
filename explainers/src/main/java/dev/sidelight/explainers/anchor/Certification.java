package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.AnchorSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tests of rules in order of their first test. The j-th has alpha_j = delta / (j (j + 1)),
 * which sum to delta, and looks at fresh rows only; so the probability that any accepted rule's
 * precision is at or below the threshold is at most delta, whatever the order, the batches and the
 * moment of stopping.
 */
final class Certification {

  static final int ROWS_MAX = 2_048;

  private static final int AT_ONCE = 5;
  private static final double POSTERIOR_MIN = 0.35;
  private static final int SEARCH_ROWS_MIN = 32;
  private static final int GIVE_UP_ROWS = 200;
  private static final double GIVE_UP_SHARE = 0.24;

  private final AnchorSettings settings;
  private final Arms arms;
  private final List<Arm> tested = new ArrayList<>();
  private @Nullable Arm accepted;

  Certification(AnchorSettings settings, Arms arms) {
    this.settings = settings;
    this.arms = arms;
  }

  double alpha(int j) {
    return settings.delta() / ((double) j * (j + 1));
  }

  Optional<Arm> accepted() {
    return Optional.ofNullable(accepted);
  }

  /** Rules that cover no more than this are of no use any more; -1 while none is certified. */
  double coverageFloor() {
    return accepted == null ? -1 : accepted.coverage();
  }

  /** Rules still under test, the widest first. */
  List<Arm> underTest() {
    return tested.stream()
        .filter(arm -> arm != accepted && !arm.isGivenUp() && arm.coverage() > coverageFloor())
        .sorted(WIDEST)
        .toList();
  }

  private static final Comparator<Arm> WIDEST =
      Comparator.comparingDouble((Arm arm) -> -arm.coverage()).thenComparingInt(Arm::order);

  /** Rules that look good enough to be tested, on however few rows, the widest first. */
  List<Arm> promising(boolean rareToo) {
    double least = StrictMath.log(POSTERIOR_MIN);
    return arms.all().stream()
        .filter(arm -> arm.candidate() == 0 && arm.rows() > 0)
        .filter(arm -> arm.coverage() > coverageFloor() && (rareToo || arm.coverage() > 0))
        .filter(arm -> arms.rank(arm) > least)
        .sorted(WIDEST)
        .toList();
  }

  static boolean isThin(Arm arm) {
    return arm.rows() < SEARCH_ROWS_MIN;
  }

  /** Puts the widest of the promising rules to the test, as far as there is room. */
  void promote(List<Arm> promising) {
    int room = AT_ONCE - underTest().size();
    for (Arm arm : promising) {
      if (room > 0 && !isThin(arm)) {
        tested.add(arm);
        arm.becomeCandidate(tested.size());
        room--;
      }
    }
  }

  /** Accepts and gives up, after a round. */
  void judge() {
    for (Arm arm : underTest()) {
      Tally fresh = arm.fresh();
      if (EProcess.rejects(fresh.ok(), fresh.bad(), settings.threshold(), alpha(arm.candidate()))) {
        accepted = arm; // the widest comes first and ends the test of the rest
        return;
      }
      double least = settings.threshold() + GIVE_UP_SHARE * (1 - settings.threshold());
      boolean poor = fresh.rows() >= GIVE_UP_ROWS && fresh.ok() < least * fresh.rows();
      if (poor || fresh.rows() >= ROWS_MAX) {
        arm.giveUp();
      }
    }
  }
}
