package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.List;

/**
 * What anchors of one explained row x are made of. An <em>atom</em> is the smallest condition that
 * is true of x: {@code marital = Married}, {@code age > 28}, "this word is kept". A rule A is a set
 * of atoms, and D(z|A) the distribution of perturbed rows that satisfy it. Immutable; used by one
 * thread at a time.
 *
 * <p>Atoms are numbered 0 to {@code atoms() - 1} everywhere in this contract.
 */
public interface AnchorSpace {

  /** How many atoms there are; 0 leaves only the empty rule. */
  int atoms();

  /**
   * Whether the atom adds something to the rule: it is not in it, not implied by it, and no
   * stricter or looser twin of one that is.
   */
  boolean canJoin(AnchorRule rule, int atom);

  /**
   * The rule as it is printed, in the order its atoms joined; several atoms may make one clause
   * (two half-lines an interval).
   */
  List<Clause> clauses(AnchorRule rule);

  /**
   * A printed condition.
   *
   * @param atoms what it is made of, at least one
   */
  record Clause(Condition condition, List<Integer> atoms) {
    public Clause {
      atoms = List.copyOf(atoms);
    }
  }

  /** The share of cases that satisfy the rule, in [0, 1]; of a larger rule never more. */
  double coverage(AnchorRule rule);

  /** 95 %; a point where the share is known exactly. */
  Interval coverageInterval(AnchorRule rule);

  /** What coverage is a share of: {@code traffic} or {@code perturbations}. */
  String coverageOf();

  /**
   * Makes input rows drawn from D(z|A), block after block; every one satisfies its rule. Draws are
   * independent, with replacement, and depend on the rule, the stream and the draw's number only:
   * never on the batch they are made in.
   *
   * @param blocks at least one
   */
  Instances rows(List<AnchorDraws> blocks);

  /** Whether draw {@code draws.first() + i}, of whatever rule, also satisfies this rule. */
  boolean holds(AnchorRule rule, AnchorDraws draws, int i);

  /** Memory one input row may take while it is made and sent, > 0: bounds the rows held at once. */
  long rowBytes();
}
