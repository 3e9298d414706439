package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A uniform sample of a stream of rows (Vitter 1985, Algorithm R): every row seen so far is kept
 * with the same probability, whatever the sizes of the requests it came in. The same rows in the
 * same order under the same seed give the same sample. Not thread-safe. Memory: capacity rows.
 */
public final class Reservoir {

  /** Rows kept for a model unless said otherwise. */
  public static final int CAPACITY = 10_000;

  private final int capacity;
  private final SplittableRandom random;
  private final List<Instances> kept = new ArrayList<>();
  private Optional<Signature> signature = Optional.empty();
  private long seen;
  private boolean forgetful;

  public Reservoir(int capacity, long seed) {
    if (capacity < 1) {
      throw new IllegalArgumentException("a reservoir's capacity must be >= 1, got " + capacity);
    }
    this.capacity = capacity;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Offers all rows of one request.
   *
   * @throws IllegalArgumentException when their signature is not that of the rows before; where
   *     INT64 and FP64 take turns, as they do in V1, all rows are kept as FP64
   */
  public void add(Instances rows) {
    add(rows, 1);
  }

  /**
   * Offers rows that stand for others which went by unread: each counts as {@code weight} rows, so
   * that a thinned stream is sampled as evenly over time as a whole one.
   *
   * @param weight rows each one stands for, itself included, >= 1
   */
  public void add(Instances rows, long weight) {
    Instances offered = widened(rows);
    for (int r = 0; r < offered.rows(); r++) {
      seen += weight;
      boolean filling = kept.size() < capacity && (!forgetful || seen <= capacity);
      long slot = filling ? kept.size() : random.nextLong(seen) / weight;
      if (slot < capacity) {
        put((int) slot, offered.rowsAt(r));
      }
    }
  }

  private void put(int slot, Instances row) {
    if (kept.size() < capacity) {
      kept.add(row);
    } else {
      kept.set(slot, row);
    }
  }

  /**
   * Forgets rows, as those older than a window. Rows to come take their places as often as if only
   * the rest had ever been offered.
   *
   * @param expired by row
   * @param seenSince rows offered so far that are not meant
   */
  public void forget(Predicate<Instances> expired, long seenSince) {
    if (kept.removeIf(expired)) {
      forgetful = true;
    }
    seen = Math.max(seenSince, kept.size());
  }

  /**
   * Rows that were offered before, in an earlier life of this sample: those to come are kept
   * accordingly less often.
   */
  public void passed(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows that have passed must be >= 0, got " + rows);
    }
    seen += rows;
  }

  private Instances widened(Instances rows) {
    Signature theirs = Signature.of(rows);
    Signature mine = signature.orElse(theirs);
    Signature wide =
        mine.widened(theirs)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the reservoir holds rows of %s, got %s".formatted(mine, theirs)));
    if (!wide.equals(mine)) {
      kept.replaceAll(row -> Conform.to(row, wide));
    }
    signature = Optional.of(wide);
    return Conform.to(rows, wide);
  }

  /** The signature all rows share; empty before the first. */
  public Optional<Signature> signature() {
    return signature;
  }

  /** Rows offered so far. */
  public long seen() {
    return seen;
  }

  /** Rows held now. */
  public int size() {
    return kept.size();
  }

  /** The sample as one batch; empty before the first row. */
  public Optional<Instances> rows() {
    return kept.isEmpty() ? Optional.empty() : Optional.of(Instances.stack(kept));
  }
}
