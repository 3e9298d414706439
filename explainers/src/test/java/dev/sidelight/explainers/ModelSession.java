package dev.sidelight.explainers;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.Instances;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** A session straight onto a function. Remembers what was asked, and what past the cache. */
public final class ModelSession implements PredictorSession {

  public final List<Instances> asked = new ArrayList<>();
  public final List<Instances> askedUncached = new ArrayList<>();
  private final Predictor predictor;
  private final Set<List<Long>> distinct = new HashSet<>();
  private long rows;
  private int roundTrips;

  /** By round trips so far: the deadline has passed. */
  public IntPredicate expiredAfter = _ -> false;

  public ModelSession(Predictor predictor) {
    this.predictor = predictor;
  }

  @Override
  public RowAnswers ask(Instances batch) {
    roundTrips++;
    return answer(batch);
  }

  @Override
  public RowAnswers askUncached(Instances batch) {
    askedUncached.add(batch);
    return ask(batch);
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
    for (int row = 0; row < batch.rows(); row++) {
      List<Long> bytes = new ArrayList<>();
      batch.writeRow(row, (bits, _) -> bytes.add(bits));
      distinct.add(bytes);
    }
    return new RowAnswers(predictor.predict(batch), new BitSet());
  }

  @Override
  public Cost spent() {
    return new Cost(rows, distinct.size(), distinct.size(), 0, roundTrips, asked.size(), 0, 0);
  }

  @Override
  public boolean expired() {
    return expiredAfter.test(roundTrips);
  }

  @Override
  public boolean cancelled() {
    return false;
  }

  @Override
  public boolean deterministic() {
    return true;
  }
}
