package dev.sidelight.logger;

import dev.sidelight.logger.DeliveryStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the log to one sink, on a thread of its own, until every event is settled: written, not
 * wanted, or set aside as a dead letter. At least once and in order of the cursor; a sink that is
 * slow, hangs or is gone costs nobody else anything.
 *
 * <p>It owns the cursor and the dead letters and closes them; the sink belongs to its maker.
 */
public final class Delivery implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** All waits are cut into slices, so that a stop is noticed without an interrupt. */
  private static final long SLICE_MILLIS = 100;

  private static final long PROBE_MILLIS = 60_000;
  private static final long CLOSE_MILLIS = 5_000;

  private final DeliverySettings settings;
  private final Cursor cursor;
  private final Sink sink;
  private final DeadLetters dead;
  private final Pace pace;
  private final DeliveryCounters counters;
  private final Backoff backoff;
  private final BatchBytes batchBytes;
  private final Dispatch dispatch;
  private final Thread thread;
  private int probes;
  private volatile boolean closing;

  public Delivery(DeliverySettings settings, Cursor cursor, Sink sink, DeadLetters dead) {
    this(settings, cursor, sink, dead, Pace.REAL);
  }

  Delivery(DeliverySettings settings, Cursor cursor, Sink sink, DeadLetters dead, Pace pace) {
    this.settings = settings;
    this.cursor = cursor;
    this.sink = sink;
    this.dead = dead;
    this.pace = pace;
    counters = new DeliveryCounters(settings.name());
    backoff = new Backoff(pace::chance);
    batchBytes = new BatchBytes(settings.batchBytes());
    dispatch = new Dispatch(sink, dead, counters, batchBytes);
    thread =
        Thread.ofPlatform().daemon().name("sidelight-sink-" + settings.name()).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** A snapshot; any thread. */
  public DeliveryStatus status() {
    long bytes;
    try {
      bytes = dead.bytes();
    } catch (IOException closed) {
      bytes = 0;
    }
    return counters.status(bytes, dead.evicted());
  }

  private void run() {
    try {
      while (!closing) {
        turn();
      }
      lastTurn();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      LOG.error("delivery to {} ends; its events wait for the next start", settings.name(), broken);
    } finally {
      counters.state(State.STOPPED, "");
      closeQuietly();
    }
  }

  /** One read and everything it takes to settle what was read. */
  void turn() throws InterruptedException {
    List<LoggedEvent> events =
        cursor.read(settings.batchRecords(), batchBytes.target(), settings.batchMillis());
    if (!events.isEmpty()) {
      deliver(new Consignment(events, sink));
    }
  }

  /** At the end: what is there now gets one attempt, and waits for the next start otherwise. */
  private void lastTurn() throws InterruptedException {
    cursor.rewind(); // over what an interrupted turn left unsettled
    List<LoggedEvent> events = cursor.read(settings.batchRecords(), batchBytes.target(), 0);
    if (!events.isEmpty()) {
      Consignment batch = new Consignment(events, sink);
      dispatch.send(batch, batch.pending());
      batch.settle(cursor, counters);
    }
  }

  private void deliver(Consignment batch) throws InterruptedException {
    batch.settle(cursor, counters);
    List<Integer> pending = batch.pending();
    while (!pending.isEmpty() && !closing) {
      Dispatch.Verdict verdict = dispatch.send(batch, pending);
      batch.settle(cursor, counters);
      pending = batch.pending();
      if (!pending.isEmpty()) {
        react(verdict, batch);
        pending = batch.pending();
      }
    }
    if (pending.isEmpty()) {
      backoff.reset();
      counters.state(State.RUNNING, "");
    }
  }

  private void react(Dispatch.Verdict verdict, Consignment batch) throws InterruptedException {
    switch (verdict) {
      case Dispatch.Verdict.Done _ -> {
        // the next round sends what is left
      }
      case Dispatch.Verdict.Again again -> {
        counters.state(State.RETRYING, again.cause());
        pause(backoff.next(again.afterMillis()));
      }
      case Dispatch.Verdict.Stop stop -> awaitSink(stop.cause(), batch);
    }
  }

  /** Paused: one event a minute, another one each time, until the sink takes one. */
  private void awaitSink(String cause, Consignment batch) throws InterruptedException {
    LOG.warn("delivery to {} pauses: {}", settings.name(), cause);
    counters.state(State.PAUSED, cause);
    while (!closing) {
      pause(PROBE_MILLIS);
      List<Integer> pending = batch.pending();
      if (closing || pending.isEmpty()) {
        return;
      }
      int probed = pending.get(probes++ % pending.size());
      boolean isOpen = dispatch.probe(batch, probed);
      batch.settle(cursor, counters);
      if (isOpen) {
        LOG.info("delivery to {} goes on", settings.name());
        backoff.reset();
        counters.state(State.RUNNING, "");
        return;
      }
    }
  }

  private void pause(long millis) throws InterruptedException {
    long end = pace.millis() + millis;
    for (long left = millis; left > 0 && !closing; left = end - pace.millis()) {
      pace.pause(Math.min(left, SLICE_MILLIS));
    }
  }

  private void closeQuietly() {
    try {
      cursor.close();
      dead.close();
    } catch (IOException | RuntimeException failed) {
      LOG.warn("delivery to {} could not save everything", settings.name(), failed);
    }
  }

  /** Stops within 5 s, whatever the sink does. */
  @Override
  public void close() {
    close(Duration.ofMillis(CLOSE_MILLIS));
  }

  /**
   * Lets the write in hand end and makes one last attempt. A sink that hangs longer is left behind
   * on its daemon thread; its events come again at the next start.
   *
   * @return false when the sink did not come back in time
   */
  public boolean close(Duration within) {
    closing = true;
    if (thread.getState() == Thread.State.NEW) {
      closeQuietly();
      return true;
    }
    try {
      if (thread.join(within)) {
        return true;
      }
      thread.interrupt();
      LOG.warn("sink {} does not come back; it is left behind", settings.name());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
