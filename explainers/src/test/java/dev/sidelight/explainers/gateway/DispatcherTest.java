package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {

  private final PredictorException gone =
      new PredictorException(Kind.CANCELLED, "the test cancelled");

  @Test
  void ask_duplicates_askedOnceAndFannedOutInOrder() {
    VirtualGateway gateway = new VirtualGateway();
    Owner one = gateway.open();
    Owner two = gateway.open();

    Ask first = gateway.ask(one, Rows.of(3, 1, 3, 2, 1));
    Ask second = gateway.ask(two, Rows.of(2, 4, 3));
    gateway.run();

    assertThat(Rows.values(first.result().outputs())).containsExactly(30, 10, 30, 20, 10);
    assertThat(Rows.values(second.result().outputs())).containsExactly(20, 40, 30);
    assertThat(first.result().failed().isEmpty()).isTrue();
    GatewayMeters meters = gateway.dispatcher.meters();
    assertThat(meters.logical()).isEqualTo(8);
    assertThat(meters.asked()).isEqualTo(6);
    assertThat(meters.sent()).isEqualTo(4);
    assertThat(meters.joined()).isEqualTo(2);
    assertThat(two.rowsSent).isEqualTo(1);
    assertThat(two.cacheHits).isEqualTo(2);
  }

  @Test
  void ask_again_answeredByTheCacheWithoutACall() {
    VirtualGateway gateway = new VirtualGateway();
    gateway.ask(gateway.open(), Rows.of(1, 2));
    gateway.run();
    int calls = gateway.calls.size();

    Ask again = gateway.ask(gateway.open(), Rows.of(2, 1));

    assertThat(again.isDone()).isTrue();
    assertThat(Rows.values(again.result().outputs())).containsExactly(20, 10);
    assertThat(gateway.calls).hasSize(calls);
    assertThat(gateway.dispatcher.meters().cached()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 4096})
  void ask_anyBatchSize_sameAnswers(int rowsPerCall) {
    VirtualGateway gateway =
        new VirtualGateway(
            VirtualGateway.settings().withRowsPerCallMax(rowsPerCall), VirtualGateway.quiet());
    SplittableRandom random = new SplittableRandom(42);
    int[] names = random.ints(300, 0, 200).toArray();

    Ask ask = gateway.ask(gateway.open(), Rows.of(names));
    gateway.run();

    assertThat(Rows.values(ask.result().outputs()))
        .isEqualTo(Rows.values(Rows.tenfold(Rows.of(names))));
    assertThat(gateway.calls).allMatch(call -> call.length <= rowsPerCall);
  }

  @Test
  void open_newRevision_emptiesTheCache() {
    VirtualGateway gateway = new VirtualGateway();
    gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();

    BatchKey next = new BatchKey("m", "2", "envelope", "alice");
    Ask ask = gateway.ask(gateway.open(next, Priority.INTERACTIVE), Rows.of(1));
    gateway.run();
    Ask back = gateway.ask(gateway.open(), Rows.of(1));

    assertThat(ask.isDone()).isTrue();
    assertThat(gateway.dispatcher.meters().cached()).isZero();
    assertThat(back.isDone()).isFalse();
  }

  @Test
  void cache_unversionedAnswer_agesInAMinute() {
    VirtualGateway gateway = new VirtualGateway();
    BatchKey untold = new BatchKey("m", "", "envelope", "alice");
    Owner owner = gateway.open(untold, Priority.INTERACTIVE);
    gateway.ask(owner, Rows.of(1));
    gateway.run();

    gateway.runFor(59_000);
    Ask young = gateway.ask(owner, Rows.of(1));
    gateway.runFor(2_000);
    Ask old = gateway.ask(owner, Rows.of(1));

    assertThat(young.isDone()).isTrue();
    assertThat(old.isDone()).isFalse();
  }

  @Test
  void ask_twoCredentials_shareNeitherCallNorCache() {
    VirtualGateway gateway = new VirtualGateway();
    BatchKey bob = new BatchKey("m", "1", "envelope", "bob");
    Owner alice = gateway.open();
    Owner other = gateway.open(bob, Priority.INTERACTIVE);

    gateway.ask(alice, Rows.of(1, 2));
    gateway.ask(other, Rows.of(1, 2));
    gateway.run();

    assertThat(gateway.keys).containsExactlyInAnyOrder(VirtualGateway.KEY, bob);
    assertThat(gateway.dispatcher.meters().sent()).isEqualTo(4);
    assertThat(gateway.dispatcher.meters().cached()).isZero();
  }

  @Test
  void poll_freeSlot_nothingWaits() {
    VirtualGateway gateway = new VirtualGateway();

    Ask ask = gateway.ask(gateway.open(), Rows.of(1));

    assertThat(gateway.calls).hasSize(1);
    assertThat(ask.isDone()).isFalse();
    gateway.run();
    assertThat(gateway.millis()).isBetween(4.0, 4.1);
    assertThat(gateway.dispatcher.wakeAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void poll_oneOfTwoOwners_heldToAlignThenSent() {
    VirtualGateway gateway = new VirtualGateway();
    Owner one = gateway.open();
    gateway.ask(one, Rows.range(0, 200));
    gateway.run();
    Owner two = gateway.open();
    int before = gateway.calls.size();
    long start = gateway.now;

    gateway.ask(one, Rows.range(1000, 10));
    int whileHeld = gateway.calls.size();
    gateway.at(0.3, () -> gateway.ask(two, Rows.range(2000, 10)));
    gateway.run();
    Ask alone = gateway.ask(one, Rows.range(3000, 10));
    long asked = gateway.now;
    gateway.run();

    assertThat(whileHeld).isEqualTo(before);
    assertThat(gateway.calls.get(before)).hasSize(20);
    assertThat(gateway.sentAt.get(before) - start).isLessThan(VirtualGateway.nanos(0.31));
    assertThat(gateway.sentAt.getLast() - asked).isBetween(1L, VirtualGateway.nanos(1));
    assertThat(alone.isDone()).isTrue();
  }

  @Test
  void poll_hugeOwner_delaysASmallOneByTwoCallsAtMost() {
    VirtualGateway gateway = new VirtualGateway();
    gateway.ask(gateway.open(), Rows.range(0, 100_000));
    gateway.runFor(500);

    int before = gateway.calls.size();
    Ask small = gateway.ask(gateway.open(), Rows.range(200_000, 50));
    while (!small.isDone()) {
      gateway.runFor(1);
    }

    int carrier =
        IntStream.range(before, gateway.calls.size())
            .filter(c -> IntStream.of(gateway.calls.get(c)).anyMatch(n -> n >= 200_000))
            .findFirst()
            .orElseThrow();
    assertThat(carrier - before).isLessThanOrEqualTo(2);
  }

  @Test
  void drop_freesTheQueueAtOnceAndCountsWaste() {
    VirtualGateway gateway = new VirtualGateway();
    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 1000));
    assertThat(gateway.dispatcher.meters().queued()).isEqualTo(1000 - BatchSizer.START);

    gateway.dispatcher.drop(ask, gone);

    GatewayMeters meters = gateway.dispatcher.meters();
    assertThat(meters.queued()).isZero();
    assertThat(meters.dropped()).isEqualTo(1000 - BatchSizer.START);
    gateway.run();
    assertThat(gateway.dispatcher.meters().wasted()).isEqualTo(BatchSizer.START);
    assertThat(gateway.calls).hasSize(1);
    assertThatThrownBy(ask::result).isInstanceOf(PredictorException.class);
  }

  @Test
  void drop_rowsOthersWant_areHandedOver() {
    VirtualGateway gateway = new VirtualGateway();
    gateway.ask(gateway.open(), Rows.range(5000, 64)); // keeps the only slot
    Ask first = gateway.ask(gateway.open(), Rows.of(1, 2));
    Ask second = gateway.ask(gateway.open(), Rows.of(2, 3));

    gateway.dispatcher.drop(first, gone);
    gateway.run();

    assertThat(Rows.values(second.result().outputs())).containsExactly(20, 30);
    assertThat(second.owner.rowsSent).isEqualTo(2);
    assertThat(gateway.calls.stream().flatMapToInt(Arrays::stream)).doesNotContain(1);
  }

  @Test
  void open_fullQueue_isRefusedAndOneUnderWayWaitsForRoom() {
    GatewaySettings small =
        new GatewaySettings(
            100,
            1 << 20,
            0,
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            10,
            1 << 20,
            1,
            Double.POSITIVE_INFINITY);
    VirtualGateway gateway = new VirtualGateway(small, VirtualGateway.quiet());
    Owner one = gateway.open();
    Owner two = gateway.open();

    Ask large = gateway.ask(one, Rows.range(0, 300));
    Ask other = gateway.ask(two, Rows.range(1000, 300));
    Owner refused =
        gateway.dispatcher.open(
            SessionSpec.interactive(VirtualGateway.KEY, Duration.ofSeconds(1)), gateway.now);
    gateway.run();

    assertThat(refused).isNull();
    assertThat(Rows.values(large.result().outputs())).hasSize(300);
    assertThat(Rows.values(other.result().outputs())).endsWith(12_990);
  }

  @Test
  void noise_secondAnswerDiffers_modelIsNotDeterministicAndDrawsAreApart() {
    VirtualGateway gateway = new VirtualGateway();
    SplittableRandom noise = new SplittableRandom(1);
    gateway.server = (key, rows) -> Rows.answer(noise.doubles(rows.rows()).toArray());

    gateway.ask(gateway.open(), Rows.range(0, 10));
    gateway.run();
    Ask draws = gateway.ask(gateway.open(), Rows.of(1, 1, 1), false);
    gateway.run();

    assertThat(gateway.dispatcher.isNoisy()).isTrue();
    assertThat(Arrays.stream(Rows.values(draws.result().outputs())).distinct()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void noise_lastDigitsOfTheBatch_areNone(int rowsPerCall) {
    VirtualGateway gateway =
        new VirtualGateway(
            VirtualGateway.settings().withRowsPerCallMax(rowsPerCall), VirtualGateway.quiet());
    gateway.server =
        (key, rows) -> {
          double[] values = Rows.values(Rows.tenfold(rows));
          return Rows.answer(
              Arrays.stream(values).map(v -> v * (1 + 1e-9 * values.length)).toArray());
        };

    gateway.ask(gateway.open(), Rows.range(1, 150));
    gateway.run();

    assertThat(gateway.dispatcher.isNoisy()).isFalse();
    assertThat(gateway.calls.stream().flatMapToInt(Arrays::stream).filter(n -> n == 1).count())
        .isBetween(2L, 3L);
  }

  /** The ride of the revision before ends after the new one's began: two models, no noise. */
  @Test
  void noise_rideOfTheRevisionBefore_saysNothingOfTheNewOne() {
    VirtualGateway gateway = new VirtualGateway();
    gateway.ask(gateway.open(), Rows.of(1, 2));
    gateway.run();
    gateway.ask(gateway.open(), Rows.of(3, 4)); // row 1 rides for the second time
    gateway.runFor(2);
    assertThat(gateway.calls.getLast()).containsExactly(3, 4, 1);

    BatchKey next = new BatchKey("m", "2", "envelope", "alice");
    Ask ask = gateway.ask(gateway.open(next, Priority.INTERACTIVE), Rows.of(1, 5));
    gateway.run();

    assertThat(ask.isDone()).isTrue();
    assertThat(gateway.dispatcher.isNoisy()).isFalse();
  }

  @Test
  void noise_rideLost_ridesAgain() {
    VirtualGateway gateway =
        new VirtualGateway(VirtualGateway.settings().withRowsPerCallMax(1), VirtualGateway.quiet());
    SplittableRandom noise = new SplittableRandom(1);
    gateway.server =
        (key, rows) -> {
          if (gateway.calls.size() == 2) {
            throw new PredictorException(Kind.UNREACHABLE, "reset");
          }
          return Rows.answer(noise.doubles(rows.rows()).toArray());
        };

    gateway.ask(gateway.open(), Rows.range(0, 4));
    gateway.run();

    assertThat(gateway.dispatcher.isNoisy()).isTrue();
  }

  @Test
  void submit_droppedBefore_sendsNothing() {
    VirtualGateway gateway = new VirtualGateway();
    Owner owner = gateway.open();
    Instances rows = Rows.range(0, 10);
    Lane lane = gateway.dispatcher.lane(owner.spec.key(), RowShape.of(rows));
    AskRows distinct = AskRows.of(rows, lane.id, new RowHasher(new HashKey(1, 2)), true);
    Ask ask = new Ask(owner, lane, distinct, true, gateway.now);

    gateway.dispatcher.drop(ask, gone);
    gateway.dispatcher.submit(ask);
    gateway.pump();
    gateway.run();

    assertThat(gateway.calls).isEmpty();
    assertThat(gateway.dispatcher.meters().asked()).isZero();
    assertThat(gateway.dispatcher.meters().queued()).isZero();
  }

  /** Whatever is asked, cancelled and refused: everyone gets his answers, every row is counted. */
  @Property(tries = 60)
  void rowsAsked_areAlwaysAccountedFor(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int cap) {
    SplittableRandom random = new SplittableRandom(seed);
    VirtualGateway gateway =
        new VirtualGateway(
            VirtualGateway.settings().withRowsPerCallMax(cap), VirtualGateway.quiet());
    gateway.server =
        (key, rows) -> {
          if (IntStream.of(Rows.names(rows)).anyMatch(n -> n == 13)) {
            throw new PredictorException(Kind.REFUSED, 400, 0, "13 is not welcome");
          }
          if (random.nextInt(20) == 0) {
            throw new PredictorException(Kind.OVERLOADED, 429, 0, "busy");
          }
          return Rows.tenfold(rows);
        };
    List<Ask> asks = new ArrayList<>();

    for (int i = 0; i < 12; i++) {
      int[] names = random.ints(1 + random.nextInt(60), 0, 80).toArray();
      Ask ask = gateway.ask(gateway.open(), Rows.of(names));
      asks.add(ask);
      if (random.nextInt(4) == 0) {
        gateway.at(random.nextInt(20), () -> gateway.dispatcher.drop(ask, gone));
      }
      gateway.runFor(random.nextInt(6));
    }
    gateway.run();

    assertThat(asks).allMatch(Ask::isDone);
    GatewayMeters meters = gateway.dispatcher.meters();
    assertThat(meters.queued()).isZero();
    assertThat(meters.inFlight()).isZero();
  }
}
