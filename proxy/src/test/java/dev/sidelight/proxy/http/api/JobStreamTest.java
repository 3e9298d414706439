package dev.sidelight.proxy.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.http.EventStream;
import dev.sidelight.proxy.serve.job.Followed;
import dev.sidelight.proxy.serve.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobStreamTest {

  private static final String LONG = "x".repeat(100_000);

  private final AtomicLong nanos = new AtomicLong();
  private final Told job = new Told();
  private final Client client = new Client();

  /** A job that has told something. */
  private static final class Told implements Followed {
    private final List<JobEvent> events = new ArrayList<>();

    synchronized void tell(String name, String data) {
      events.add(new JobEvent(events.size() + 1, name, data));
      notifyAll();
    }

    @Override
    public synchronized List<JobEvent> eventsAfter(long eventId) {
      return events.stream().filter(event -> event.id() > eventId).toList();
    }

    @Override
    public long bytesAfter(long eventId) {
      return eventsAfter(eventId).stream().mapToLong(event -> event.data().length()).sum();
    }

    @Override
    public synchronized void awaitEvents(long eventId, long millis) throws InterruptedException {
      for (long i = 0; i < millis && eventsAfter(eventId).isEmpty(); i++) {
        wait(1);
      }
    }

    @Override
    public void tick() {}

    @Override
    public synchronized boolean isTold() {
      return !events.isEmpty() && events.getLast().isLast();
    }
  }

  /** A client that reads until it is made deaf. */
  private static final class Client implements EventStream {
    private final List<String> ids = new ArrayList<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private long readsUntil = Long.MAX_VALUE;
    private int comments;
    private boolean aborted;
    private Runnable onClose = () -> {};

    @Override
    public boolean send(String id, String event, String data) throws InterruptedException {
      if (Long.parseLong(id) > readsUntil) {
        blocked.countDown();
        gone.await();
        return false;
      }
      synchronized (this) {
        ids.add(id);
        notifyAll();
      }
      return true;
    }

    @Override
    public synchronized boolean comment(String text) {
      comments++;
      notifyAll();
      return true;
    }

    synchronized void awaitSent(int number) throws InterruptedException {
      while (ids.size() < number) {
        wait();
      }
    }

    synchronized void awaitComment() throws InterruptedException {
      while (comments == 0) {
        wait();
      }
    }

    @Override
    public synchronized void onClose(Runnable action) {
      onClose = action;
    }

    @Override
    public void close() {}

    @Override
    public void abort() {
      aborted = true;
      gone.countDown();
    }

    void leave() {
      onClose.run();
      gone.countDown();
    }
  }

  private CompletableFuture<Boolean> follow(long afterId) {
    JobStream stream = new JobStream(job, client, nanos::get);
    return CompletableFuture.supplyAsync(
        () -> stream.follow(afterId), action -> Thread.ofVirtual().start(action));
  }

  private static List<String> ids(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(Long::toString).toList();
  }

  @Test
  void follow_whoComesLate_isToldAllThatIsKept_howeverMuch() {
    for (int i = 0; i < 60; i++) {
      job.tell("partial", LONG);
    }
    job.tell("done", LONG);

    boolean kept = follow(0).join();

    assertThat(kept).isTrue();
    assertThat(client.ids).isEqualTo(ids(1, 61));
  }

  @Test
  void follow_resumed_beginsBehindTheLastId() {
    for (int i = 0; i < 5; i++) {
      job.tell("progress", "{}");
    }
    job.tell("failed", "{}");

    assertThat(follow(4).join()).isTrue();

    assertThat(client.ids).isEqualTo(ids(5, 6));
  }

  @Test
  void follow_readsNothingForHalfAMinute_isDropped() throws Exception {
    client.readsUntil = 1;
    job.tell("progress", "{}");
    job.tell("partial", "{}");
    CompletableFuture<Boolean> kept = follow(0);
    client.blocked.await();

    nanos.addAndGet(JobStream.UNREAD_NANOS_MAX + 1);

    assertThat(kept.join()).isFalse();
    assertThat(client.aborted).isTrue();
    assertThat(client.ids).isEqualTo(ids(1, 1));
  }

  @Test
  void follow_readsNothingWhileMuchComes_isDroppedAtOnce() throws Exception {
    client.readsUntil = 0;
    job.tell("progress", "{}");
    CompletableFuture<Boolean> kept = follow(0);
    client.blocked.await();

    for (int i = 0; i < 3; i++) {
      job.tell("partial", LONG);
    }

    assertThat(kept.join()).isFalse();
    assertThat(client.aborted).isTrue();
  }

  @Test
  void follow_aQuietJob_isToldThatItIsThere() throws Exception {
    CompletableFuture<Boolean> kept = follow(0);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(16));
    client.awaitComment();

    job.tell("done", "{}");

    assertThat(kept.join()).isTrue();
    assertThat(client.ids).isEqualTo(ids(1, 1));
  }

  @Test
  void follow_clientLeaves_endsWithoutBeingCountedAsDropped() throws Exception {
    job.tell("progress", "{}");
    CompletableFuture<Boolean> kept = follow(0);
    client.awaitSent(1);

    client.leave();

    assertThat(kept.join()).isTrue();
    assertThat(client.aborted).isFalse();
  }
}
