package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call to the backend, sent once or, after a failure, again. */
final class Batch {

  final long id;
  final Lane lane;

  /** Rows with somebody waiting for them; shrinks while the batch waits to be sent again. */
  final List<PendingRow> rows;

  /** The noise probe's row, last in the call. */
  @Nullable RowValues ride;

  /**
   * This call asks for {@link Lane#knownGood} to learn who is to blame for that batch's failure.
   */
  final @Nullable Batch suspect;

  /** The refused batch this is a part of. */
  final @Nullable Split whole;

  /** Why it failed last. */
  @Nullable PredictorException failure;

  int attempt;
  long notBefore;
  long sentAt;

  /** Nothing else was under way when it was sent: its latency is the server's own. */
  boolean alone;

  boolean breakerProbe;
  long timeoutMillis;

  /** A refused batch, cut in two. */
  static final class Split {
    final int half;
    int open = 2;
    boolean passed = true;

    Split(int half) {
      this.half = half;
    }
  }

  Batch(long id, Lane lane, List<PendingRow> rows, @Nullable Batch suspect, @Nullable Split whole) {
    this.id = id;
    this.lane = lane;
    this.rows = rows;
    this.suspect = suspect;
    this.whole = whole;
  }

  int size() {
    return rows.size() + (ride == null ? 0 : 1) + (suspect == null ? 0 : 1);
  }

  /** The rows to send. */
  Instances gather() {
    List<RowValues> values = new ArrayList<>(size());
    for (PendingRow row : rows) {
      values.add(row.values);
    }
    RowValues good = lane.knownGood;
    if (suspect != null && good != null) {
      values.add(good);
    }
    if (ride != null) {
      values.add(ride);
    }
    return lane.shape.write(values);
  }

  /** Splits an answer into rows; every row shares one shape object. */
  List<RowValues> read(Instances answer, int sent) {
    if (answer.rows() != sent) {
      throw new PredictorException(
          Kind.BAD_RESPONSE, "the model answered %d rows to %d".formatted(answer.rows(), sent));
    }
    RowShape shape = RowShape.of(answer);
    List<RowValues> values = new ArrayList<>(sent);
    for (int i = 0; i < sent; i++) {
      values.add(shape.read(answer, i));
    }
    return values;
  }
}
