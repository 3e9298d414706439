package dev.sidelight.proxy.serve.job;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.Cost;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.RowListener;
import dev.sidelight.proxy.serve.RunControl;
import dev.sidelight.proxy.serve.ServeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Explains many logged requests, some at a time, so that their rows are merged; one request's
 * failure is its own.
 */
final class LoggedRun {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedRun.class);
  private static final int AT_ONCE = 8;

  private final ExplainService service;
  private final ExplanationLog log;
  private final RunControl control = new RunControl();
  private volatile boolean dropped;

  LoggedRun(ExplainService service, ExplanationLog log) {
    this.service = service;
    this.log = log;
  }

  /** One request to explain, planned when its turn comes. */
  record Item(UUID request, Supplier<ExplainPlan> plan) {}

  /**
   * Returns when all are done, or the rest was stopped.
   *
   * @param outcome takes each request's result, one at a time
   */
  void run(List<Item> items, JobProgress progress, Consumer<ExplainResult> outcome) {
    run(items, progress, outcome, (_, _) -> {});
  }

  /**
   * The same.
   *
   * @param failure takes each request that gave no result, with the code of the reason; in turn
   *     with {@code outcome}
   */
  void run(
      List<Item> items,
      JobProgress progress,
      Consumer<ExplainResult> outcome,
      BiConsumer<UUID, String> failure) {
    Semaphore places = new Semaphore(AT_ONCE);
    AtomicInteger numbers = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Item item : items) {
        places.acquire();
        if (control.isStopped()) {
          break;
        }
        threads.execute(
            () -> {
              try {
                one(item, new Numbered(progress, numbers), outcome, failure);
              } finally {
                places.release();
              }
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      control.stop();
    }
  }

  void stop() {
    control.stop();
  }

  /** What is under way comes to nothing that is kept. */
  void drop() {
    dropped = true;
    control.stop();
  }

  boolean isStopped() {
    return control.isStopped();
  }

  private void one(
      Item item,
      Numbered listener,
      Consumer<ExplainResult> outcome,
      BiConsumer<UUID, String> failure) {
    try {
      ExplainPlan plan = item.plan().get();
      listener.expect(plan);
      ExplainResult result = service.run(plan, UUID.randomUUID(), control, listener);
      if (!dropped) {
        log.keep(result);
      }
      synchronized (this) {
        outcome.accept(result);
      }
    } catch (ServeException | ExplainException | PredictorException | CodecException e) {
      failed(item, listener, e, failure);
    } catch (RuntimeException e) {
      LOG.warn("a logged request could not be explained", e);
      failed(item, listener, e, failure);
    }
  }

  private void failed(
      Item item, Numbered listener, RuntimeException e, BiConsumer<UUID, String> failure) {
    listener.failed(e);
    synchronized (this) {
      failure.accept(item.request(), JobEnvelope.code(e));
    }
  }

  /** Rows of different requests must not share a number. */
  private static final class Numbered implements RowListener {
    private final JobProgress progress;
    private final AtomicInteger numbers;
    private int from;
    private boolean told;

    Numbered(JobProgress progress, AtomicInteger numbers) {
      this.progress = progress;
      this.numbers = numbers;
    }

    void expect(ExplainPlan plan) {
      from = numbers.getAndAdd(plan.size());
      progress.expect(plan.size() - 1, (long) plan.options().budget().rowsMax() * plan.size());
    }

    @Override
    public void started(int at, Supplier<Cost> spent) {
      progress.started(from + at, spent);
    }

    @Override
    public void improved(int at, ExplainResult result, Explained partial, int round) {
      // nobody follows each of many
    }

    @Override
    public void ended(int at, ExplainResult.Row row) {
      synchronized (this) {
        told = true;
      }
      progress.ended(from + at, row);
    }

    void failed(RuntimeException e) {
      boolean counted;
      synchronized (this) {
        counted = told;
      }
      if (!counted) {
        progress.ended(-1, new Failed(JobEnvelope.code(e), String.valueOf(e.getMessage())));
      }
    }
  }

  /** The requests of a job, each with the same question. */
  static List<Item> items(List<UUID> requests, Function<UUID, ExplainPlan> plan) {
    List<Item> items = new ArrayList<>();
    for (UUID request : requests) {
      items.add(new Item(request, () -> plan.apply(request)));
    }
    return items;
  }
}
