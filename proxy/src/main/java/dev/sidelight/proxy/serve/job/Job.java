package dev.sidelight.proxy.serve.job;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.proxy.serve.ServeException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One call's explanations, from the moment they are asked for until they are forgotten. Any thread
 * may look, wait, stop it or drop it.
 */
public final class Job implements Followed {

  /** Between two readings of the progress that are told. */
  private static final long PROGRESS_MILLIS = 200;

  private final UUID id;
  private final JobAbout about;
  private final LongSupplier wallMillis;
  private final long createdMillis;
  private final JobEvents events = new JobEvents();
  private final JobProgress progress;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Given up at the end, with the rows it holds. */
  private volatile Work work;

  private JobState state = JobState.QUEUED;
  private boolean dropped;
  private boolean detached;
  private int waiting;
  private long startedMillis;
  private long endedMillis;
  private long toldMillis;
  private String told = "";
  private Optional<JobResult> result = Optional.empty();
  private Optional<RuntimeException> failure = Optional.empty();

  /**
   * @param detached it goes on when nobody waits for it
   */
  Job(UUID id, JobAbout about, Work work, boolean detached, LongSupplier wallMillis) {
    this.id = id;
    this.about = about;
    this.work = work;
    this.detached = detached;
    this.wallMillis = wallMillis;
    this.createdMillis = wallMillis.getAsLong();
    this.progress = new JobProgress(this::partial, this::begun);
  }

  public UUID id() {
    return id;
  }

  public JobAbout about() {
    return about;
  }

  public long createdMillis() {
    return createdMillis;
  }

  /** 0 while it goes on. */
  public synchronized long endedMillis() {
    return endedMillis;
  }

  public synchronized JobState state() {
    return state;
  }

  public synchronized Optional<JobResult> result() {
    return result;
  }

  /** Whoever asked for it has gone, or has said so. */
  synchronized boolean isDropped() {
    return dropped;
  }

  synchronized boolean isDetached() {
    return detached;
  }

  /** Why there is no result. */
  public synchronized Optional<RuntimeException> failure() {
    return failure;
  }

  JobProgress.Reading reading() {
    return progress.reading();
  }

  /** Milliseconds that are probably left; -1 where that cannot be said. */
  synchronized long etaMillis(JobProgress.Reading reading) {
    double share = reading.share();
    if (state != JobState.RUNNING || share <= 0) {
      return -1;
    }
    return (long) ((wallMillis.getAsLong() - startedMillis) * (1 - share) / share);
  }

  // --- the work, on its own thread

  void run() {
    try {
      finish(Optional.of(work.run(id, progress)), Optional.empty());
    } catch (RuntimeException e) {
      finish(Optional.empty(), Optional.of(e));
    } catch (Error e) {
      finish(Optional.empty(), Optional.of(new IllegalStateException("out of resources", e)));
      throw e;
    }
  }

  private void finish(Optional<JobResult> came, Optional<RuntimeException> fault) {
    work = Work.OVER;
    synchronized (this) {
      endedMillis = wallMillis.getAsLong();
      result = dropped ? Optional.empty() : came;
      failure = fault;
      state = dropped ? JobState.CANCELLED : came.isPresent() ? JobState.DONE : stateOf(fault);
    }
    tell();
    events.add(state().word(), ""); // its text is written when somebody reads it
    ended.countDown();
  }

  private static JobState stateOf(Optional<RuntimeException> fault) {
    boolean stopped =
        fault.orElse(null) instanceof PredictorException e
            && e.kind() == PredictorException.Kind.CANCELLED;
    if (stopped) {
      return JobState.CANCELLED;
    }
    boolean late = fault.orElse(null) instanceof ServeException e && e.code().equals("expired");
    return late ? JobState.EXPIRED : JobState.FAILED;
  }

  private void begun() {
    synchronized (this) {
      if (state != JobState.QUEUED) {
        return;
      }
      state = JobState.RUNNING;
      startedMillis = wallMillis.getAsLong();
    }
    tick();
  }

  private void partial(String document) {
    events.add("partial", document);
    tick();
  }

  // --- those who follow it

  @Override
  public void tick() {
    synchronized (this) {
      if (state.isFinal() || wallMillis.getAsLong() - toldMillis < PROGRESS_MILLIS) {
        return;
      }
      toldMillis = wallMillis.getAsLong();
    }
    tell();
  }

  private void tell() {
    String now = JobEnvelope.progress(this);
    synchronized (this) {
      if (now.equals(told)) {
        return;
      }
      told = now;
    }
    events.add("progress", now);
  }

  @Override
  public boolean isTold() {
    return events.isClosed();
  }

  /** Who followed it has had the time to come back: of its events the last is enough. */
  void forgetEvents() {
    events.forget();
  }

  @Override
  public List<JobEvent> eventsAfter(long eventId) {
    return events.after(eventId).stream()
        .map(
            event ->
                event.isLast()
                    ? new JobEvent(event.id(), event.name(), JobEnvelope.text(this))
                    : event)
        .toList();
  }

  @Override
  public long bytesAfter(long eventId) {
    return events.bytesAfter(eventId);
  }

  @Override
  public void awaitEvents(long eventId, long millis) throws InterruptedException {
    events.await(eventId, millis);
  }

  /** Waits for its end, however long that takes; it is bounded by its own deadline. */
  public void await() throws InterruptedException {
    ended.await();
  }

  public boolean await(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Somebody's call waits for it. */
  synchronized void joined() {
    waiting++;
  }

  /** From now on it goes on without anybody waiting. */
  synchronized void detach() {
    detached = true;
  }

  /** Somebody's call has gone away: what nobody else waits for ends. */
  public void left() {
    synchronized (this) {
      waiting--;
      if (detached || waiting > 0 || state.isFinal()) {
        return;
      }
      dropped = true;
    }
    work.drop();
  }

  /** Ends it with what it has. */
  public void stop() {
    work.stop();
  }

  /** Whether there is something that {@link #stop} would keep. */
  public boolean hasEstimate() {
    JobProgress.Reading reading = reading();
    return reading.round() > 0 || reading.done() > 0;
  }

  /** Ends it, and what it has is nobody's. */
  public void drop() {
    synchronized (this) {
      dropped = true;
      if (state.isFinal()) {
        result = Optional.empty();
        state = state == JobState.DONE ? JobState.CANCELLED : state;
        return;
      }
    }
    work.drop();
  }
}
