package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.predict.PredictorException.Kind;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.RowAnswers;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import dev.sidelight.explainers.gateway.PredictorGateway.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads around the dispatcher, with real threads and no socket. */
@Timeout(20)
class PredictorGatewayTest {

  private static final SessionSpec SPEC =
      SessionSpec.interactive(VirtualGateway.KEY, Duration.ofSeconds(10));

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private PredictorGateway gateway(Backend backend) {
    return new PredictorGateway(
        VirtualGateway.settings(),
        backend,
        VirtualGateway.quiet(),
        new GatewayRuntime(System::nanoTime, threads, 1, new HashKey(1, 2)));
  }

  @Test
  void know_anAnswerGivenBefore_isNotAskedAgain() {
    List<Integer> sent = new ArrayList<>();
    PredictorGateway gateway =
        gateway(
            (key, rows, timeout) -> {
              for (int name : Rows.names(rows)) {
                sent.add(name);
              }
              return Rows.tenfold(rows);
            });

    try (Session session = gateway.open(SPEC).orElseThrow()) {
      session.know(Rows.of(7), Rows.answer(70));
      session.know(Rows.of(8), Rows.answer(Double.NaN));

      RowAnswers answers = session.ask(Rows.of(7, 8));

      assertThat(Rows.values(answers.outputs())).containsExactly(70, 80);
      assertThat(sent).contains(8).doesNotContain(7);
      assertThat(session.spent().cacheHits()).isEqualTo(1);
    }
  }

  @Test
  void askInPieces_severalPieces_areOneRoundTrip() {
    PredictorGateway gateway = gateway((key, rows, timeout) -> Rows.tenfold(rows));
    List<RowAnswers> answers = new ArrayList<>();

    try (Session session = gateway.open(SPEC).orElseThrow()) {
      session.askInPieces(
          List.of(Rows.of(1, 2), Rows.of(3), Rows.of(4, 5)).iterator(), answers::add);

      assertThat(answers).hasSize(3);
      assertThat(session.spent().roundTrips()).isEqualTo(1);
      assertThat(session.spent().rowsAsked()).isEqualTo(5);
    }
  }

  @Test
  void ask_manySessionsAtOnce_everyoneGetsHisOwnInOrder() throws Exception {
    PredictorGateway gateway = gateway((key, rows, timeout) -> Rows.tenfold(rows));
    List<Future<Boolean>> answers = new ArrayList<>();

    for (int s = 0; s < 64; s++) {
      int from = 37 * s;
      answers.add(threads.submit(() -> asksTenTimes(gateway, from)));
    }

    for (Future<Boolean> answer : answers) {
      assertThat(answer.get()).isTrue();
    }
    GatewayMeters meters = gateway.meters();
    assertThat(meters.asked())
        .isEqualTo(meters.sent() + meters.cached() + meters.joined() + meters.dropped());
    assertThat(meters.logical()).isEqualTo(64 * 10 * 100);
    assertThat(meters.sessions()).isZero();
  }

  private static boolean asksTenTimes(PredictorGateway gateway, int from) {
    try (Session session = gateway.open(SPEC).orElseThrow()) {
      for (int round = 0; round < 10; round++) {
        RowAnswers answers = session.ask(Rows.range(from + 50 * round, 100));
        for (int i = 0; i < 100; i++) {
          if (Rows.values(answers.outputs())[i] != 10.0 * (from + 50 * round + i)) {
            return false;
          }
        }
      }
      Cost cost = session.spent();
      return cost.rowsLogical() == 1000 && cost.rowsAsked() == 550 && cost.roundTrips() == 10;
    }
  }

  @Test
  void cancel_blockedAsk_endsAsCancelled() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    PredictorGateway gateway =
        gateway(
            (key, rows, timeout) -> {
              called.countDown();
              return waitFor(never);
            });
    Session session = gateway.open(SPEC).orElseThrow();

    Future<RowAnswers> asked = threads.submit(() -> session.ask(Rows.of(1)));
    called.await();
    session.cancel();

    assertThatThrownBy(asked::get)
        .cause()
        .isInstanceOfSatisfying(
            PredictorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    assertThat(session.cancelled()).isTrue();
    assertThat(session.expired()).isTrue();
    gateway.close();
    assertThat(gateway.open(SPEC)).isEmpty();
  }

  @Test
  void ask_deadlinePasses_endsAsCancelledThoughNobodyCancelled() {
    CountDownLatch never = new CountDownLatch(1);
    PredictorGateway gateway = gateway((key, rows, timeout) -> waitFor(never));
    Session session =
        gateway
            .open(SessionSpec.interactive(VirtualGateway.KEY, Duration.ofMillis(20)))
            .orElseThrow();

    assertThatThrownBy(() -> session.ask(Rows.of(1)))
        .isInstanceOfSatisfying(
            PredictorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CANCELLED));
    assertThat(session.cancelled()).isFalse();
    assertThat(session.expired()).isTrue();
  }

  @Test
  void ask_refusedOnceByABusyServer_isRetriedByTheTimer() {
    CountDownLatch first = new CountDownLatch(1);
    PredictorGateway gateway =
        gateway(
            (key, rows, timeout) -> {
              if (first.getCount() == 1) {
                first.countDown();
                throw new PredictorException(Kind.OVERLOADED, 429, 0, "busy");
              }
              return Rows.tenfold(rows);
            });

    try (Session session = gateway.open(SPEC).orElseThrow()) {
      assertThat(Rows.values(session.ask(Rows.of(4)).outputs())).containsExactly(40);
    }
    assertThat(gateway.meters().retries()).containsEntry("overloaded", 1L);
  }

  @Test
  void ask_backendThrowsSomethingElse_endsAsBadResponse() {
    PredictorGateway gateway =
        gateway(
            (key, rows, timeout) -> {
              throw new IllegalStateException("a bug of ours");
            });

    try (Session session = gateway.open(SPEC).orElseThrow()) {
      assertThatThrownBy(() -> session.ask(Rows.of(1)))
          .isInstanceOfSatisfying(
              PredictorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_RESPONSE));
    }
  }

  private static Instances waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new PredictorException(Kind.UNREACHABLE, "never");
  }
}
