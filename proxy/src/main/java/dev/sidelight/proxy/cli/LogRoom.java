package dev.sidelight.proxy.cli;

import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.logger.DeadLetters;
import dev.sidelight.logger.Delivery;
import dev.sidelight.logger.DeliverySettings;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.EventStore;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The spool, the embedded store and what carries events from one to the other. */
final class LogRoom implements AutoCloseable {

  /** Name of the embedded store's reader, in the ledger and in metrics. */
  static final String EMBEDDED = "embedded";

  /** Small batches die young: the heap does not grow with the backlog. */
  private static final int BATCH_RECORDS = 500;

  private static final long BATCH_BYTES = 1 << 20;
  private static final long BATCH_MILLIS = 200;
  private static final long DEAD_BYTES_MAX = 256 << 20;
  private static final Duration LAST_BATCH = Duration.ofSeconds(5);

  private final Spool spool;
  private final Optional<Embedded> embedded;

  private record Embedded(EmbeddedStore store, Delivery delivery) {}

  private LogRoom(Spool spool, Optional<Embedded> embedded) {
    this.spool = spool;
    this.embedded = embedded;
  }

  /**
   * @throws dev.sidelight.logger.spool.SpoolException when another process holds the directory
   */
  static LogRoom open(Config config, RowCounter counter, RowDecoder decoder, InstantSource clock) {
    Spool spool = Spool.open(settings(config));
    try {
      Optional<Embedded> embedded =
          config.embedded().enabled()
              ? Optional.of(embedded(config, spool, counter, decoder, clock))
              : Optional.empty();
      return new LogRoom(spool, embedded);
    } catch (RuntimeException e) {
      spool.close();
      throw e;
    } catch (IOException e) {
      spool.close();
      throw new UncheckedIOException(
          "embedded.dir " + config.embedded().dir() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Embedded embedded(
      Config config, Spool spool, RowCounter counter, RowDecoder decoder, InstantSource clock)
      throws IOException {
    EmbeddedSettings settings =
        new EmbeddedSettings(
            Path.of(config.embedded().dir()),
            config.embedded().days(),
            config.embedded().bytesMax().bytes());
    EmbeddedStore store = EmbeddedStore.open(settings, counter, decoder, clock);
    Delivery delivery =
        new Delivery(
            new DeliverySettings(EMBEDDED, BATCH_RECORDS, BATCH_BYTES, BATCH_MILLIS),
            spool.cursor(EMBEDDED, EventLog.From.OLDEST),
            store,
            DeadLetters.open(
                Path.of(config.spool().dir()).resolve("dead"),
                EMBEDDED,
                DEAD_BYTES_MAX,
                new SpoolRecords()));
    delivery.start();
    return new Embedded(store, delivery);
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
    return embedded.map(Embedded::store);
  }

  Optional<Delivery> delivery() {
    return embedded.map(Embedded::delivery);
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
    embedded.ifPresent(
        e -> {
          e.delivery().close(LAST_BATCH);
          e.store().close();
        });
    spool.close();
  }
}
