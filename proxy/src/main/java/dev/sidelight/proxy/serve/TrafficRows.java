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
import dev.sidelight.logger.LoggedEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the references the rows of logged requests. Used by one thread, the one that reads the log;
 * parses at most a few hundred requests a second, the first thousands of a model aside, and lets
 * each stand for those that went by.
 */
public final class TrafficRows implements Consumer<List<LoggedEvent>> {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficRows.class);
  private static final long KEEP_NANOS = 10_000_000_000L;

  private final ModelRegistry registry;
  private final References references;
  private final CodecLimits limits;
  private final ParseAllowance allowance = new ParseAllowance(5000, 200);
  private final LongSupplier nanos;
  private long taken;
  private long keptTaken;
  private long keptAt;
  private boolean failed;

  public TrafficRows(
      ModelRegistry registry, References references, CodecLimits limits, LongSupplier nanos) {
    this.registry = registry;
    this.references = references;
    this.limits = limits;
    this.nanos = nanos;
  }

  /**
   * Events in the order of the log. A failure of ours is told once and ends the sampling, not the
   * log.
   */
  @Override
  public void accept(List<LoggedEvent> events) {
    if (failed) {
      return;
    }
    try {
      for (LoggedEvent event : events) {
        if (event.event() instanceof Exchange exchange) {
          take(exchange, event.timeMicros());
        }
      }
      keepInTime();
    } catch (RuntimeException e) {
      failed = true;
      LOG.error("rows are no longer taken from the log: backgrounds will not be renewed", e);
    }
  }

  /**
   * A sample that grew by a tenth is kept before its rows are settled, so that not even kill -9
   * starts it anew; otherwise it is kept now and then, if it grew at all.
   */
  private void keepInTime() {
    long now = nanos.getAsLong();
    if (taken - keptTaken > taken / 10 || (taken > keptTaken && now - keptAt >= KEEP_NANOS)) {
      references.keep();
      keptAt = now;
      keptTaken = taken;
    }
  }

  private void take(Exchange exchange, long timeMicros) {
    if (!isUsable(exchange)) {
      return;
    }
    long weight =
        allowance.take(
            timeMicros, exchange.request().body().length() + exchange.response().body().length());
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
      Seen seen = new Seen(revision(codec.get(), exchange), timeMicros, weight);
      references.observe(model.get(), rows, outputs, seen);
      taken++;
    } catch (CodecException e) {
      LOG.debug("a logged request is no {}: {}", exchange.call().protocol(), e.code());
    }
  }

  /** The version the request named, else the one the answer names. */
  private static String revision(InferenceCodec codec, Exchange exchange) {
    String named = exchange.model().version();
    return named.isEmpty() ? codec.revision(body(exchange.response())) : named;
  }

  private static boolean isUsable(Exchange exchange) {
    return exchange.call().status() == 200
        && !exchange.marks().synthetic()
        && exchange.marks().redacted().isEmpty()
        && exchange.request().truncation() == Truncation.NONE
        && exchange.response().truncation() == Truncation.NONE;
  }

  private static Body body(Side side) {
    return new Body(
        side.body().copy(),
        side.contentType(),
        side.contentEncoding(),
        side.field(Body.JSON_LENGTH));
  }
}
