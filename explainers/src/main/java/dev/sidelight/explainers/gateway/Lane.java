package dev.sidelight.explainers.gateway;

import org.jspecify.annotations.Nullable;

/** Rows that may travel together: one {@link BatchKey} and one shape of rows. */
final class Lane {

  final BatchKey key;
  final RowShape shape;

  /** Part of every row's hash, so that equal rows of two lanes never meet. */
  final long id;

  /** What the model answers with; empty until it has. */
  @Nullable RowShape outputs;

  /** An input the model has answered: tells a refused row from a broken server. */
  @Nullable RowValues knownGood;

  Lane(BatchKey key, RowShape shape, long id) {
    this.key = key;
    this.shape = shape;
    this.id = id;
  }
}
