package dev.sidelight.logger.embedded;

import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes whole day files: those that are too old, then the oldest while all are too large. */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final EmbeddedSettings settings;
  private final DayFiles files;
  private final Readers readers;
  private final Ingest ingest;
  private final InstantSource clock;

  Retention(
      EmbeddedSettings settings,
      DayFiles files,
      Readers readers,
      Ingest ingest,
      InstantSource clock) {
    this.settings = settings;
    this.files = files;
    this.readers = readers;
    this.ingest = ingest;
    this.clock = clock;
  }

  /** The newest file always stays. */
  void apply() throws SQLException {
    LocalDate oldest = DayFiles.dayOf(clock.instant()).minusDays(settings.days() - 1L);
    List<DayFile> all = files.oldestFirst();
    long bytes = files.bytes();
    for (DayFile file : all.subList(0, Math.max(0, all.size() - 1))) {
      boolean isTooOld = file.day().isBefore(oldest);
      if (isTooOld || bytes > settings.bytesMax()) {
        bytes -= file.bytes();
        LOG.info("{} goes: {}", file.path(), isTooOld ? "too old" : "the store is too large");
        drop(file);
      }
    }
  }

  private void drop(DayFile file) throws SQLException {
    files.drop(file);
    ingest.release(file);
    readers.forget(file);
  }
}
