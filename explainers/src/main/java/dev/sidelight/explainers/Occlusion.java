package dev.sidelight.explainers;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import java.util.BitSet;
import java.util.List;

/**
 * One row x of which parts, the players, can be hidden: words of a text, segments of an image. What
 * is not hidden stands as in x. Immutable; used by one thread at a time.
 *
 * <p>{@link OcclusionMasker} makes a game for Shapley values of it, {@link OcclusionSpace} the
 * conditions of anchors.
 */
public interface Occlusion {

  /** In order of place; a player's number is its index. Members are the columns it lies in. */
  List<FeatureGroup> players();

  /** Where they are. */
  Players places();

  /** Whether hiding the player changes anything. */
  boolean isHideable(int player);

  /**
   * Input rows.
   *
   * @param kept one set of players per row, at least one; of all players it is x itself, bit for
   *     bit
   */
  Instances rows(List<BitSet> kept);

  /** Memory one input row may take while it is made and sent, > 0. */
  long rowBytes();
}
