package dev.sidelight.explainers.shap;

import dev.sidelight.core.predict.Predictor;
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
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** A session straight onto a function, which remembers every row it was asked. */
final class InMemorySession implements PredictorSession {

  private final Predictor predictor;
  private final Set<List<Long>> distinct = new HashSet<>();
  final List<Instances> asked = new ArrayList<>();
  private long rows;
  private int roundTrips;

  /** By row of an asked batch: refuses it. */
  Predicate<double[]> refuses = _ -> false;

  /** By round trips so far: the deadline has passed. */
  IntPredicate expiredAfter = _ -> false;

  boolean cancelled;
  boolean deterministic = true;

  InMemorySession(Predictor predictor) {
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
    asked.add(batch);
    rows += batch.rows();
    BitSet failed = new BitSet();
    for (int row = 0; row < batch.rows(); row++) {
      List<Long> bytes = new ArrayList<>();
      batch.writeRow(row, (bits, _) -> bytes.add(bits));
      distinct.add(bytes);
      failed.set(row, refuses.test(Games.numbers(batch, row)));
    }
    return new RowAnswers(predictor.predict(batch), failed);
  }

  long distinctRows() {
    return distinct.size();
  }

  @Override
  public Cost spent() {
    return new Cost(rows, distinct.size(), distinct.size(), 0, roundTrips, asked.size(), 0, 0);
  }

  @Override
  public boolean expired() {
    return cancelled || expiredAfter.test(roundTrips);
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public boolean deterministic() {
    return deterministic;
  }
}
