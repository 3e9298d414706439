package dev.sidelight.proxy.serve;

import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Explanation;
import dev.sidelight.explainers.Occlusion;
import dev.sidelight.explainers.Players;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.explainers.gateway.SessionSpec;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Explains the rows of one request, each on a virtual thread of its own; the gateway merges their
 * rows.
 */
final class RowExplainer {

  private static final int AT_ONCE = 16;

  /** A row of a job that waits longer, for room or for its turn, is given up. */
  private static final Duration QUEUED_MAX = Duration.ofHours(1);

  private static final Cost NOTHING = new Cost(0, 0, 0, 0, 0, 0, 0, 0);

  private final Explainers explainers = new Explainers();
  private final ExplainMeters meters;
  private final Semaphore workers;

  /**
   * @param atOnce rows explained at the same time, of all requests together
   */
  RowExplainer(ExplainMeters meters, int atOnce) {
    this.meters = meters;
    this.workers = new Semaphore(atOnce, /* fair= */ true);
  }

  /**
   * One request's explanations under way.
   *
   * @param callNanos the longest that the call may take, all its rows together; a job's rows have a
   *     deadline each, and no other
   */
  record Run(
      ExplainPlan plan,
      UUID id,
      RunControl control,
      RowListener listener,
      PredictorGateway gateway,
      Admission admission,
      long begunNanos,
      long callNanos) {

    private long leftNanos() {
      return callNanos - (System.nanoTime() - begunNanos);
    }

    /** A row that had to wait for its turn has what its call has left. */
    private Duration deadline() {
      Duration own = plan.options().budget().deadline();
      if (waitsForRoom()) {
        return own;
      }
      long left = leftNanos();
      if (left <= 0) {
        throw ServeException.of("deadline", "the call's time was over before this row's turn");
      }
      return left < own.toNanos() ? Duration.ofNanos(left) : own;
    }

    private boolean waitsForRoom() {
      return plan.call().pace() != Pace.SYNC;
    }

    private PredictorException ended() {
      return new PredictorException(
          PredictorException.Kind.CANCELLED, "the explanation was ended before its first result");
    }
  }

  /** Who waits in the call is admitted whole, or not at all. */
  ExplainResult explain(Run run) {
    if (run.waitsForRoom()) {
      return explainAll(run);
    }
    long rows = (long) run.plan().options().budget().rowsMax() * run.plan().size();
    try (Admission.Permit _ = run.admission().admit(rows)) {
      return explainAll(run);
    }
  }

