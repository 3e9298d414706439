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
  private static final double UNDECIDED_MIN = 0.03;
  private static final int SEARCH_ROWS_MIN = 32;
  private static final int SEARCH_ROWS_MAX = 400;
  private static final int GIVE_UP_ROWS = 200;

  /*
   * A test ends early when it is unlikely that the precision is this far above the threshold, since
   * nearer ones take thousands of rows. Judged by the posterior: the bare mean of 256 rows would
   * throw out nearly half of the rules worth keeping.
   */
  private static final double GIVE_UP_SHARE = 0.24;
  private static final double GIVE_UP_POSTERIOR = StrictMath.log(0.3);

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

  /** Rules not tested so far whose posterior is at least so much, the widest first. */
  private List<Arm> untested(double posterior, boolean rareToo) {
    double least = StrictMath.log(posterior);
    return arms.all().stream()
        .filter(arm -> arm.candidate() == 0 && arm.rows() > 0)
        .filter(arm -> arm.coverage() > coverageFloor() && (rareToo || arm.coverage() > 0))
        .filter(arm -> arms.rank(arm) > least)
        .sorted(WIDEST)
        .toList();
  }

  /**
   * Rules that more rows of the search may bring to the test, or spare it, the widest first.
   *
   * @param rareToo also those that no reference row satisfies
   */
  List<Arm> undecided(boolean rareToo) {
    return untested(UNDECIDED_MIN, rareToo).stream()
        .filter(arm -> arm.rows() < SEARCH_ROWS_MAX)
        .toList();
  }

  /** Puts the widest of the promising rules to the test, as far as there is room. */
  void promote(boolean rareToo) {
    int room = AT_ONCE - underTest().size();
    for (Arm arm : untested(POSTERIOR_MIN, rareToo)) {
      if (room > 0 && arm.rows() >= SEARCH_ROWS_MIN) {
        tested.add(arm);
        arm.becomeCandidate(tested.size());
        room--;
      }
    }
  }

  /** Accepts and gives up, after a round. */
  void judge() {
    double least = settings.threshold() + GIVE_UP_SHARE * (1 - settings.threshold());
    for (Arm arm : underTest()) {
      Tally fresh = arm.fresh();
      if (EProcess.rejects(fresh.ok(), fresh.bad(), settings.threshold(), alpha(arm.candidate()))) {
        accepted = arm; // the widest comes first and ends the test of the rest
        return;
      }
      boolean poor =
          fresh.rows() >= GIVE_UP_ROWS
              && BinomialTail.logPosterior(fresh.ok(), fresh.bad(), least) < GIVE_UP_POSTERIOR;
      if (poor || fresh.rows() >= ROWS_MAX) {
        arm.giveUp();
      }
    }
  }
}
