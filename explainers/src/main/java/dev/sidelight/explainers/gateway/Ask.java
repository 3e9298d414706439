package dev.sidelight.explainers.gateway;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.explainers.RowAnswers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One round trip of one session. Written under the gateway's lock, read once {@code done} fell. */
final class Ask {

  /** Why a row with a NaN or an infinity among its answers counts as refused. */
  static final String NOT_FINITE = "the model answered NaN or an infinity";

  final Owner owner;
  final Lane lane;
  final AskRows rows;
  final boolean merged;
  final long submittedAt;
  final CountDownLatch done = new CountDownLatch(1);

  /** Distinct rows handed to the queue so far. */
  int fed;

  long lastSentAt;
  private final @Nullable RowValues[] answers;
  private int open;
  private String refusal = "";
  private @Nullable PredictorException error;

  Ask(Owner owner, Lane lane, AskRows rows, boolean merged, long submittedAt) {
    this.owner = owner;
    this.lane = lane;
    this.rows = rows;
    this.merged = merged;
    this.submittedAt = submittedAt;
    this.lastSentAt = submittedAt;
    this.answers = new RowValues[rows.distinct()];
    this.open = rows.distinct();
  }

  boolean isDone() {
    return done.getCount() == 0;
  }

  void answer(int at, RowValues output) {
    if (!isDone()) {
      answers[at] = output;
      closeOne();
    }
  }

  /** This row has no answer; the others may. */
  void refuse(int at, String why) {
    if (!isDone()) {
      refusal = why;
      closeOne();
    }
  }

  void fail(PredictorException with) {
    if (!isDone()) {
      error = with;
      done.countDown();
    }
  }

  private void closeOne() {
    open--;
    if (open == 0) {
      done.countDown();
    }
  }

  /** Every row's answer in the caller's order. Call once {@link #isDone}. */
  RowAnswers result() {
    if (error != null) {
      throw new PredictorException(
          error.kind(),
          error.status(),
          error.retryAfterMillis(),
          Objects.requireNonNullElse(error.getMessage(), ""));
    }
    for (RowValues answer : answers) {
      if (answer != null) {
        return gather(answer);
      }
    }
    Kind kind = refusal.equals(NOT_FINITE) ? Kind.BAD_RESPONSE : Kind.REFUSED;
    throw new PredictorException(kind, "every row was refused, the last one: " + refusal);
  }

  private RowAnswers gather(RowValues any) {
    int n = rows.of().length;
    BitSet failed = new BitSet(n);
    List<RowValues> values = new ArrayList<>(n);
    RowShape shape = any.shape();
    for (int i = 0; i < n; i++) {
      RowValues value = answers[rows.of()[i]];
      if (value == null) {
        failed.set(i);
      } else if (!shape.fits(value.shape())) {
        throw new PredictorException(
            Kind.BAD_RESPONSE, "the model changed the shape of its outputs within one question");
      } else {
        shape = shape.join(value.shape());
      }
      values.add(value == null ? any : value);
    }
    return new RowAnswers(shape.write(values), failed);
  }
}
