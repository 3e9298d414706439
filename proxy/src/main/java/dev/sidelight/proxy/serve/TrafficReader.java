package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.event.PayloadEvent.Exchange;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Truncation;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.LoggedEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log and gives the references their rows. One thread; parses at most a few hundred
 * requests a second, the first thousands of a model aside, and lets each stand for those that went
 * by.
 */
public final class TrafficReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficReader.class);
  private static final int RECORDS = 500;
  private static final long BYTES = 2 << 20;
  private static final long WAIT_MILLIS = 1000;
  private static final long KEEP_NANOS = 10_000_000_000L;

  private final Cursor cursor;
  private final ModelRegistry registry;
  private final References references;
  private final CodecLimits limits;
  private final ParseAllowance allowance = new ParseAllowance(5000, 200);
  private final Thread thread;
  private final LongSupplier nanos;
  private volatile boolean closed;
  private long taken; // by its own thread, as the next two
  private long keptTaken;
  private long keptAt;

  public TrafficReader(
      Cursor cursor,
      ModelRegistry registry,
      References references,
      CodecLimits limits,
      LongSupplier nanos) {
    this.cursor = cursor;
    this.registry = registry;
    this.references = references;
    this.limits = limits;
    this.nanos = nanos;
    this.thread =
        Thread.ofPlatform().name("sidelight-traffic-reader").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        List<LoggedEvent> events = cursor.read(RECORDS, BYTES, WAIT_MILLIS);
        long exchanges = 0; // the ledger counts exchanges only
        for (LoggedEvent event : events) {
          if (event.event() instanceof Exchange exchange) {
            exchanges++;
            take(exchange, event.timeMicros());
          }
        }
        if (!events.isEmpty()) {
          keepInTime();
          long last = events.get(events.size() - 1).sequence();
          cursor.settle(last, exchanges, 0, 0);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException e) {
      LOG.error("reading the log for references has stopped: backgrounds will not be renewed", e);
    }
  }

  /**
   * A sample that grew by a tenth is kept before its rows are settled, so that not even kill -9
   * starts it anew; otherwise it is kept now and then.
   */
  private void keepInTime() {
    long now = nanos.getAsLong();
    if (taken - keptTaken > taken / 10 || now - keptAt >= KEEP_NANOS) {
      references.keep();
      keptAt = now;
      keptTaken = taken;
    }
  }

  private void take(Exchange exchange, long timeMicros) {
    if (!isUsable(exchange)) {
      return;
    }
    long weight = allowance.take(timeMicros);
    if (weight == 0) {
      return;
    }
    Optional<ServedModel> model = registry.logged(exchange.model().model());
    Optional<InferenceCodec> codec = InferenceCodecs.of(exchange.call().protocol(), limits);
    if (model.isEmpty() || codec.isEmpty()) {
      return;
    }
    try {
      Instances rows = codec.get().decodeRequest(body(exchange.request())).instances();
      Instances outputs = codec.get().decodeResponse(body(exchange.response()));
      references.observe(model.get(), rows, outputs, weight);
      taken++;
    } catch (CodecException e) {
      LOG.debug("a logged request is no {}: {}", exchange.call().protocol(), e.code());
    }
  }

  private static boolean isUsable(Exchange exchange) {
    return exchange.call().status() == 200
        && !exchange.marks().synthetic()
        && exchange.marks().redacted().isEmpty()
        && exchange.request().truncation() == Truncation.NONE
        && exchange.response().truncation() == Truncation.NONE;
  }

  private static Body body(Side side) {
    return new Body(side.body().copy(), side.contentType(), side.contentEncoding());
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cursor.close();
  }
}
