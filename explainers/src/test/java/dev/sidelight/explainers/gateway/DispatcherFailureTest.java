package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DispatcherFailureTest {

  private final VirtualGateway gateway = new VirtualGateway();

  private static boolean holds(int[] names, int... wanted) {
    return IntStream.of(names).anyMatch(n -> IntStream.of(wanted).anyMatch(w -> w == n));
  }

  private void refuse(int status, Kind kind, int... bad) {
    gateway.server =
        (key, rows) -> {
          if (holds(Rows.names(rows), bad)) {
            throw new PredictorException(kind, status, 0, "a bad row");
          }
          return Rows.tenfold(rows);
        };
  }

  private static void assertFails(ThrowingCallable call, Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PredictorException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void refused_badRowsAreFoundByBisection_othersAnswered() {
    refuse(500, Kind.REFUSED, 17, 42);

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 60));
    gateway.run();

    assertThat(ask.result().failed().stream()).containsExactly(17, 42);
    assertThat(Rows.values(ask.result().outputs())[59]).isEqualTo(590);
    assertThat(gateway.dispatcher.meters().failed()).isEqualTo(2);
    assertThat(gateway.calls).hasSizeLessThan(30);
  }

  @Test
  void refused_neighbourOfABadOwner_paysOneCallMore() {
    gateway.ask(gateway.open(), Rows.range(5000, 64)); // keeps the only slot
    refuse(400, Kind.REFUSED, 7);
    Ask bad = gateway.ask(gateway.open(), Rows.range(0, 16));
    Ask good = gateway.ask(gateway.open(), Rows.range(100, 16));
    gateway.run();

    assertThat(bad.result().failed().stream()).containsExactly(7);
    assertThat(good.result().failed().isEmpty()).isTrue();
    assertThat(good.owner.backendCalls).isEqualTo(2);
    assertThat(good.owner.extraCalls).isEqualTo(1);
  }

  @Test
  void refused_everyRow_endsAfter64ExtraCalls() {
    gateway.server =
        (key, rows) -> {
          throw new PredictorException(Kind.REFUSED, 422, 0, "none of these");
        };

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 300));
    gateway.run();

    assertFails(ask::result, Kind.REFUSED);
    assertThat(ask.owner.extraCalls).isEqualTo(Repairs.EXTRA_CALLS_MAX);
    assertThat(gateway.calls).hasSizeLessThan(Repairs.EXTRA_CALLS_MAX + 10);
  }

  @Test
  void refused_bothHalvesPass_lowersTheServersCap() {
    gateway.server =
        (key, rows) -> {
          if (rows.rows() > 40) {
            throw new PredictorException(Kind.REFUSED, 500, 0, "too many, though it does not say");
          }
          return Rows.tenfold(rows);
        };

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 320));
    gateway.run();

    assertThat(ask.result().failed().isEmpty()).isTrue();
    assertThat(gateway.calls.stream().skip(1)).allMatch(call -> call.length <= 40);
  }

  @Test
  void tooLarge_halvesTheCall() {
    gateway.server =
        (key, rows) -> {
          if (rows.rows() > 10) {
            throw new PredictorException(Kind.TOO_LARGE, 413, 0, "too large");
          }
          return Rows.tenfold(rows);
        };

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 200));
    gateway.run();

    assertThat(ask.result().failed().isEmpty()).isTrue();
    assertThat(gateway.calls.getLast().length).isLessThanOrEqualTo(10);
  }

  @Test
  void nanAndInfinity_areFailedRowsAndNeverCached() {
    gateway.server =
        (key, rows) ->
            Rows.answer(
                Arrays.stream(Rows.names(rows))
                    .mapToDouble(n -> n == 1 ? Double.NaN : n == 2 ? 1 / 0.0 : n)
                    .toArray());

    Ask ask = gateway.ask(gateway.open(), Rows.of(0, 1, 2, 1));
    gateway.run();
    Ask again = gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();

    assertThat(ask.result().failed().stream()).containsExactly(1, 2, 3);
    assertThat(Rows.values(ask.result().outputs())[0]).isZero();
    assertThat(gateway.dispatcher.meters().cached()).isZero();
    assertFails(again::result, Kind.BAD_RESPONSE);
  }

  @Test
  void badResponse_wrongRowCount_isAnErrorNotNumbers() {
    gateway.server = (key, rows) -> Rows.answer(1, 2, 3);

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 10));
    gateway.run();

    assertFails(ask::result, Kind.BAD_RESPONSE);
    assertThat(gateway.dispatcher.meters().queued()).isZero();
  }

  @Test
  void badResponse_changedShape_isAnErrorOnceAndServedFromThereOn() {
    gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();
    gateway.server =
        (key, rows) ->
            dev.sidelight.core.tensor.Instances.of(
                "other", Rows.tenfold(rows).tensors().getFirst().tensor());

    Ask changed = gateway.ask(gateway.open(), Rows.of(2));
    gateway.run();
    Ask after = gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();

    assertFails(changed::result, Kind.BAD_RESPONSE);
    assertThat(after.result().outputs().tensor("other")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNREACHABLE", "OVERLOADED", "TIMEOUT"})
  void unavailable_isTriedFourTimesThenGivenUp(Kind kind) {
    gateway.server =
        (key, rows) -> {
          throw new PredictorException(kind, 0, 0, "down");
        };

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 50));
    gateway.run();

    assertFails(ask::result, kind);
    assertThat(gateway.calls).hasSize(4);
    assertThat(gateway.dispatcher.meters().sent()).isEqualTo(50);
    assertThat(gateway.millis()).isLessThan(750);
  }

  @Test
  void retryAfter_isHonouredUpToTenSeconds() {
    gateway.server =
        (key, rows) -> {
          if (gateway.calls.size() == 1) {
            throw new PredictorException(Kind.OVERLOADED, 429, 60_000, "later");
          }
          return Rows.tenfold(rows);
        };

    gateway.ask(gateway.open(), Rows.of(1));
    gateway.at(50, () -> gateway.ask(gateway.open(), Rows.of(2)));
    gateway.run();

    assertThat(gateway.sentAt.get(1)).isBetween(10_000_000_000L, 10_100_000_000L);
  }

  @Test
  void overloaded_halvesW() {
    gateway.latencyMillis = n -> 1;
    Owner owner = gateway.open();
    for (int i = 0; i < 50; i++) {
      gateway.ask(owner, Rows.range(100 * i, 10));
      gateway.run();
    }
    double before = gateway.dispatcher.meters().inFlightLimit();
    gateway.server =
        (key, rows) -> {
          gateway.server = (k, r) -> Rows.tenfold(r);
          throw new PredictorException(Kind.OVERLOADED, 429, 0, "busy");
        };

    gateway.ask(owner, Rows.range(100_000, 10));
    gateway.runFor(2);

    assertThat(before).isGreaterThanOrEqualTo(2);
    assertThat(gateway.dispatcher.meters().inFlightLimit()).isEqualTo(before / 2);
  }

  @Test
  void overloaded503_whileAKnownRowPasses_isTheRowsFault() {
    gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();
    refuse(503, Kind.OVERLOADED, 7);

    Ask ask = gateway.ask(gateway.open(), Rows.of(6, 7, 8));
    gateway.run();

    assertThat(ask.result().failed().stream()).containsExactly(1);
  }

  @Test
  void breaker_fiveFailuresStopAllCallsThenOneSmallProbe() {
    gateway.server =
        (key, rows) -> {
          throw new PredictorException(Kind.UNREACHABLE, "down");
        };
    gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();
    gateway.ask(gateway.open(), Rows.of(2));
    gateway.runFor(100); // the fifth failure in a row

    int before = gateway.calls.size();
    Ask waiting = gateway.ask(gateway.open(), Rows.range(100, 500));
    gateway.runFor(4_000);
    int whileOpen = gateway.calls.size();
    gateway.server = (key, rows) -> Rows.tenfold(rows);
    gateway.run();

    assertThat(before).isEqualTo(5);
    assertThat(whileOpen).isEqualTo(before);
    assertThat(gateway.calls.get(before)).hasSizeLessThanOrEqualTo(Breaker.PROBE_ROWS);
    assertThat(waiting.result().failed().isEmpty()).isTrue();
  }

  @Test
  void retried_callOfManyRows_isOneBackendCallEachTime() {
    gateway.server =
        (key, rows) -> {
          gateway.server = (k, r) -> Rows.tenfold(r);
          throw new PredictorException(Kind.UNREACHABLE, "reset");
        };

    Ask ask = gateway.ask(gateway.open(), Rows.range(0, 50));
    gateway.run();

    assertThat(gateway.calls).hasSize(2);
    assertThat(ask.owner.backendCalls).isEqualTo(2);
    assertThat(ask.owner.rowsSent).isEqualTo(50);
  }

  /** A server that fails the row it has answered before is to blame itself. */
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TOO_LARGE", "REFUSED", "BAD_RESPONSE", "FORBIDDEN"})
  void overloaded503_knownRowFailsOtherwise_isGivenUp(Kind kind) {
    gateway.ask(gateway.open(), Rows.of(1));
    gateway.run();
    gateway.server =
        (key, rows) -> {
          boolean known = Arrays.equals(Rows.names(rows), new int[] {1});
          throw new PredictorException(
              known ? kind : Kind.OVERLOADED, known ? 413 : 503, 0, "busy");
        };

    Ask ask = gateway.ask(gateway.open(), Rows.of(6, 7, 8));
    gateway.run();

    assertThat(ask.isDone()).isTrue();
    assertFails(ask::result, Kind.OVERLOADED);
    assertThat(gateway.dispatcher.meters().inFlight()).isZero();
  }
}
