package dev.sidelight.logger.embedded;

import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.logger.StoredRequest;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The store that is always at hand: SQLite, one file per UTC day of the log's time. Written behind
 * a cursor like any sink, read by up to four connections. Needs about 8 MiB of memory.
 */
public final class EmbeddedStore implements EventStore {

  private final DayFiles files;
  private final Readers readers = new Readers();
  private final Ingest ingest;
  private final Queries queries;
  private final Lookup lookup;
  private final Tails tails;
  private final Eraser eraser;
  private final Retention retention;
  private final Housekeeping housekeeping;
  private final LongAdder queryCount = new LongAdder();
  private final LongAdder queryNanos = new LongAdder();

  private EmbeddedStore(
      EmbeddedSettings settings,
      DayFiles files,
      RowCounter counter,
      RowDecoder decoder,
      InstantSource clock) {
    this.files = files;
    ingest = new Ingest(files, counter, this::committed);
    queries = new Queries(files, readers, decoder, System::nanoTime);
    lookup = new Lookup(files, readers);
    TailReader tailReader = new TailReader(files, readers, decoder, System::nanoTime);
    tails = new Tails(tailReader, ingest::seqCommitted);
    eraser = new Eraser(files, ingest, settings.dir().resolve("erasures.log"), clock);
    retention = new Retention(settings, files, readers, ingest, clock);
    housekeeping = new Housekeeping(retention);
  }

  /**
   * Opens or creates the store and applies its retention.
   *
   * @throws IOException when the directory cannot be made or read
   */
  public static EmbeddedStore open(
      EmbeddedSettings settings, RowCounter counter, RowDecoder decoder, InstantSource clock)
      throws IOException {
    DayFiles files = DayFiles.open(settings.dir());
    EmbeddedStore store = new EmbeddedStore(settings, files, counter, decoder, clock);
    store.housekeeping.start();
    return store;
  }

  private void committed() {
    tails.signal();
    housekeeping.committed();
  }

  /** Gaps are told by the ledger, not by this store. */
  @Override
  public boolean wants(LoggedEvent event) {
    return !(event.event() instanceof PayloadEvent.Gap);
  }

  @Override
  public List<Result> write(List<LoggedEvent> batch) {
    return ingest.write(batch);
  }

  @Override
  public RequestPage query(RequestQuery query) {
    return timed(() -> queries.page(query));
  }

  @Override
  public Optional<StoredRequest> request(UUID id) {
    return timed(() -> lookup.request(id));
  }

  @Override
  public List<StoredReport> reports(UUID exchangeId) {
    return timed(() -> lookup.reports(exchangeId));
  }

  @Override
  public Optional<StoredReport> report(UUID id) {
    return timed(() -> lookup.report(id));
  }

  @Override
  public Tail tail(String filter, long afterSeq, Consumer<TailItem> to) {
    return tails.open(filter, afterSeq, to);
  }

  @Override
  public long erase(String id) {
    try {
      return eraser.erase(id);
    } catch (SQLException failed) {
      throw SqlFailure.unchecked("the store could not erase", failed);
    }
  }

  public StoreStats stats() {
    return new StoreStats(
        files.oldestFirst().size(),
        files.bytes(),
        files.events(),
        queryCount.sum(),
        queryNanos.sum(),
        tails.count());
  }

  /** Applies the retention now; for tests, otherwise it goes on by itself. */
  void retain() {
    try {
      retention.apply();
    } catch (SQLException failed) {
      throw SqlFailure.unchecked("the store could not delete old days", failed);
    }
  }

  private interface Read<T> {
    T run() throws SQLException;
  }

  private <T> T timed(Read<T> read) {
    long start = System.nanoTime();
    try {
      return read.run();
    } catch (SQLException failed) {
      throw SqlFailure.unchecked("the store cannot be read", failed);
    } finally {
      queryCount.increment();
      queryNanos.add(System.nanoTime() - start);
    }
  }

  @Override
  public void close() {
    tails.close();
    housekeeping.close();
    try {
      ingest.close();
      readers.close();
    } catch (SQLException failed) {
      throw SqlFailure.unchecked("the store could not be closed", failed);
    }
  }
}
