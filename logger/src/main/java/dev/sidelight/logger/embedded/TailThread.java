package dev.sidelight.logger.embedded;

import dev.sidelight.logger.EventStore.Tail;
import dev.sidelight.logger.EventStore.TailItem;
import dev.sidelight.logger.RequestSummary;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One subscriber, on a virtual thread of its own: a slow one waits alone. */
final class TailThread implements Tail, Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(TailThread.class);

  private final Tails tails;
  private final TailReader reader;
  private final FilterSql filter;
  private final Consumer<TailItem> to;
  private long seq;
  private volatile boolean closed;

  TailThread(
      Tails tails, TailReader reader, FilterSql filter, long afterSeq, Consumer<TailItem> to) {
    this.tails = tails;
    this.reader = reader;
    this.filter = filter;
    this.seq = afterSeq;
    this.to = to;
  }

  void start() {
    Thread.ofVirtual().name("sidelight-store-tail").start(this);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void run() {
    try {
      long newest = tails.awaitAfter(seq, this);
      while (newest >= 0) {
        deliver(reader.read(filter, seq, newest));
        seq = newest;
        newest = tails.awaitAfter(seq, this);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (SQLException | RuntimeException failed) {
      LOG.warn("a live tail ends", failed);
    } finally {
      close();
    }
  }

  private void deliver(TailReader.Catch caught) {
    for (RequestSummary row : caught.rows()) {
      if (closed) {
        return;
      }
      to.accept(new TailItem.Row(row));
    }
    if (caught.dropped() > 0 && !closed) {
      to.accept(new TailItem.Lagged(caught.dropped()));
    }
  }

  @Override
  public void close() {
    closed = true;
    tails.remove(this);
  }
}
