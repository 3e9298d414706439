package dev.sidelight.proxy.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.proxy.serve.ServeException;
import org.junit.jupiter.api.Test;

class SubjectQuotaTest {

  private final SubjectQuota quota = new SubjectQuota();
  private long now = 1_000_000;

  private void beginAndEnd(String subject) {
    quota.begin(subject, now);
    quota.ended(subject);
  }

  private ServeException refused(String subject) {
    ServeException refused =
        catchThrowableOfType(ServeException.class, () -> quota.begin(subject, now));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo("quota_exceeded");
    return refused;
  }

  @Test
  void begin_thirdAtOnce_isRefusedUntilOneEnds() {
    quota.begin("ann", now);
    quota.begin("ann", now);

    assertThat(refused("ann")).hasMessageContaining("at most 2");
    assertThat(refused("ann").retryAfterSeconds()).hasValue(2);
    assertThatNoException().as("somebody else").isThrownBy(() -> quota.begin("bob", now));
    quota.ended("ann");
    assertThatNoException().isThrownBy(() -> quota.begin("ann", now));
  }

  @Test
  void begin_tooFast_isRefusedUntilTimeHasPassed() {
    for (int i = 0; i < SubjectQuota.BURST; i++) {
      beginAndEnd("ann");
    }

    assertThat(refused("ann").retryAfterSeconds()).hasValue(1);
    now += SubjectQuota.REFILL_MILLIS;
    beginAndEnd("ann");
    assertThat(refused("ann")).hasMessageContaining("one more every 1000 ms");
    now += 1_000 * SubjectQuota.REFILL_MILLIS;
    for (int i = 0; i < SubjectQuota.BURST; i++) {
      beginAndEnd("ann");
    }
    refused("ann");
  }

  @Test
  void begin_refused_takesNothing() {
    quota.begin("ann", now);
    quota.begin("ann", now);
    for (int i = 0; i < 100; i++) {
      refused("ann");
    }
    quota.ended("ann");
    quota.ended("ann");

    for (int i = 2; i < SubjectQuota.BURST; i++) {
      beginAndEnd("ann");
    }
    refused("ann");
  }

  @Test
  void begin_unknownCaller_isNotBound() {
    for (int i = 0; i < 1_000; i++) {
      quota.begin("", now);
    }
    quota.ended("");
  }

  @Test
  void begin_manyCallers_thoseAtRestAreForgottenAndOthersNot() {
    quota.begin("ann", now);
    quota.begin("ann", now);
    now += 100_000;
    for (int i = 0; i < 25_000; i++) {
      beginAndEnd("caller " + i);
      now += 10;
    }

    assertThat(quota.size()).isLessThanOrEqualTo(10_000);
    refused("ann");
  }
}
