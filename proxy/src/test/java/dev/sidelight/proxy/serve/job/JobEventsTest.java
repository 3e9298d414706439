package dev.sidelight.proxy.serve.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobEventsTest {

  private final JobEvents events = new JobEvents();

  @Test
  void after_anId_isWhatCameLaterInOrder() {
    events.add("progress", "a");
    events.add("partial", "b");
    events.add("done", "c");

    assertThat(events.after(0)).extracting(JobEvent::data).containsExactly("a", "b", "c");
    assertThat(events.after(2)).extracting(JobEvent::data).containsExactly("c");
    assertThat(events.after(3)).isEmpty();
    assertThat(events.after(99)).as("an id of nobody's").hasSize(3);
  }

  @Test
  void add_manyEvents_keepsTheLast64() {
    for (int i = 1; i <= 100; i++) {
      events.add("progress", Integer.toString(i));
    }

    assertThat(events.after(0)).hasSize(JobEvents.KEPT);
    assertThat(events.after(0).get(0).id()).isEqualTo(37);
  }

  @Test
  void add_afterTheEnd_isNothing() {
    events.add("failed", "x");
    events.add("progress", "late");

    assertThat(events.after(0)).extracting(JobEvent::name).containsExactly("failed");
    assertThat(events.isClosed()).isTrue();
  }

  @Test
  void await_ofAnEndedJob_returnsAtOnce() throws InterruptedException {
    events.add("done", "x");

    events.await(1, Long.MAX_VALUE / 2_000_000);

    assertThat(events.after(1)).isEmpty();
  }

  @Test
  void forget_keepsTheEndOnly() {
    events.add("partial", "a");
    events.add("done", "b");

    events.forget();

    assertThat(events.after(0)).extracting(JobEvent::name).containsExactly("done");
  }

  @Test
  void events_large_areBoundedByBytesAndTheNewestStays() {
    JobEvents events = new JobEvents();
    for (int i = 0; i < 10; i++) {
      events.add("partial", "x".repeat(100_000));
    }
    assertThat(events.after(0).stream().map(JobEvent::id)).containsExactly(9L, 10L);
    assertThat(events.bytesAfter(9)).isBetween(100_000L, 100_100L);

    events.add("partial", "x".repeat(1_000_000));

    assertThat(events.after(0).stream().map(JobEvent::id)).containsExactly(11L);
    assertThat(events.bytesAfter(11)).isZero();
  }
}
