package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Envelope;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.gateway.BatchKey;
import dev.sidelight.explainers.gateway.PredictorGateway;
import dev.sidelight.explainers.gateway.SessionSpec;
import dev.sidelight.explainers.shap.ShapleyExplainer;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Explains the rows of one request, each on a virtual thread of its own; the gateway merges their
 * rows.
 */
final class RowExplainer {

  private static final int AT_ONCE = 16;
  private static final Cost NOTHING = new Cost(0, 0, 0, 0, 0, 0, 0, 0);

  private final ShapleyExplainer explainer = new ShapleyExplainer();
  private final ExplainMeters meters;
  private final Semaphore workers;

  /**
   * @param atOnce rows explained at the same time, of all requests together
   */
  RowExplainer(ExplainMeters meters, int atOnce) {
    this.meters = meters;
    this.workers = new Semaphore(atOnce, /* fair= */ true);
  }

  ExplainResult explain(
      ExplainCall call,
      ReferenceFit fit,
      Optional<Instances> answers,
      Envelope envelope,
      ExplainOptions options,
      PredictorGateway gateway) {
    BatchKey key =
        new BatchKey(
            call.model().name(),
            call.version(),
            new HttpBackend.Wire(call.protocol(), envelope),
            call.scope());
    List<Instances> xs = rows(fit.request(), call);
    List<Instances> known = answers.map(all -> rows(all, call)).orElse(List.of());
    Semaphore places = new Semaphore(AT_ONCE);
    List<Future<Explained>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < xs.size(); i++) {
        Instances x = xs.get(i);
        Optional<Instances> answer = known.isEmpty() ? Optional.empty() : Optional.of(known.get(i));
        running.add(
            threads.submit(
                () -> {
                  places.acquire();
                  try {
                    workers.acquire();
                    try {
                      return one(call, x, answer, fit.reference(), options, gateway, key);
                    } finally {
                      workers.release();
                    }
                  } finally {
                    places.release();
                  }
                }));
      }
    }
    boolean multiple = xs.size() > 1;
    return new ExplainResult(
        call.model(), call.version(), fit.reference(), options, multiple, collect(running));
  }

  private static List<Instances> rows(Instances all, ExplainCall call) {
    List<Instances> rows = new ArrayList<>();
    for (int r = 0; r < all.rows(); r++) {
      if (call.row().isEmpty() || call.row().getAsInt() == r) {
        rows.add(all.rowsAt(r));
      }
    }
    return rows;
  }

  private Explained one(
      ExplainCall call,
      Instances x,
      Optional<Instances> answer,
      ReferenceSet reference,
      ExplainOptions options,
      PredictorGateway gateway,
      BatchKey key) {
    SessionSpec spec = SessionSpec.interactive(key, options.budget().deadline());
    try (PredictorGateway.Session session =
        gateway
            .open(spec)
            .orElseThrow(
                () ->
                    ServeException.of("quota_exceeded", "the queue of rows to this model is full")
                        .retryAfter(2))) {
      call.onGone().accept(session::cancel);
      answer.ifPresent(known -> session.know(x, known));
      long seed =
          options
              .seed()
              .orElseGet(
                  () -> DefaultSeed.of(x, call.version(), reference.id(), options.settings()));
      ExplainRequest request =
          new ExplainRequest(x, reference, options.settings(), options.budget(), seed);
      Attribution attribution = explainer.explain(request, session, Progress.NONE);
      meters.count(
          new ExplainMeters.Key(
              call.model().name(), attribution.method(), attribution.stopped().word()),
          attribution.cost());
      return new Explained(UUID.randomUUID(), x, attribution);
    } catch (RuntimeException e) {
      meters.count(new ExplainMeters.Key(call.model().name(), "shap", "failed"), NOTHING);
      throw e;
    }
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
