package dev.sidelight.proxy.serve;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Which of a backend's addresses our own calls go to: all in turn, and those that could not be
 * reached a moment ago last. Thread-safe.
 */
final class Reachable {

  private static final long AVOIDED_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier nanos;
  private final AtomicInteger turns = new AtomicInteger();
  private final Map<URI, Long> failed = new ConcurrentHashMap<>();

  Reachable(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** All of them, in the order in which they are to be tried. */
  List<URI> order(List<URI> addresses) {
    int first = Math.floorMod(turns.getAndIncrement(), addresses.size());
    List<URI> good = new ArrayList<>();
    List<URI> avoided = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      URI address = addresses.get((first + i) % addresses.size());
      Long since = failed.get(address);
      boolean down = since != null && nanos.getAsLong() - since < AVOIDED_NANOS;
      (down ? avoided : good).add(address);
    }
    good.addAll(avoided);
    return good;
  }

  void failed(URI address) {
    failed.put(address, nanos.getAsLong());
  }

  void answered(URI address) {
    failed.remove(address);
  }
}
