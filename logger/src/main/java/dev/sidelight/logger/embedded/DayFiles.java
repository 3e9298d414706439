package dev.sidelight.logger.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All day files of a store, by day. Thread-safe. */
final class DayFiles {

  private static final Logger LOG = LoggerFactory.getLogger(DayFiles.class);
  private static final Pattern NAME = Pattern.compile("events-(\\d{4}-\\d\\d-\\d\\d)\\.db");
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Path dir;
  private final ConcurrentSkipListMap<LocalDate, DayFile> files = new ConcurrentSkipListMap<>();

  private DayFiles(Path dir) {
    this.dir = dir;
  }

  /** Reads the extent of every file there is. An unreadable file is set aside, not deleted. */
  static DayFiles open(Path dir) throws IOException {
    Files.createDirectories(dir);
    DayFiles all = new DayFiles(dir);
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(dir, "events-*.db")) {
      stream.forEach(found::add);
    }
    for (Path path : found) {
      Matcher name = NAME.matcher(path.getFileName().toString());
      if (name.matches()) {
        all.register(new DayFile(LocalDate.parse(name.group(1)), path));
      }
    }
    return all;
  }

  static LocalDate dayOf(long micros) {
    return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
  }

  static LocalDate dayOf(java.time.Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  private void register(DayFile file) throws IOException {
    try {
      measure(file);
      files.put(file.day(), file);
    } catch (SQLException unreadable) {
      Path aside = file.path().resolveSibling(file.path().getFileName() + ".damaged");
      Files.move(file.path(), aside);
      LOG.warn("{} cannot be read and is set aside as {}", file.path(), aside, unreadable);
    }
  }

  private static void measure(DayFile file) throws SQLException {
    try (Connection connection = Sqlite.writer(file.path());
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT (SELECT min(seq) FROM event), (SELECT max(seq) FROM event),"
                    + " (SELECT max(time_us) FROM event), (SELECT max(seq) FROM erased)")) {
      if (!result.next()) {
        return;
      }
      long seqMin = result.getLong(1);
      if (!result.wasNull()) {
        // seq has no holes but those of erasure: close enough for an approximate total
        file.added(result.getLong(2) - seqMin + 1, result.getLong(3), result.getLong(2));
      }
      file.added(0, Long.MIN_VALUE, result.getLong(4)); // NULL reads as 0
    }
  }

  /** The file of a day, made known if it is new; it is created when it is first opened. */
  DayFile fileOf(LocalDate day) {
    return files.computeIfAbsent(
        day, d -> new DayFile(d, dir.resolve("events-%s.db".formatted(d))));
  }

  @Nullable DayFile get(LocalDate day) {
    return files.get(day);
  }

  /** Newest day first; a snapshot. */
  List<DayFile> newestFirst() {
    return List.copyOf(files.descendingMap().values());
  }

  /** Oldest day first; a snapshot. */
  List<DayFile> oldestFirst() {
    return List.copyOf(files.values());
  }

  void drop(DayFile file) {
    files.remove(file.day(), file);
    file.drop();
  }

  long seqMax() {
    return files.values().stream().mapToLong(DayFile::seqMax).max().orElse(0);
  }

  long events() {
    return files.values().stream().mapToLong(DayFile::events).sum();
  }

  long bytes() {
    return files.values().stream().mapToLong(DayFile::bytes).sum();
  }
}
