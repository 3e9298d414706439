package dev.sidelight.explainers.anchor;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RowAnswers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A session straight onto a function. */
final class MemorySession implements PredictorSession {

  private final Predictor predictor;
  private final Set<List<Long>> distinct = new HashSet<>();
  private long rows;
  private int calls;
  int roundTrips;

  /** Refuses these rows. */
  Predicate<Table.Row> refuses = _ -> false;

  /** Round trips that are answered; the next one fails so. */
  int answered = Integer.MAX_VALUE;

  PredictorException.Kind failure = PredictorException.Kind.CANCELLED;
  boolean cancelled;

  MemorySession(Predictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public RowAnswers ask(Instances batch) {
    roundTrips++;
    return answer(batch);
  }

  @Override
  public void askInPieces(Iterator<Instances> pieces, Consumer<RowAnswers> answers) {
    roundTrips++;
    while (pieces.hasNext()) {
      answers.accept(answer(pieces.next()));
    }
  }

  private RowAnswers answer(Instances batch) {
    if (roundTrips > answered) {
      throw new PredictorException(failure, "the test says so");
    }
    calls++;
    rows += batch.rows();
    BitSet failed = new BitSet();
    for (int row = 0; row < batch.rows(); row++) {
      List<Long> bytes = new ArrayList<>();
      batch.writeRow(row, (bits, _) -> bytes.add(bits));
      distinct.add(bytes);
      failed.set(row, batch.tensors().size() == 2 && refuses.test(Table.row(batch, row)));
    }
    return new RowAnswers(predictor.predict(batch), failed);
  }

  int calls() {
    return calls;
  }

  @Override
  public Cost spent() {
    return new Cost(rows, distinct.size(), distinct.size(), 0, roundTrips, calls, 0, 0);
  }

  @Override
  public boolean expired() {
    return cancelled || (roundTrips > answered && failure == PredictorException.Kind.CANCELLED);
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public boolean deterministic() {
    return true;
  }
}
