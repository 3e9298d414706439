package dev.sidelight.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.DeliveryStatus.State;
import dev.sidelight.logger.Sink.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the delivery table, with a scripted sink and virtual time. */
class DeliveryIT {

  private static final Result BUSY = new Result.Retry("429", 0);
  private static final Result BAD = new Result.Refused("400", "mapping conflict");

  @TempDir Path dir;

  private final ScriptedSink sink = new ScriptedSink();
  private final VirtualPace pace = new VirtualPace();
  private DeadLetters dead;

  @BeforeEach
  void openDeadLetters() throws IOException {
    dead = DeadLetters.open(dir, "test", 1 << 20, new SequenceFormat(0));
  }

  private Delivery delivery(MemoryCursor cursor) {
    return new Delivery(DeliverySettings.of("test"), cursor, sink, dead, pace);
  }

  private static MemoryCursor events(int n) {
    return new MemoryCursor(
        LongStream.rangeClosed(1, n).mapToObj(i -> Events.event(i).build()).toList());
  }

  private List<Long> deadSequences() throws IOException {
    List<Long> sequences = new ArrayList<>();
    dead.forEach(letter -> sequences.add(letter.event().sequence()));
    return sequences;
  }

  @Test
  void success_everythingWrittenAndSettled() throws Exception {
    MemoryCursor cursor = events(5);
    Delivery delivery = delivery(cursor);

    delivery.turn();

    assertThat(cursor.settled).isEqualTo(5);
    assertThat(cursor.written).isEqualTo(5);
    assertThat(sink.sends).containsExactly(List.of(1L, 2L, 3L, 4L, 5L));
    assertThat(delivery.status().state()).isEqualTo(State.RUNNING);
    assertThat(delivery.status().written()).isEqualTo(5);
    assertThat(delivery.status().oldestPendingMicros()).isZero();
  }

  @Test
  void unwanted_skippedAndUncountedInTheLedgerWhenNoExchange() throws Exception {
    MemoryCursor cursor =
        new MemoryCursor(List.of(Events.gap(1), Events.event(2).build(), Events.gap(3)));
    Delivery delivery = delivery(cursor);

    delivery.turn();

    assertThat(sink.sends).containsExactly(List.of(2L));
    assertThat(cursor.settled).isEqualTo(3);
    assertThat(cursor.written).isEqualTo(1);
    assertThat(cursor.skipped).isZero();
    assertThat(delivery.status().skipped()).isEqualTo(2);
  }

  @Test
  void retry_onlyTheFailedOnesAgain_cursorWaitsAtTheHole() throws Exception {
    MemoryCursor cursor = events(4);
    long[] settledAtSecondSend = new long[1];
    sink.then(_ -> List.of(ScriptedSink.WRITTEN, BUSY, ScriptedSink.WRITTEN, BUSY));
    sink.then(
        batch -> {
          settledAtSecondSend[0] = cursor.settled;
          return batch.stream().map(_ -> ScriptedSink.WRITTEN).toList();
        });
    Delivery delivery = delivery(cursor);

    delivery.turn();

    assertThat(sink.sends).containsExactly(List.of(1L, 2L, 3L, 4L), List.of(2L, 4L));
    assertThat(settledAtSecondSend[0]).isEqualTo(1);
    assertThat(cursor.settled).isEqualTo(4);
    assertThat(delivery.status().retries()).isEqualTo(Map.of("429", 2L));
  }

  @Test
  void bulkAnswer_writtenDeadAndRetried_retryCarriesExactlyTwo() throws Exception {
    MemoryCursor cursor = events(5); // 201, 400, 409, 429, 503
    sink.then(
        _ ->
            List.of(
                ScriptedSink.WRITTEN, BAD, ScriptedSink.WRITTEN, BUSY, new Result.Retry("503", 0)));

    delivery(cursor).turn();

    assertThat(sink.sends.get(1)).containsExactly(4L, 5L);
    assertThat(cursor.written).isEqualTo(4);
    assertThat(cursor.dead).isEqualTo(1);
    assertThat(deadSequences()).containsExactly(2L);
  }

  @Test
  void retry_forEver_backoffDoublesToThirtySeconds() throws Exception {
    MemoryCursor cursor = events(1);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      sink.then(
          _ -> {
            times.add(pace.now);
            return List.of(BUSY);
          });
    }
    Delivery delivery = delivery(cursor);

