package dev.sidelight.logger.spool;

import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The segments on disk, by first sequence. A segment ends where the next begins: what lies beyond
 * in its file was never durable.
 */
final class Segments {

  private final ConcurrentNavigableMap<Long, Segment> byFirst = new ConcurrentSkipListMap<>();

  void add(Segment segment) {
    byFirst.put(segment.first, segment);
  }

  void remove(Segment segment) {
    byFirst.remove(segment.first);
  }

  @Nullable Segment oldest() {
    return valueOf(byFirst.firstEntry());
  }

  @Nullable Segment newest() {
    return valueOf(byFirst.lastEntry());
  }

  @Nullable Segment after(Segment segment) {
    return valueOf(byFirst.higherEntry(segment.first));
  }

  /** The one that holds a sequence, else the next one. */
  @Nullable Segment holding(long sequence) {
    Segment segment = valueOf(byFirst.floorEntry(sequence));
    return segment == null ? valueOf(byFirst.higherEntry(sequence)) : segment;
  }

  int count() {
    return byFirst.size();
  }

  long bytes() {
    return bytesFrom(Long.MIN_VALUE);
  }

  /** Bytes of the segments that begin at {@code first} or later. */
  long bytesFrom(long first) {
    long bytes = 0;
    for (Segment segment : byFirst.tailMap(first, true).values()) {
      bytes += segment.bytes();
    }
    return bytes;
  }

  Iterable<Segment> all() {
    return byFirst.values();
  }

  private static @Nullable Segment valueOf(java.util.Map.@Nullable Entry<Long, Segment> entry) {
    return entry == null ? null : entry.getValue();
  }
}
