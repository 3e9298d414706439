package dev.sidelight.logger.spool;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.Ledger;

/** The log on disk. One process at a time per directory. */
public final class Spool implements EventLog {

  private Spool(SpoolSettings settings) {
    throw new UnsupportedOperationException("not open: " + settings);
  }

  /**
   * Recovers what lies in the directory and starts the writer.
   *
   * @throws SpoolException when another process holds the directory, or it is not ours to read
   */
  public static Spool open(SpoolSettings settings) {
    return new Spool(settings);
  }

  @Override
  public EventSink sink(int loop) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EventSink.Offer report(PayloadEvent.Report report) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Cursor cursor(String name, From from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long durableSequence() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Ledger ledger() {
    throw new UnsupportedOperationException();
  }

  /** For metrics. */
  public SpoolStats stats() {
    return new SpoolStats(0, 0, 0, 0, 0, 0, 0, 0, 0, false);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
