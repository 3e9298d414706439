package dev.sidelight.explainers.counterfactual;

import dev.sidelight.explainers.Counterfactual.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * One candidate on its way to x: every round it puts back as much as the model was seen to allow.
 *
 * <p>A round asks each single restoration and, so that a round can put back many at once, the first
 * two, three, .. in the order that looks best: what held alone in the round before comes first, and
 * of those the farthest from x.
 */
final class Descent {

  private final double[] distances;
  private Mix state;
  private Prediction prediction;
  private BitSet heldAlone = new BitSet();
  private boolean minimal;

  /**
   * @param distances by unit
   * @param prediction what the model says of the state
   */
  Descent(Mix state, double[] distances, Prediction prediction) {
    this.state = state;
    this.distances = distances;
    this.prediction = prediction;
    heldAlone.set(0, distances.length);
  }

  Mix state() {
    return state;
  }

  Prediction prediction() {
    return prediction;
  }

  double[] distances() {
    return distances;
  }

  /** The same end with what the model says of it now. */
  Descent confirmedAs(Prediction again) {
    Descent same = new Descent(state, distances, again);
    same.minimal = minimal;
    return same;
  }

  /** No single change can be taken back: this is the end. */
  boolean isMinimal() {
    return minimal;
  }

  /** Sum over what is changed. */
  double distance() {
    return Arrays.stream(state.changed()).mapToDouble(u -> distances[u]).sum();
  }

  /** What to ask next: the singles in the order of {@code state().changed()}, then the prefixes. */
  List<Mix> proposals() {
    int[] changed = state.changed();
    List<Mix> proposals = new ArrayList<>();
    if (changed.length < 2) {
      return proposals; // x itself is never an answer
    }
    for (int unit : changed) {
      proposals.add(state.without(unit));
    }
    int[] order = order();
    for (int n = 2; n < order.length; n++) {
      proposals.add(state.without(Arrays.copyOf(order, n)));
    }
    return proposals;
  }

  private int[] order() {
    return Arrays.stream(state.changed())
        .boxed()
        .sorted(
            Comparator.comparing((Integer u) -> !heldAlone.get(u))
                .thenComparing(u -> -distances[u])
                .thenComparing(u -> u))
        .mapToInt(u -> u)
        .toArray();
  }

  /**
   * Goes on to the proposal that puts back the most, of those the farthest.
   *
   * @param answers to {@link #proposals}, in order
   * @param holds which of them got the wanted answer
   */
  void settle(List<Mix> proposals, List<Prediction> answers, BitSet holds) {
    int[] singles = state.changed();
    heldAlone = new BitSet();
    for (int i = 0; i < singles.length; i++) {
      heldAlone.set(singles[i], !proposals.isEmpty() && holds.get(i));
    }
    int best = -1;
    for (int i = holds.nextSetBit(0); i >= 0; i = holds.nextSetBit(i + 1)) {
      if (best < 0 || isBetter(proposals.get(i), proposals.get(best))) {
        best = i;
      }
    }
    if (best < 0) {
      minimal = true;
      return;
    }
    state = proposals.get(best);
    prediction = answers.get(best);
    minimal = state.changed().length == 1;
  }

  private boolean isBetter(Mix one, Mix two) {
    if (one.changed().length != two.changed().length) {
      return one.changed().length < two.changed().length;
    }
    return left(one) < left(two);
  }

  private double left(Mix mix) {
    return Arrays.stream(mix.changed()).mapToDouble(u -> distances[u]).sum();
  }
}
