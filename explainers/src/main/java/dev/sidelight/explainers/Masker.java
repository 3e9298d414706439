package dev.sidelight.explainers;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import java.util.List;

/**
 * The players of one explained row x and how model input is made of them: a <em>hybrid</em> takes
 * each player either from x or from one background row, always as it stands there. Tabular players
 * are columns or groups of columns and the background is a {@code ReferenceSet}; players of a text
 * or an image are segments and the one background row is "everything masked". Immutable; used by
 * one thread at a time.
 *
 * <p>Players keep their number 0 to {@code players().size() - 1} everywhere in this contract.
 */
public interface Masker {

  /** All players in the order of answers, also those that never differ from x. At most 1,024. */
  List<FeatureGroup> players();

  /** N >= 1. Of a text or an image: 1. */
  int backgroundRows();

  /** One per background row, >= 0, not all 0; they need not sum to 1. */
  double[] weights();

  /**
   * Which background rows share a player's value: one number per background row, 0 where it is x's
   * own value, otherwise equal exactly for equal values. A player that is 0 everywhere has the
   * attribution 0; hybrids that differ only where these numbers agree are asked once.
   */
  int[] codes(int player);

  /**
   * How far x lies from each background row, for a player that is one finite number everywhere: x -
   * b. Empty otherwise (categories, texts, groups, missing values); only few-rows estimates use it.
   */
  default double[] differences(int player) {
    return new double[0];
  }

  /** Makes input rows; row i of the answer is hybrid i. */
  Instances rows(Hybrids hybrids);

  /** Memory one input row may take while it is made and sent, > 0: bounds the rows held at once. */
  long rowBytes();

  /** A block of hybrids wanted as input rows. */
  interface Hybrids {
    /** How many, >= 1. */
    int size();

    /** The background row that gives what does not come from x. */
    int backgroundRow(int hybrid);

    /** Where x and the background row agree either answer may come. */
    boolean isFromX(int hybrid, int player);
  }
}