  private ExplainResult explainAll(Run run) {
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<Explained>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int at = 0; at < run.plan().size(); at++) {
        int row = at;
        running.add(threads.submit(() -> inItsPlace(run, row, places)));
      }
    }
    return run.plan().empty().with(collect(running));
  }

  private Explained inItsPlace(Run run, int at, Semaphore places) throws InterruptedException {
    places.acquire();
    try {
      return reported(run, at);
    } finally {
      places.release();
    }
  }

  private Explained reported(Run run, int at) throws InterruptedException {
    try {
      Explained explained = admitted(run, at);
      run.listener().ended(at, explained);
      return explained;
    } catch (ExplainException | ServeException | PredictorException e) {
      String method = run.plan().options().method().word();
      meters.count(new ExplainMeters.Key(run.plan().model().name(), method, "failed"), NOTHING);
      run.listener().ended(at, failure(e));
      throw e;
    }
  }

  private Explained admitted(Run run, int at) throws InterruptedException {
    if (!run.waitsForRoom()) {
      return inItsTurn(run, at, run.leftNanos());
    }
    int rows = run.plan().options().budget().rowsMax();
    long until = System.nanoTime() + QUEUED_MAX.toNanos();
    BooleanSupplier given = () -> run.control().isStopped() || System.nanoTime() - until > 0;
    try (Admission.@Nullable Permit permit = run.admission().await(rows, given)) {
      if (permit == null) {
        throw run.control().isStopped() ? run.ended() : expired();
      }
      return inItsTurn(run, at, QUEUED_MAX.toNanos());
    }
  }

  /** Only who is admitted takes a turn: who waits for room must not keep others from theirs. */
  private Explained inItsTurn(Run run, int at, long patienceNanos) throws InterruptedException {
    if (!workers.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS)) {
      throw run.waitsForRoom()
          ? expired()
          : ServeException.of("quota_exceeded", "other explanations left this one no turn")
              .retryAfter(2);
    }
    try {
      return one(run, at);
    } finally {
      workers.release();
    }
  }

  private static ServeException expired() {
    return ServeException.of("expired", "it waited an hour for room among other explanations");
  }

  private Explained one(Run run, int at) {
    ExplainPlan plan = run.plan();
    ExplainOptions options = plan.options();
    if (run.control().isStopped()) {
      throw run.control().isShed() ? Admission.shed() : run.ended();
    }
    Instances x = plan.rows().get(at);
    Optional<Players> places = plan.occlusion(at).map(Occlusion::places);
    UUID id = plan.size() == 1 ? run.id() : UUID.randomUUID();
    SessionSpec spec =
        new SessionSpec(
            plan.call().key(plan.envelope()),
            plan.call().pace().priority(),
            run.deadline(),
            explainers.drawsIndependently(options.settings()));
    try (PredictorGateway.Session session = run.gateway().open(spec).orElseThrow(this::full)) {
      run.control().opened(session);
      plan.known(at).ifPresent(answer -> session.know(x, answer));
      try {
        run.listener().started(at, session::spent);
        Progress progress =
            (partial, round, spent) ->
                run.listener()
                    .improved(
                        at,
                        plan.empty(),
                        new Explained(id, plan.rowNumber(at), x, partial, places),
                        round);
        Explanation explanation = explainers.explain(plan, at, session, progress);
        meters.count(explainers.key(plan, explanation), explainers.cost(explanation));
        return new Explained(id, plan.rowNumber(at), x, explanation, places);
      } catch (ExplainException | PredictorException e) {
        throw run.control().isShed() ? Admission.shed() : endedByTime(session, e);
      } finally {
        run.control().closed(session);
      }
    }
  }

  private ServeException full() {
    return ServeException.of("quota_exceeded", "the queue of rows to this model is full")
        .retryAfter(2);
  }

  /** Nothing was there when the time was over: that is not the request's fault. */
  private static RuntimeException endedByTime(
      PredictorGateway.Session session, RuntimeException cause) {
    boolean late = session.expired() && !session.cancelled();
    return late
        ? ServeException.of("deadline", "the deadline passed before the first round was answered")
        : cause;
  }

  /** One row's failure is its own; when every row failed, the first failure is the answer. */
  private static List<ExplainResult.Row> collect(List<Future<Explained>> running) {
    List<ExplainResult.Row> rows = new ArrayList<>();
    RuntimeException first = null;
    int failed = 0;
    for (Future<Explained> future : running) {
      try {
        rows.add(future.get());
      } catch (ExecutionException e) {
        RuntimeException cause = cause(e);
        first = first == null ? cause : first;
        failed++;
        rows.add(failure(cause));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PredictorException(PredictorException.Kind.CANCELLED, "interrupted");
      }
    }
    if (first != null && failed == rows.size()) {
      throw first;
    }
    return rows;
  }

  private static RuntimeException cause(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }

  private static Failed failure(RuntimeException cause) {
    return switch (cause) {
      case ExplainException e -> new Failed(e.code(), String.valueOf(e.getMessage()));
      case ServeException e -> new Failed(e.code(), String.valueOf(e.getMessage()));
      case PredictorException e ->
          new Failed(BackendFailure.code(e.kind()), String.valueOf(e.getMessage()));
      default -> throw cause; // ours: let it fly
    };
  }
}
