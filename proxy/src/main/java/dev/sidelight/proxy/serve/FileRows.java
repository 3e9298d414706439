package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BackgroundSample;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.SchemaInference;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows that somebody gave as a reference, and which of them are the background: all of a small
 * file; of a larger one a choice in proportion to what the model says of them, once it has been
 * asked, and before that one in which every row has the same chance. Not thread-safe.
 */
final class FileRows {

  /** Rows that the model is asked about: proportions are known to a hundredth then. */
  static final int ASKED_MAX = 2_000;

  private final Instances rows;
  private final long seed;
  private Optional<int[]> background = Optional.empty();
  private Optional<FeatureSchema> schema = Optional.empty();

  FileRows(Instances rows, long seed) {
    this.rows = rows;
    this.seed = seed;
  }

  /** What the columns are, seen by the rows alone; costs a pass over them the first time. */
  FeatureSchema schema() {
    if (schema.isEmpty()) {
      schema = Optional.of(schema(rows));
    }
    return schema.get();
  }

  static FeatureSchema schema(Instances rows) {
    SchemaInference inference = new SchemaInference();
    inference.add(rows);
    return inference.result().schema();
  }

  Instances all() {
    return rows;
  }

  /** Whether the model is to be asked about {@link #candidates}. */
  boolean isUndecided() {
    return rows.rows() > ModelReference.BACKGROUND_ROWS && background.isEmpty();
  }

  /** Numbers of rows that the background is chosen from. */
  int[] candidates() {
    return BackgroundSample.choose(new int[rows.rows()], ASKED_MAX, seed);
  }

  /**
   * @param candidates as {@link #candidates} gave them
   * @param strata of each what the model says; what it refuses is left out
   */
  void decide(int[] candidates, int[] strata, BitSet refused) {
    int[] usable = IntStream.range(0, candidates.length).filter(i -> !refused.get(i)).toArray();
    int[] theirs = Arrays.stream(usable).map(i -> strata[i]).toArray();
    int[] chosen = BackgroundSample.choose(theirs, ModelReference.BACKGROUND_ROWS, seed);
    background = Optional.of(Arrays.stream(chosen).map(i -> candidates[usable[i]]).toArray());
  }

  Instances background() {
    if (rows.rows() <= ModelReference.BACKGROUND_ROWS) {
      return rows;
    }
    return rows.rowsAt(
        background.orElseGet(
            () ->
                BackgroundSample.choose(
                    new int[rows.rows()], ModelReference.BACKGROUND_ROWS, seed)));
  }
}
