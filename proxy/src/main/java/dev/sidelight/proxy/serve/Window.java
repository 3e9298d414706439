package dev.sidelight.proxy.serve;

import java.util.Map;
import java.util.TreeMap;

/** How many rows were offered on each of the last days. Not thread-safe. */
final class Window {

  static final long DAY_MICROS = 86_400_000_000L;

  /** Days that a row is taken as normal. */
  static final int DAYS = 7;

  private final TreeMap<Long, Long> rowsByDay = new TreeMap<>();

  void add(long micros, long rows) {
    rowsByDay.merge(Math.floorDiv(micros, DAY_MICROS), rows, Long::sum);
  }

  /** Rows before this moment are too old, when it is now {@code nowMicros}. */
  static long startMicros(long nowMicros) {
    return nowMicros - DAYS * DAY_MICROS;
  }

  /** True when a whole day has left the window. */
  boolean isDue(long nowMicros) {
    return !rowsByDay.isEmpty()
        && (rowsByDay.firstKey() + 1) * DAY_MICROS <= startMicros(nowMicros);
  }

  /** Forgets the days that have left the window; gives the rows of the others. */
  long forget(long nowMicros) {
    while (isDue(nowMicros)) {
      rowsByDay.pollFirstEntry();
    }
    return rowsByDay.values().stream().mapToLong(Long::longValue).sum();
  }

  Map<Long, Long> rowsByDay() {
    return Map.copyOf(rowsByDay);
  }

  void restore(Map<Long, Long> kept) {
    rowsByDay.clear();
    rowsByDay.putAll(kept);
  }
}
