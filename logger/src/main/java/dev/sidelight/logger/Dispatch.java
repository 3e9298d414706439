package dev.sidelight.logger;

import dev.sidelight.logger.Consignment.Fate;
import dev.sidelight.logger.Sink.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;

/** Sends events to the sink and turns its answers into fates. Used by the delivery's thread. */
final class Dispatch {

  /**
   * So many different events refused in a row, none written between: the sink is wrong, not they.
   */
  static final int REFUSALS_MAX = 20;

  private final Sink sink;
  private final DeadLetters dead;
  private final DeliveryCounters counters;
  private final BatchBytes batchBytes;
  private int refusals;

  Dispatch(Sink sink, DeadLetters dead, DeliveryCounters counters, BatchBytes batchBytes) {
    this.sink = sink;
    this.dead = dead;
    this.counters = counters;
    this.batchBytes = batchBytes;
  }

  /** What is to be done about the events that have no fate after a round. */
  sealed interface Verdict {
    record Done() implements Verdict {}

    record Again(String cause, long afterMillis) implements Verdict {}

    record Stop(String cause) implements Verdict {}
  }

  /** Collects the verdict of one round: a stop outweighs a retry, the longest wait counts. */
  private static final class Round {
    private Verdict verdict = new Verdict.Done();
    private boolean hasDead;

    boolean isStopped() {
      return verdict instanceof Verdict.Stop;
    }

    void again(String cause, long afterMillis) {
      switch (verdict) {
        case Verdict.Done _ -> verdict = new Verdict.Again(cause, afterMillis);
        case Verdict.Again before when before.afterMillis() < afterMillis ->
            verdict = new Verdict.Again(cause, afterMillis);
        default -> {
          // what is there outweighs it
        }
      }
    }

    void stop(String cause) {
      if (!isStopped()) {
        verdict = new Verdict.Stop(cause);
      }
    }
  }

  Verdict send(Consignment batch, List<Integer> indices) {
    Round round = new Round();
    send(batch, indices, round);
    syncDead(round);
    return round.verdict;
  }

  private void send(Consignment batch, List<Integer> indices, Round round) {
    List<Result> results = write(batch.events(indices));
    if (results.getFirst() instanceof Result.Split split) {
      split(batch, indices, split, round);
      return;
    }
    boolean anyWritten = false;
    for (int i = 0; i < indices.size(); i++) {
      anyWritten |= results.get(i) instanceof Result.Written;
      judge(batch, indices.get(i), results.get(i), round);
    }
    if (anyWritten) {
      batchBytes.good();
    }
  }

  private List<Result> write(List<LoggedEvent> events) {
    long start = System.nanoTime();
    List<Result> results;
    try {
      results = sink.write(events);
    } catch (RuntimeException broken) {
      return Collections.nCopies(
          events.size(), new Result.Retry(broken.getClass().getSimpleName(), 0));
    } finally {
      counters.wrote(System.nanoTime() - start);
    }
    if (results.size() != events.size()) {
      return Collections.nCopies(events.size(), new Result.Retry("bad_sink_answer", 0));
    }
    return results;
  }

  /** One bad event in n costs at most 1 + 2 ceil(log2 n) sends. */
  private void split(Consignment batch, List<Integer> indices, Result.Split split, Round round) {
    if (split.tooLarge()) {
      batchBytes.tooLarge();
    }
    if (indices.size() == 1) {
      refuse(batch, indices.getFirst(), split.cause(), split.text(), round);
      return;
    }
    int half = indices.size() / 2;
    for (List<Integer> part :
        List.of(indices.subList(0, half), indices.subList(half, indices.size()))) {
      if (!round.isStopped()) {
        send(batch, part, round);
      }
    }
  }

  private void judge(Consignment batch, int index, Result result, Round round) {
    switch (result) {
      case Result.Written _ -> {
        refusals = 0;
        batch.decide(index, Fate.WRITTEN);
      }
      case Result.Retry retry -> {
        counters.retried(retry.cause());
        round.again(retry.cause(), retry.afterMillis());
      }
      case Result.Refused refused -> refuse(batch, index, refused.cause(), refused.text(), round);
      case Result.Split split -> refuse(batch, index, split.cause(), split.text(), round);
      case Result.Pause pause -> round.stop(pause.cause());
    }
  }

  private void refuse(Consignment batch, int index, String cause, String text, Round round) {
    if (refusals + 1 >= REFUSALS_MAX) {
      round.stop("refuses_everything");
      return; // keeps its place: it may be as good as any other
    }
    try {
      dead.add(new DeadLetter(batch.event(index), cause, text));
      refusals++;
      round.hasDead = true;
      batch.decide(index, Fate.DEAD);
    } catch (IOException noPlace) {
      counters.retried("dead_letter_io");
      round.again("dead_letter_io", 1_000);
    }
  }

  /** Before the cursor moves over a dead event, its letter must be safe. */
  private void syncDead(Round round) {
    if (round.hasDead) {
      try {
        dead.sync();
      } catch (IOException failed) { // the pages may be gone: nothing may be settled on them
        throw new UncheckedIOException("dead letters cannot be synced", failed);
      }
    }
  }

  /**
   * Sends one event to a paused sink.
   *
   * @return true when the sink is open again; a refused probe is no sign of that and is not burnt
   */
  boolean probe(Consignment batch, int index) {
    Result result = write(List.of(batch.event(index))).getFirst();
    if (result instanceof Result.Written) {
      refusals = 0;
      batch.decide(index, Fate.WRITTEN);
      return true;
    }
    // a sink that asks for time, or refuses this one after it could not be reached, is back
    boolean wasRefusing = refusals + 1 >= REFUSALS_MAX;
    return switch (result) {
      case Result.Retry _ -> !wasRefusing;
      case Result.Refused _, Result.Split _ -> !wasRefusing;
      default -> false;
    };
  }
}
