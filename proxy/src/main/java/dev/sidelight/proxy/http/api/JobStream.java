package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.EventStream;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.JobEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * One client that follows a job. A thread of its own writes, so that the one that looks after the
 * job sees when the client stops reading. Used once.
 */
final class JobStream {

  static final long UNREAD_BYTES_MAX = 256 << 10;
  static final long UNREAD_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long LOOK_MILLIS = 200;

  private static final JobEvent HEARTBEAT = new JobEvent(0, "", "");

  private final Job job;
  private final EventStream stream;
  private final Deque<JobEvent> unread = new ArrayDeque<>();
  private long unreadBytes;
  private long sentNanos = System.nanoTime();
  private boolean writing;
  private boolean closed;

  JobStream(Job job, EventStream stream) {
    this.job = job;
    this.stream = stream;
  }

  /**
   * Feeds the client until the job's last event is written, or the client goes or lags.
   *
   * @return false when it was dropped because it did not read
   */
  boolean follow(long afterId) {
    stream.onClose(this::close);
    Thread writer = Thread.ofVirtual().name("sidelight-events").start(this::write);
    try {
      boolean kept = feed(afterId);
      if (kept) {
        writer.join();
        stream.close();
      } else {
        stream.abort();
      }
      return kept;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the listener is closing
      return true;
    } finally {
      close();
    }
  }

  private boolean feed(long afterId) throws InterruptedException {
    long last = afterId;
    boolean ended = false;
    while (!isDone(ended)) {
      if (!ended) {
        job.awaitEvents(last, LOOK_MILLIS);
        job.tick();
        for (JobEvent event : job.eventsAfter(last)) {
          last = event.id();
          ended = event.isLast();
          put(event);
        }
        ended |= job.isTold() && job.eventsAfter(last).isEmpty();
      } else {
        Thread.sleep(LOOK_MILLIS);
      }
      if (isLagging()) {
        return false;
      }
      beat();
    }
    return true;
  }

  private synchronized boolean isDone(boolean ended) {
    if (ended && unread.isEmpty() && !writing) {
      closed = true;
      notifyAll();
    }
    return closed;
  }

  private synchronized boolean isLagging() {
    boolean slow = writing && System.nanoTime() - sentNanos > UNREAD_NANOS_MAX;
    return slow || unreadBytes > UNREAD_BYTES_MAX;
  }

  private synchronized void beat() {
    if (unread.isEmpty() && !writing && System.nanoTime() - sentNanos > HEARTBEAT_NANOS) {
      put(HEARTBEAT);
    }
  }

  private synchronized void put(JobEvent event) {
    unread.add(event);
    unreadBytes += bytes(event);
    notifyAll();
  }

  private static long bytes(JobEvent event) {
    return 32L + event.data().getBytes(StandardCharsets.UTF_8).length;
  }

  private synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void write() {
    try {
      for (JobEvent event = next(); !event.equals(HEARTBEAT) || !isClosed(); event = next()) {
        boolean there =
            event.equals(HEARTBEAT)
                ? stream.comment("alive")
                : stream.send(Long.toString(event.id()), event.name(), event.data());
        written(event);
        if (!there) {
          close();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** The next event, or a heartbeat once there is nothing more to write. */
  private synchronized JobEvent next() throws InterruptedException {
    while (unread.isEmpty() && !closed) {
      wait();
    }
    if (unread.isEmpty()) {
      return HEARTBEAT;
    }
    writing = true;
    sentNanos = System.nanoTime();
    return unread.remove();
  }

  private synchronized void written(JobEvent event) {
    writing = false;
    sentNanos = System.nanoTime();
    unreadBytes -= bytes(event);
  }
}
