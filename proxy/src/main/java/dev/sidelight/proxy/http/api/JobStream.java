package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.EventStream;
import dev.sidelight.proxy.serve.job.Followed;
import dev.sidelight.proxy.serve.job.JobEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One client that follows a job. A thread of its own writes, so that the one that looks after the
 * job sees when the client stops reading. Nothing is queued for it but what the job keeps anyway,
 * so who comes late may be told much at once. Used once.
 */
final class JobStream {

  /** That came while a client took in nothing. */
  static final long UNREAD_BYTES_MAX = 256 << 10;

  static final long UNREAD_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);
  private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long LOOK_MILLIS = 200;

  private final Followed job;
  private final EventStream stream;
  private final LongSupplier nanos;

  /** The newest event that was there when the write under way began. */
  private long newest;

  /** When the write under way began, or the last one ended. */
  private long since;

  private boolean writing;
  private boolean closed;

  JobStream(Followed job, EventStream stream, LongSupplier nanos) {
    this.job = job;
    this.stream = stream;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /**
   * Feeds the client until the job's last event is written, or the client goes or lags.
   *
   * @return false when it was dropped because it did not read
   */
  boolean follow(long afterId) {
    stream.onClose(this::close);
    Thread writer = Thread.ofVirtual().name("sidelight-events").start(() -> write(afterId));
    try {
      while (!writer.join(Duration.ofMillis(LOOK_MILLIS))) {
        job.tick();
        if (isLagging()) {
          stream.abort();
          return false;
        }
      }
      stream.close();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the listener is closing
      return true;
    } finally {
      close();
    }
  }

  private synchronized boolean isLagging() {
    return writing
        && (nanos.getAsLong() - since > UNREAD_NANOS_MAX
            || job.bytesAfter(newest) > UNREAD_BYTES_MAX);
  }

  private synchronized void close() {
    closed = true;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void write(long afterId) {
    long last = afterId;
    try {
      while (!isClosed()) {
        boolean told = job.isTold(); // asked first: what is told meanwhile is there below
        List<JobEvent> next = job.eventsAfter(last);
        if (next.isEmpty() && told) {
          return;
        }
        for (JobEvent event : next) {
          begin(next.getLast().id());
          if (!stream.send(Long.toString(event.id()), event.name(), event.data())) {
            return;
          }
          end();
          last = event.id();
        }
        if (next.isEmpty()) {
          job.awaitEvents(last, LOOK_MILLIS);
          beat(last);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat(long last) throws InterruptedException {
    if (nanos.getAsLong() - since > HEARTBEAT_NANOS) { // only this thread writes it
      begin(last);
      if (stream.comment("alive")) {
        end();
      } else {
        close();
      }
    }
  }

  private synchronized void begin(long newestKnown) {
    newest = newestKnown;
    writing = true;
    since = nanos.getAsLong();
  }

  private synchronized void end() {
    writing = false;
    since = nanos.getAsLong();
  }
}
