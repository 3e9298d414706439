package dev.sidelight.proxy.serve.job;

import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.ServeException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * All jobs: starts them, finds them, keeps what they came to for a day. Thread-safe.
 *
 * <p>A question that is asked again is answered by the job that answered it: by the caller's {@code
 * Idempotency-Key} for a day, else by what the question is, as long as rows stay in the gateway's
 * cache.
 */
public final class Jobs implements AutoCloseable {

  private static final long CLOSE_NANOS = 2_000_000_000L;

  private final ExplainService service;
  private final ExplanationLog log;
  private final LongSupplier wallMillis;
  private final KeptJobs kept;

  /** Guarded by {@link #kept}. */
  private final SubjectQuota quota = new SubjectQuota();

  /**
   * @param bytesMax memory of results kept
   */
  public Jobs(ExplainService service, ExplanationLog log, LongSupplier wallMillis, long bytesMax) {
    this.service = service;
    this.log = log;
    this.wallMillis = wallMillis;
    this.kept = new KeptJobs(bytesMax);
  }

  /**
   * How a call wants its answer.
   *
   * @param detached it is asked for again later: the job goes on when the caller goes away
   * @param anew what is kept is no answer
   * @param idempotencyKey the caller's own word for the question, empty for none
   * @param subject who asks; empty for somebody unknown
   */
  public record Wish(boolean detached, boolean anew, String idempotencyKey, String subject) {
    public Wish(boolean detached, boolean anew, String idempotencyKey) {
      this(detached, anew, idempotencyKey, "");
    }
  }

  /** A job, and whether it was there before. */
  public record Ticket(Job job, boolean repeated) {}

  /**
   * Starts explaining what was planned, unless it is known already. Every ticket that is not
   * detached must be given back with {@link Job#left} or waited for.
   *
   * @param restricted tells of logged payloads
   * @throws ServeException {@code idempotency_conflict}, {@code quota_exceeded}
   */
  public Ticket submit(ExplainPlan plan, boolean restricted, Wish wish) {
    JobAbout about =
        new JobAbout(
            plan.model().name(), plan.call().version(), plan.options().method().word(), restricted);
    return submit(
        about, plan.naturalKey(), new RowsWork(service, plan, log), wish, UUID.randomUUID());
  }

  Ticket submit(JobAbout about, String naturalKey, Work work, Wish wish, UUID id) {
    long now = wallMillis.getAsLong();
    Job job;
    synchronized (kept) {
      Optional<Job> known = kept.repeated(naturalKey, about, wish, now);
      if (known.isPresent()) {
        Job there = known.get();
        there.joined();
        if (wish.detached()) {
          there.detach();
        }
        return new Ticket(there, true);
      }
      job = new Job(id, about, work, wish.detached(), wallMillis);
      job.joined();
      kept.requireRoom(now);
      quota.begin(wish.subject(), now);
      kept.add(job, naturalKey, wish, now);
    }
    Thread.ofVirtual().name("sidelight-explain").start(() -> run(job, wish.subject()));
    return new Ticket(job, false);
  }

  private void run(Job job, String subject) {
    try {
      job.run();
    } finally {
      synchronized (kept) {
        quota.ended(subject);
      }
    }
  }

  /** A job that is kept. */
  public Optional<Job> find(UUID id) {
    synchronized (kept) {
      return kept.find(id, wallMillis.getAsLong());
    }
  }

  /** Whether it was kept and is no more. */
  public boolean isForgotten(UUID id) {
    synchronized (kept) {
      return kept.isForgotten(id);
    }
  }

  public ExplanationLog log() {
    return log;
  }

  /** Seconds since the epoch and the like are the caller's affair: this is the jobs' own clock. */
  public long nowMillis() {
    return wallMillis.getAsLong();
  }

  /** Number of jobs by state, for metrics. */
  public Map<JobState, Integer> counts() {
    Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    synchronized (kept) {
      for (JobState state : JobState.values()) {
        counts.put(state, 0);
      }
      kept.all().forEach(job -> counts.merge(job.state(), 1, Integer::sum));
    }
    return counts;
  }

  /** The latest job of a method on a model, where one is kept. */
  public Optional<Job> latest(String model, String method) {
    synchronized (kept) {
      return kept.all().stream()
          .filter(job -> job.about().model().equals(model) && job.about().method().equals(method))
          .max(Comparator.comparingLong(Job::createdMillis));
    }
  }

  /** Ends what runs with what it has, and waits a moment for it. */
  @Override
  public void close() {
    List<Job> running;
    synchronized (kept) {
      running = kept.all().stream().filter(job -> !job.state().isFinal()).toList();
    }
    running.forEach(Job::stop);
    long until = System.nanoTime() + CLOSE_NANOS;
    try {
      for (Job job : running) {
        boolean _ = job.await(Math.max(0, (until - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
