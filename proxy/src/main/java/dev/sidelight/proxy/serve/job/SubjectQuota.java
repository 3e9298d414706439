package dev.sidelight.proxy.serve.job;

import dev.sidelight.proxy.serve.ServeException;
import java.util.HashMap;
import java.util.Map;

/**
 * How many explanations one known caller may have under way, and how fast he may ask for more: one
 * request for an explanation is many for the model. Nobody is told apart who is not known. Not
 * thread-safe.
 */
final class SubjectQuota {

  static final int RUNNING_MAX = 2;

  /** Asked for at once after a rest. */
  static final int BURST = 20;

  /** One more in so many milliseconds. */
  static final long REFILL_MILLIS = 1_000;

  private static final int SUBJECTS_MAX = 10_000;

  private final Map<String, Subject> subjects = new HashMap<>();

  private static final class Subject {
    private int running;
    private double tokens = BURST;
    private long atMillis;

    private Subject(long nowMillis) {
      this.atMillis = nowMillis;
    }

    private void refill(long nowMillis) {
      double more = Math.max(0, nowMillis - atMillis) / (double) REFILL_MILLIS;
      tokens = Math.min(BURST, tokens + more);
      atMillis = nowMillis;
    }

    private boolean isAtRest(long nowMillis) {
      refill(nowMillis);
      return running == 0 && tokens >= BURST;
    }
  }

  /**
   * One more explanation begins; {@link #ended} tells of its end.
   *
   * @param subject empty for somebody unknown, who is bound by the model's rows alone
   * @throws ServeException {@code quota_exceeded} with the limit that was met
   */
  void begin(String subject, long nowMillis) {
    if (subject.isEmpty()) {
      return;
    }
    if (subjects.size() >= SUBJECTS_MAX) {
      subjects.values().removeIf(each -> each.isAtRest(nowMillis));
    }
    Subject own = subjects.computeIfAbsent(subject, _ -> new Subject(nowMillis));
    own.refill(nowMillis);
    if (own.running >= RUNNING_MAX) {
      throw refused(
          "%d explanations of this caller are under way, at most %d may be"
              .formatted(own.running, RUNNING_MAX),
          2);
    }
    if (own.tokens < 1) {
      long wait = (long) Math.ceil((1 - own.tokens) * REFILL_MILLIS / 1000);
      throw refused(
          "this caller may ask for %d explanations at once and one more every %d ms"
              .formatted(BURST, REFILL_MILLIS),
          Math.max(1, wait));
    }
    own.tokens--;
    own.running++;
  }

  private static ServeException refused(String why, long seconds) {
    return ServeException.of("quota_exceeded", why).retryAfter((int) seconds);
  }

  int size() {
    return subjects.size();
  }

  void ended(String subject) {
    Subject own = subjects.get(subject);
    if (own != null) {
      own.running--;
    }
  }
}
