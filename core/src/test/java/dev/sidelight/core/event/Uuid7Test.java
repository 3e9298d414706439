package dev.sidelight.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Uuid7Test {

  @Test
  void next_carriesVersionVariantAndTime() {
    UUID id = new Uuid7(() -> 1_790_000_000_123L, 1).next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(Uuid7.millisOf(id)).isEqualTo(1_790_000_000_123L);
  }

  @Test
  void next_ascendsWithinAMillisecondAndWhenTheClockStepsBack() {
    long[] now = {1_000_000};
    Uuid7 ids = new Uuid7(() -> now[0], 7);
    Set<UUID> seen = new HashSet<>();
    UUID last = ids.next();
    for (int i = 0; i < 20_000; i++) {
      now[0] = i % 5_000 == 4_999 ? now[0] - 50 : now[0];
      UUID id = ids.next();
      assertThat(id.toString()).isGreaterThan(last.toString());
      assertThat(seen.add(id)).isTrue();
      last = id;
    }
  }

  @Test
  void next_sameSeedSameIds_otherSeedOtherIds() {
    assertThat(new Uuid7(() -> 5, 1).next()).isEqualTo(new Uuid7(() -> 5, 1).next());
    assertThat(new Uuid7(() -> 5, 1).next()).isNotEqualTo(new Uuid7(() -> 5, 2).next());
  }
}
