package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final List<String> expired = new ArrayList<>();
  private long now = 5_000_000_000L;
  private int ticks;
  private final Deadlines deadlines = new Deadlines(() -> now, tick -> ticks++);

  private Deadline named(String name) {
    return new Deadline() {
      @Override
      void expired(long nowNanos) {
        expired.add(name);
      }
    };
  }

  private void pass(long millis) {
    now += millis * MILLI;
    deadlines.advance(now);
  }

  @Test
  void due_expiresOnceAndNotBefore() {
    deadlines.set(named("a"), now + 100 * MILLI);

    pass(99);
    assertThat(expired).isEmpty();
    pass(1);
    assertThat(expired).containsExactly("a");
    pass(20_000);
    assertThat(expired).containsExactly("a");
    assertThat(deadlines.count()).isZero();
  }

  @Test
  void cleared_neverExpires() {
    Deadline a = named("a");
    deadlines.set(a, now + 50 * MILLI);
    deadlines.clear(a);
    deadlines.clear(a);

    pass(1000);

    assertThat(expired).isEmpty();
    assertThat(a.isSet()).isFalse();
  }

  @Test
  void moved_expiresAtTheNewTime() {
    Deadline a = named("a");
    deadlines.set(a, now + 50 * MILLI);
    deadlines.set(a, now + 500 * MILLI);

    pass(400);
    assertThat(expired).isEmpty();
    pass(100);
    assertThat(expired).containsExactly("a");
  }

  @Test
  void beyondATurn_isPassedOver() {
    deadlines.set(named("far"), now + 75_000 * MILLI);

    for (int i = 0; i < 74; i++) {
      pass(1000);
    }
    assertThat(expired).isEmpty();
    pass(1000);
    assertThat(expired).containsExactly("far");
  }

  @Test
  void expiring_mayClearItsNeighbour() {
    Deadline victim = named("victim");
    Deadline killer =
        new Deadline() {
          @Override
          void expired(long nowNanos) {
            expired.add("killer");
            deadlines.clear(victim);
          }
        };
    deadlines.set(killer, now + 10 * MILLI);
    deadlines.set(victim, now + 10 * MILLI);

    pass(20);

    assertThat(expired).containsExactly("killer");
    assertThat(deadlines.count()).isZero();
  }

  @Test
  void expiring_maySetItselfForNow() {
    Deadline again =
        new Deadline() {
          @Override
          void expired(long nowNanos) {
            expired.add("again");
            deadlines.set(this, nowNanos);
          }
        };
    deadlines.set(again, now);

    pass(10);
    pass(10);

    assertThat(expired).hasSize(2);
  }

  @Test
  void ticks_onlyWhileSomethingIsSet() {
    assertThat(ticks).isZero();
    deadlines.set(named("a"), now + MILLI);
    deadlines.set(named("b"), now + MILLI);
    assertThat(ticks).isEqualTo(1);
  }

  @Property(tries = 100)
  void many_eachExpiresWithinATickOfItsTime(@ForAll @IntRange(min = 1, max = 200) int count) {
    Random random = new Random(count);
    long[] at = new long[count];
    long[] came = new long[count];
    for (int i = 0; i < count; i++) {
      int index = i;
      at[i] = now + random.nextInt(30_000) * MILLI;
      deadlines.set(
          new Deadline() {
            @Override
            void expired(long nowNanos) {
              came[index] = nowNanos;
            }
          },
          at[i]);
    }
    for (int i = 0; i < 3010; i++) {
      pass(10);
    }
    for (int i = 0; i < count; i++) {
      assertThat(came[i] - at[i]).isBetween(0L, 2 * Deadlines.TICK_NANOS);
    }
  }
}
