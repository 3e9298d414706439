package dev.sidelight.proxy.cli;

import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.logger.DeadLetters;
import dev.sidelight.logger.Delivery;
import dev.sidelight.logger.DeliverySettings;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.ObservedSink;
import dev.sidelight.logger.Sink;
import dev.sidelight.logger.embedded.EmbeddedSettings;
import dev.sidelight.logger.embedded.EmbeddedStore;
import dev.sidelight.logger.embedded.RowCounter;
import dev.sidelight.logger.embedded.RowDecoder;
import dev.sidelight.logger.spool.Spool;
import dev.sidelight.logger.spool.SpoolRecords;
import dev.sidelight.logger.spool.SpoolSettings;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.LoggerConfig;
import dev.sidelight.proxy.config.SpoolConfig;
import dev.sidelight.proxy.http.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The spool, the embedded store and what carries events from one to the other. */
final class LogRoom implements AutoCloseable {

  /** Name of the embedded store's reader, in the ledger and in metrics. */
  static final String EMBEDDED = "embedded";

  /** The same where there is no store: then only references read the log. */
  private static final String OBSERVER = "reference";

  /** Small batches die young: the heap does not grow with the backlog. */
  private static final int BATCH_RECORDS = 500;

  private static final long BATCH_BYTES = 1 << 20;
  private static final long BATCH_MILLIS = 200;
  private static final long DEAD_BYTES_MAX = 256 << 20;
  private static final Duration LAST_BATCH = Duration.ofSeconds(5);

  private final Spool spool;
  private final Delivery delivery;
  private final Optional<EmbeddedStore> embedded;

  private LogRoom(Spool spool, Delivery delivery, Optional<EmbeddedStore> embedded) {
    this.spool = spool;
    this.delivery = delivery;
    this.embedded = embedded;
  }

  /**
   * @throws dev.sidelight.logger.spool.SpoolException when another process holds the directory
   */
  static LogRoom open(
      Config config,
      RowCounter counter,
      RowDecoder decoder,
      Consumer<List<LoggedEvent>> observer,
      InstantSource clock) {
    Spool spool = Spool.open(settings(config));
    try {
      Optional<EmbeddedStore> store =
          config.embedded().enabled()
              ? Optional.of(EmbeddedStore.open(embedded(config), counter, decoder, clock))
              : Optional.empty();
      String name = store.isPresent() ? EMBEDDED : OBSERVER;
      Sink sink =
          store
              .map(s -> new ObservedSink(s, observer))
              .orElseGet(() -> ObservedSink.alone(observer));
      return new LogRoom(spool, deliver(config, spool, name, sink), store);
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    } catch (IOException e) {
      spool.close();
      throw new UncheckedIOException(
          "embedded.dir " + config.embedded().dir() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static EmbeddedSettings embedded(Config config) {
    return new EmbeddedSettings(
        Path.of(config.embedded().dir()),
        config.embedded().days(),
        config.embedded().bytesMax().bytes());
  }

  private static Delivery deliver(Config config, Spool spool, String name, Sink sink)
      throws IOException {
    Delivery delivery =
        new Delivery(
            new DeliverySettings(name, BATCH_RECORDS, BATCH_BYTES, BATCH_MILLIS),
            spool.cursor(name, EventLog.From.OLDEST),
            sink,
            DeadLetters.open(
                Path.of(config.spool().dir()).resolve("dead"),
                name,
                DEAD_BYTES_MAX,
                new SpoolRecords()));
    delivery.start();
    return delivery;
  }

  private static SpoolSettings settings(Config config) {
    LoggerConfig logger = config.logger();
    SpoolConfig spool = config.spool();
    return new SpoolSettings(
        Path.of(spool.dir()),
        config.runtime().effectiveLoops(),
        Math.min(logger.ring().bytes().bytes(), Server.directBytesMax() / 2),
        logger.ring().slots(),
        spool.segmentBytes().bytes(),
        spool.bytesMax().bytes(),
        spool.commitMillis(),
        spool.commitBytes().asInt(),
        spool.fsync(),
        spool.whenFull(),
        new HeaderPolicy(logger.headers().allow(), logger.headers().deny()),
        Map.of());
  }

  Spool spool() {
    return spool;
  }

  Optional<EventStore> store() {
    return embedded.map(store -> store);
  }

  Delivery delivery() {
    return delivery;
  }

  /** So that the last batch holds the last requests; what is left waits for the next start. */
  private void awaitEmptyRings() {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (spool.ledger().queued() > 0 && System.nanoTime() < until) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    awaitEmptyRings();
    delivery.close(LAST_BATCH);
    embedded.ifPresent(EmbeddedStore::close);
    spool.close();
  }
}
