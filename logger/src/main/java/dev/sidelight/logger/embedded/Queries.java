package dev.sidelight.logger.embedded;

import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.filter.Filter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pages over all day files, newest first by (time, seq). The files are merged, because an event may
 * arrive before midnight and be logged after it.
 */
final class Queries {

  private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final DayFiles files;
  private final Readers readers;
  private final RowDecoder decoder;
  private final LongSupplier nanoTime;

  Queries(DayFiles files, Readers readers, RowDecoder decoder, LongSupplier nanoTime) {
    this.files = files;
    this.readers = readers;
    this.decoder = decoder;
    this.nanoTime = nanoTime;
  }

  RequestPage page(RequestQuery query) throws SQLException {
    Filter filter = Filter.parse(query.filter());
    long hash = PageCursor.hash(filter);
    Position below = below(query.cursor(), hash);
    FilterSql sql = FilterSql.of(filter);
    Question question =
        new Question(
            sql,
            new RowFilter(sql, decoder),
            query.limit() + 1, // one more says whether there is a next page
            Deadline.in(BUDGET_NANOS, nanoTime));
    List<DayScan> scans = new ArrayList<>();
    for (DayFile file : files.newestFirst()) {
      scans.add(new DayScan(file, readers, question, below));
    }
    return merge(scans, query.limit(), hash, query.cursor().isEmpty());
  }

  private Position below(String cursor, long filterHash) {
    if (cursor.isEmpty()) {
      return Position.TOP;
    }
    PageCursor place = PageCursor.decode(cursor, filterHash);
    if (files.get(place.day()) == null) {
      throw new QueryException(
          "cursor_expired", -1, "the day this cursor points into is not kept any more");
    }
    return place.below();
  }

  private RequestPage merge(List<DayScan> scans, int limit, long hash, boolean isFirst)
      throws SQLException {
    List<RequestSummary> items = new ArrayList<>();
    boolean isInTime = true;
    DayScan next = null;
    while (true) {
      next = highest(scans);
      if (next == null) {
        break;
      }
      if (!next.hasHead()) {
        if (!next.fill()) {
          isInTime = false;
          next = highest(scans); // the search went down, so another may stand higher now
          break;
        }
      } else if (items.size() < limit) {
        items.add(next.take());
      } else {
        break;
      }
    }
    String cursor =
        next == null ? "" : new PageCursor(next.file().day(), next.resume(), hash).encode();
    boolean isComplete = isInTime || items.size() == limit;
    long total = isFirst && next == null ? items.size() : estimate(scans);
    return new RequestPage(items, cursor, isComplete, total);
  }

  /** The scan that may hold the newest row; of equal ones that which holds a row. */
  private static @Nullable DayScan highest(List<DayScan> scans) {
    DayScan highest = null;
    for (DayScan scan : scans) {
      if (scan.isDone()) {
        continue;
      }
      int order = highest == null ? 1 : scan.bound().compareTo(highest.bound());
      if (order > 0 || (order == 0 && scan.hasHead())) {
        highest = scan;
      }
    }
    return highest;
  }

  /** The share of what was looked at, applied to everything there is. */
  private long estimate(List<DayScan> scans) {
    long scanned = 0;
    long matched = 0;
    for (DayScan scan : scans) {
      scanned += scan.scanned();
      matched += scan.matched();
    }
    long events = files.events();
    return scanned == 0
        ? events
        : Math.max(matched, Math.round(events * ((double) matched / scanned)));
  }
}
