package dev.sidelight.explainers.gateway;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers by row hash: least recently used goes first, bounded in bytes, each with an age limit.
 */
final class RowCache {

  /** Hash 32, map entry 64, entry 32: measured shapes of the objects around an answer. */
  static final int OVERHEAD = 128;

  private record Entry(RowValues output, long expiresAt) {}

  private final long bytesMax;
  private final Map<RowHash, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  RowCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  @Nullable RowValues get(RowHash hash, long now) {
    Entry entry = entries.get(hash);
    if (entry == null) {
      return null;
    }
    if (now >= entry.expiresAt) {
      entries.remove(hash);
      bytes -= weight(entry);
      return null;
    }
    return entry.output;
  }

  void put(RowHash hash, RowValues output, long expiresAt) {
    Entry entry = new Entry(output, expiresAt);
    if (weight(entry) > bytesMax) {
      return;
    }
    Entry old = entries.put(hash, entry);
    bytes += weight(entry) - (old == null ? 0 : weight(old));
    for (Iterator<Entry> eldest = entries.values().iterator(); bytes > bytesMax; ) {
      bytes -= weight(eldest.next());
      eldest.remove();
    }
  }

  void clear() {
    entries.clear();
    bytes = 0;
  }

  int size() {
    return entries.size();
  }

  long bytes() {
    return bytes;
  }

  private static long weight(Entry entry) {
    return (long) OVERHEAD + entry.output.weight();
  }
}
