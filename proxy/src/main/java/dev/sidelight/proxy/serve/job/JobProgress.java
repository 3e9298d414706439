package dev.sidelight.proxy.serve.job;

import dev.sidelight.explainers.Cost;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Row;
import dev.sidelight.proxy.serve.RowListener;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Adds up how the explanations of one job come along. Thread-safe. */
final class JobProgress implements RowListener {

  private final Consumer<String> partials;
  private final Runnable begun;
  private final Map<Integer, Supplier<Cost>> running = new HashMap<>();
  private final Map<Integer, Double> errors = new HashMap<>();
  private long rowsMax;
  private int instances;
  private int done;
  private int failed;
  private int round;
  private long rowsSpent;
  private int tripsMost;

  /**
   * @param partials takes each whole document that is better than the one before
   * @param begun runs when a row is no longer waiting
   */
  JobProgress(Consumer<String> partials, Runnable begun) {
    this.partials = partials;
    this.begun = begun;
  }

  /**
   * What lies ahead.
   *
   * @param rows predictor rows at most
   */
  synchronized void expect(int more, long rows) {
    instances += more;
    rowsMax += rows;
  }

  /** One that needed nothing. */
  synchronized void skipped() {
    done++;
  }

  @Override
  public void started(int at, Supplier<Cost> spent) {
    synchronized (this) {
      running.put(at, spent);
    }
    begun.run();
  }

  @Override
  public void improved(int at, ExplainResult result, Explained partial, int atRound) {
    double error = StandardErrors.largest(partial.explanation());
    synchronized (this) {
      round = Math.max(round, atRound);
      Double before = errors.get(at);
      if (before != null && !(error < before)) {
        return;
      }
      errors.put(at, error);
    }
    partials.accept(
        new String(ExplainDocuments.writeNative(result, partial), StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void ended(int at, Row outcome) {
    Supplier<Cost> spent = running.remove(at);
    errors.remove(at);
    if (spent != null) {
      Cost cost = spent.get();
      rowsSpent += cost.rowsAsked();
      tripsMost = Math.max(tripsMost, cost.roundTrips());
    }
    if (outcome instanceof Explained) {
      done++;
    } else {
      failed++;
    }
  }

  /** A reading. */
  synchronized Reading reading() {
    long rows = rowsSpent;
    int trips = tripsMost;
    for (Supplier<Cost> spent : running.values()) {
      Cost cost = spent.get();
      rows += cost.rowsAsked();
      trips = Math.max(trips, cost.roundTrips());
    }
    double error = errors.values().stream().mapToDouble(e -> e).max().orElse(Double.NaN);
    return new Reading(instances, done, failed, round, rows, rowsMax, trips, error);
  }

  /**
   * How far it is.
   *
   * @param rows predictor rows asked
   * @param maxStdError largest of the explanations under way; NaN before the first result
   */
  record Reading(
      int instances,
      int done,
      int failed,
      int round,
      long rows,
      long rowsMax,
      int roundTrips,
      double maxStdError) {

    /** Share of the work behind us; 0 where that cannot be said. */
    double share() {
      if (instances == 0 || rowsMax == 0) {
        return 0;
      }
      double byInstances = (double) (done + failed) / instances;
      double byRows = (double) rows / rowsMax;
      return Math.min(1, Math.max(byInstances, byRows));
    }
  }
}
