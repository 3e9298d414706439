package dev.sidelight.proxy.serve.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The last events of one job; who comes later or comes back finds them here. Thread-safe.
 *
 * <p>What is overtaken may be missed: a progress is a reading and a partial a whole document, so
 * the latest of each says all.
 */
final class JobEvents {

  static final int KEPT = 64;

  /** Of memory, about; the newest stays whatever it weighs. */
  static final long BYTES_MAX = 256 << 10;

  private final Deque<JobEvent> events = new ArrayDeque<>();
  private long bytes;
  private long last;
  private boolean closed;

  /** Adds an event unless the last one was there already. */
  synchronized void add(String name, String data) {
    if (closed) {
      return;
    }
    JobEvent event = new JobEvent(++last, name, data);
    events.addLast(event);
    bytes += event.bytes();
    while (events.size() > KEPT || (bytes > BYTES_MAX && events.size() > 1)) {
      bytes -= events.removeFirst().bytes();
    }
    closed = event.isLast();
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** What is kept after an id, oldest first; of an id that was never given, everything. */
  synchronized List<JobEvent> after(long id) {
    long from = id > last ? 0 : id;
    List<JobEvent> later = new ArrayList<>();
    for (JobEvent event : events) {
      if (event.id() > from) {
        later.add(event);
      }
    }
    return later;
  }

  /** Bytes of what is kept after an id. */
  synchronized long bytesAfter(long id) {
    long sum = 0;
    for (JobEvent event : events) {
      sum += event.id() > id ? event.bytes() : 0;
    }
    return sum;
  }

  /** Waits until something follows {@code id}, at most so long. */
  synchronized void await(long id, long millis) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (last <= id && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** Gives back the memory of documents that nobody will ask for: only the end is kept. */
  synchronized void forget() {
    while (events.size() > 1) {
      bytes -= events.removeFirst().bytes();
    }
  }
}
