package dev.sidelight.proxy.serve.job;

import dev.sidelight.proxy.serve.ServeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The jobs of the last day, within bounds of number and memory. Not thread-safe. */
final class KeptJobs {

  static final int KEPT_MAX = 10_000;
  static final int UNFINISHED_MAX = 1_000;
  static final long KEPT_MILLIS = 24L * 3600 * 1000;

  /** As long as the gateway believes its cache: of a model without a version only a minute. */
  private static final long REPEATED_MILLIS = 600_000;

  private static final long REPEATED_UNVERSIONED_MILLIS = 60_000;

  /** A client that lost its stream comes back within this time. */
  private static final long EVENTS_MILLIS = 60_000;

  private final long bytesMax;
  private final Map<UUID, Entry> jobs = new LinkedHashMap<>();
  private final Map<String, UUID> byNaturalKey = new HashMap<>();
  private final Map<String, UUID> byIdempotencyKey = new HashMap<>();
  private final Set<UUID> forgotten = new LinkedHashSet<>();

  /** Whose end has not been seen here yet. */
  private final List<Entry> unfinished = new ArrayList<>();

  /** Ended not long ago: their events are still there for who comes back. */
  private final List<Entry> recent = new ArrayList<>();

  private long bytes;

  private static final class Entry {
    private final Job job;
    private final String naturalKey;
    private final String idempotencyKey;
    private long bytes;

    private Entry(Job job, String naturalKey, String idempotencyKey) {
      this.job = job;
      this.naturalKey = naturalKey;
      this.idempotencyKey = idempotencyKey;
    }
  }

  /**
   * @param bytesMax memory that results may take
   */
  KeptJobs(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * The job that answers this question already.
   *
   * @throws ServeException {@code idempotency_conflict}
   */
  Optional<Job> repeated(String naturalKey, JobAbout about, Jobs.Wish wish, long now) {
    if (!wish.idempotencyKey().isEmpty()) {
      return byIdempotencyKey(wish.idempotencyKey(), naturalKey);
    }
    Entry entry = entry(byNaturalKey.get(naturalKey));
    if (entry == null || wish.anew() || entry.job.about().restricted() != about.restricted()) {
      return Optional.empty();
    }
    Job job = entry.job;
    if (!job.state().isFinal()) {
      // who waits in a call does not wait for what may take an hour
      boolean joinable = !job.isDropped() && (wish.detached() || !job.isDetached());
      return joinable ? Optional.of(job) : Optional.empty();
    }
    long fresh = about.version().isEmpty() ? REPEATED_UNVERSIONED_MILLIS : REPEATED_MILLIS;
    boolean serves =
        job.result().map(JobResult::isWhole).orElse(false) && now - job.endedMillis() <= fresh;
    return serves ? Optional.of(job) : Optional.empty();
  }

  private Optional<Job> byIdempotencyKey(String key, String naturalKey) {
    Entry entry = entry(byIdempotencyKey.get(key));
    if (entry == null) {
      return Optional.empty();
    }
    if (!entry.naturalKey.equals(naturalKey)) {
      throw ServeException.of(
          "idempotency_conflict", "another question was asked with this Idempotency-Key");
    }
    return Optional.of(entry.job);
  }

  private @Nullable Entry entry(@Nullable UUID id) {
    return id == null ? null : jobs.get(id);
  }

  /**
   * @throws ServeException {@code quota_exceeded} when too many have not ended yet
   */
  void requireRoom(long now) {
    settle(now);
    if (unfinished.size() >= UNFINISHED_MAX) {
      throw ServeException.of(
              "quota_exceeded",
              unfinished.size() + " explanations wait or run already, no more fit")
          .retryAfter(10);
    }
  }

  /** One more, for which there is room. */
  void add(Job job, String naturalKey, Jobs.Wish wish, long now) {
    Entry entry = new Entry(job, naturalKey, wish.idempotencyKey());
    jobs.put(job.id(), entry);
    unfinished.add(entry);
    byNaturalKey.put(naturalKey, job.id());
    if (!wish.idempotencyKey().isEmpty()) {
      byIdempotencyKey.put(wish.idempotencyKey(), job.id());
    }
    prune(now);
  }

  Optional<Job> find(UUID id, long now) {
    prune(now);
    Entry entry = entry(id);
    return entry == null ? Optional.empty() : Optional.of(entry.job);
  }

  boolean isForgotten(UUID id) {
    return forgotten.contains(id);
  }

  Collection<Job> all() {
    return jobs.values().stream().map(entry -> entry.job).toList();
  }

  /** Weighs what has ended since. */
  private void settle(long now) {
    recent.removeIf(
        entry -> {
          boolean old = now - entry.job.endedMillis() > EVENTS_MILLIS;
          if (old) {
            entry.job.forgetEvents();
          }
          return old;
        });
    unfinished.removeIf(
        entry -> {
          if (!entry.job.state().isFinal()) {
            return false;
          }
          entry.bytes = entry.job.result().map(JobResult::bytes).orElse(256L);
          bytes += entry.bytes;
          recent.add(entry);
          return true;
        });
  }

  /** The oldest go first; none that has not ended. */
  private void prune(long now) {
    settle(now);
    List<Entry> gone = new ArrayList<>();
    Iterator<Entry> oldest = jobs.values().iterator();
    int number = jobs.size();
    long left = bytes;
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      boolean over = number > KEPT_MAX || left > bytesMax;
      boolean old = now - entry.job.createdMillis() >= KEPT_MILLIS;
      if (!over && !old) {
        break; // those after it are younger
      }
      if (entry.job.state().isFinal() && !unfinished.contains(entry)) {
        gone.add(entry);
        number--;
        left -= entry.bytes;
      }
    }
    gone.forEach(this::forget);
  }

  private void forget(Entry entry) {
    UUID id = entry.job.id();
    jobs.remove(id);
    bytes -= entry.bytes;
    byNaturalKey.remove(entry.naturalKey, id);
    byIdempotencyKey.remove(entry.idempotencyKey, id);
    forgotten.add(id);
    if (forgotten.size() > KEPT_MAX) {
      forgotten.remove(forgotten.iterator().next());
    }
  }
}
