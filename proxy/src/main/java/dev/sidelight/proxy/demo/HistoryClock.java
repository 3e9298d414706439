package dev.sidelight.proxy.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The wall clock of the demo's data path. While the history is told it stands at the moment the
 * demo set last, somewhere in the hour before the start; afterwards it is the true clock. This is
 * the only way to give a request another arrival time: no client can. Thread-safe; a reading costs
 * one volatile read.
 *
 * <p>Latencies must not be measured with it (they come from the monotonic clock, as everywhere).
 */
public final class HistoryClock implements InstantSource {

  /** What a request's event says while the history is told ({@code Marks.origin}). */
  public static final String ORIGIN = "demo-history";

  private static final long LIVE = Long.MIN_VALUE;

  private final InstantSource truth;
  private final AtomicLong history = new AtomicLong(LIVE);

  /**
   * @param truth the clock that is told once the history is over
   */
  public HistoryClock(InstantSource truth) {
    this.truth = truth;
  }

  /** Microseconds since 1970. */
  public long micros() {
    long told = history.get();
    return told == LIVE ? micros(truth.instant()) : told;
  }

  /** {@link #ORIGIN} while the history is told, then empty; to be read when the arrival time is. */
  public String origin() {
    return history.get() == LIVE ? "" : ORIGIN;
  }

  @Override
  public Instant instant() {
    long micros = micros();
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  /** Stands at {@code micros} from now on; an earlier moment than the present one is not taken. */
  void advanceTo(long micros) {
    history.accumulateAndGet(micros, Math::max);
  }

  /** The history is over: the true time from now on. */
  void goLive() {
    history.set(LIVE);
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000L;
  }
}