    delivery.turn();

    List<Long> waits = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      waits.add(times.get(i) - times.get(i - 1));
    }
    assertThat(waits)
        .containsExactly(
            100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L);
    assertThat(cursor.written).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.5, 50", "1, 100"})
  void retry_fullJitter_uniformBelowTheCeiling(double chance, long waited) throws Exception {
    pace.chance = chance;
    long start = pace.now;
    sink.thenAll(BUSY);

    delivery(events(1)).turn();

    assertThat(pace.now - start).isEqualTo(waited);
  }

  @ParameterizedTest
  @CsvSource({"2000, 2000", "1000000, 300000", "10, 100"})
  void retry_retryAfter_isAFloorUpToFiveMinutes(long after, long waited) throws Exception {
    long start = pace.now;
    sink.thenAll(new Result.Retry("503", after));

    delivery(events(3)).turn();

    assertThat(pace.now - start).isEqualTo(waited);
  }

  @Test
  void pause_noEventBurnt_oneItemProbesEverySixtySeconds() throws Exception {
    MemoryCursor cursor = events(3);
    sink.thenAll(new Result.Pause("401"));
    sink.thenAll(new Result.Pause("401"));
    sink.thenAll(new Result.Pause("401"));
    long start = pace.now;
    Delivery delivery = delivery(cursor);

    delivery.turn();

    assertThat(sink.sends)
        .containsExactly(
            List.of(1L, 2L, 3L), List.of(1L), List.of(2L), List.of(3L), List.of(1L, 2L));
    assertThat(pace.now - start).isEqualTo(180_000);
    assertThat(cursor.written).isEqualTo(3);
    assertThat(cursor.dead).isZero();
    assertThat(delivery.status().state()).isEqualTo(State.RUNNING);
  }

  @Test
  void pause_whileItLasts_statusSaysWhy() throws Exception {
    MemoryCursor cursor = events(2);
    Delivery delivery = delivery(cursor);
    List<DeliveryStatus> seen = new ArrayList<>();
    sink.thenAll(new Result.Pause("certificate"));
    sink.then(
        batch -> {
          seen.add(delivery.status());
          return batch.stream().map(_ -> ScriptedSink.WRITTEN).toList();
        });

    delivery.turn();

    assertThat(seen.getFirst().state()).isEqualTo(State.PAUSED);
    assertThat(seen.getFirst().cause()).isEqualTo("certificate");
    assertThat(seen.getFirst().oldestPendingMicros()).isEqualTo(Events.NOON + 1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void split_onePoisonAnywhere_sendsAreBounded(int n) throws Exception {
    int most = 1 + 2 * (n == 1 ? 0 : 32 - Integer.numberOfLeadingZeros(n - 1));
    int step = Math.max(1, n / 100);
    for (int poison = 1; poison <= n; poison += step) {
      MemoryCursor cursor = events(n);
      ScriptedSink poisoned = new ScriptedSink();
      long bad = poison;
      for (int i = 0; i < 50; i++) {
        poisoned.then(
            batch ->
                batch.stream()
                    .map(
                        _ ->
                            batch.stream().anyMatch(e -> e.sequence() == bad)
                                ? new Result.Split("400", "bad", false)
                                : ScriptedSink.WRITTEN)
                    .toList());
      }
      new Delivery(DeliverySettings.of("test"), cursor, poisoned, dead, pace).turn();

      assertThat(poisoned.sends).hasSizeLessThanOrEqualTo(most);
      assertThat(cursor.written).isEqualTo(n - 1);
      assertThat(cursor.dead).isEqualTo(1);
      assertThat(cursor.settled).isEqualTo(n);
    }
  }

  @Test
  void split_tooLarge_byteTargetHalvesAndRecovers() throws Exception {
    MemoryCursor cursor = events(2);
    sink.thenAll(new Result.Split("413", "too large", true));
    Delivery delivery = delivery(cursor);
    delivery.turn();

    delivery.turn();

    assertThat(cursor.bytesAsked).isEqualTo(2L << 20);
    assertThat(cursor.written).isEqualTo(2);
  }

  @Test
  void refused_deadLetterWithTheSinksOwnText() throws Exception {
    MemoryCursor cursor = events(1);
    sink.thenAll(new Result.Refused("400", "y".repeat(600)));

    delivery(cursor).turn();

    List<DeadLetter> letters = new ArrayList<>();
    dead.forEach(letters::add);
    assertThat(letters.getFirst().cause()).isEqualTo("400");
    assertThat(letters.getFirst().text()).isEqualTo("y".repeat(500));
    assertThat(cursor.dead).isEqualTo(1);
  }

  @Test
  void twentyRefusedInARow_pausesAndKeepsTheRest() throws Exception {
    MemoryCursor cursor = events(100);
    sink.thenAll(BAD); // all hundred
    sink.thenAll(BAD); // and the first two probes
    sink.thenAll(BAD);
    Delivery delivery = delivery(cursor);
    List<DeliveryStatus> seen = new ArrayList<>();
    sink.then(
        batch -> {
          seen.add(delivery.status());
          return batch.stream().map(_ -> ScriptedSink.WRITTEN).toList();
        });

    delivery.turn();

    assertThat(seen.getFirst().state()).isEqualTo(State.PAUSED);
    assertThat(seen.getFirst().cause()).isEqualTo("refuses_everything");
    assertThat(cursor.dead).isEqualTo(19);
    assertThat(cursor.written).isEqualTo(81);
    assertThat(deadSequences()).hasSize(19).endsWith(19L);
  }

  @Test
  void refusedWithAWrittenBetween_neverPauses() throws Exception {
    MemoryCursor cursor = events(100);
    sink.always(e -> e.sequence() % 20 == 0 ? ScriptedSink.WRITTEN : BAD);

    delivery(cursor).turn();

    assertThat(cursor.dead).isEqualTo(95);
    assertThat(cursor.written).isEqualTo(5);
  }

  @Test
  void sinkThrowsOrAnswersTooFew_isARetry() throws Exception {
    MemoryCursor cursor = events(2);
    sink.then(
        _ -> {
          throw new IllegalStateException("bug");
        });
    sink.then(_ -> List.of(ScriptedSink.WRITTEN));
    Delivery delivery = delivery(cursor);

    delivery.turn();

    assertThat(cursor.written).isEqualTo(2);
    assertThat(delivery.status().retries())
        .isEqualTo(Map.of("IllegalStateException", 2L, "bad_sink_answer", 2L));
  }

  @Test
  void close_running_deliversWhatIsThereAndClosesTheCursor() {
    MemoryCursor cursor = events(2_500);
    Delivery delivery = new Delivery(DeliverySettings.of("test"), cursor, sink, dead);
    delivery.start();

    boolean inTime = delivery.close(Duration.ofSeconds(10));

    assertThat(inTime).isTrue();
    assertThat(cursor.closed).isTrue();
    assertThat(cursor.settled).isGreaterThanOrEqualTo(1_000);
    assertThat(delivery.status().state()).isEqualTo(State.STOPPED);
  }

  @Test
  void close_inBackoff_oneLastAttemptAndNothingIsSkippedOver() throws Exception {
    MemoryCursor cursor = events(3);
    CountDownLatch failing = new CountDownLatch(2);
    sink.always(
        e -> {
          failing.countDown();
          return e.sequence() == 2 ? BUSY : ScriptedSink.WRITTEN;
        });
    Delivery delivery = new Delivery(DeliverySettings.of("test"), cursor, sink, dead);
    delivery.start();
    failing.await();

    boolean inTime = delivery.close(Duration.ofSeconds(10));

    assertThat(inTime).isTrue();
    assertThat(cursor.settled).isEqualTo(1);
    assertThat(sink.sends.getLast()).containsExactly(2L, 3L);
  }

  @Test
  void close_sinkHangs_returnsInTime() throws Exception {
    MemoryCursor cursor = events(1);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    sink.then(
        batch -> {
          inside.countDown();
          try {
            never.await();
          } catch (InterruptedException leftBehind) {
            Thread.currentThread().interrupt();
          }
          return batch.stream().map(_ -> BUSY).toList();
        });
    Delivery delivery = new Delivery(DeliverySettings.of("test"), cursor, sink, dead);
    delivery.start();
    inside.await();

    boolean inTime = delivery.close(Duration.ofMillis(200));

    assertThat(inTime).isFalse();
    assertThat(cursor.settled).isZero();
  }
}
