package dev.sidelight.proxy.serve.job;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.serve.CallScope;
import dev.sidelight.proxy.serve.ExplainPlan;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.ServeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Jobs over many logged requests: a filter's explanations, and importance. Thread-safe. */
public final class LogJobs {

  /** Requests looked at before a job begins. */
  private static final int TRIED_MAX = 20;

  /** What is wrong with a request, and not with the question about it. */
  private static final Set<String> OWN_FAULTS =
      Set.of("payload_incomplete", "request_unknown", "shape_mismatch");

  private final Jobs jobs;
  private final ExplainService service;
  private final EventStore store;
  private final LoggedRows reader;
  private final LoggedCalls calls;
  private final UnfinishedImportance unfinished;

  public LogJobs(
      Jobs jobs,
      ExplainService service,
      EventStore store,
      LoggedRows reader,
      ModelRegistry registry,
      UnfinishedImportance unfinished) {
    this.jobs = jobs;
    this.service = service;
    this.store = store;
    this.reader = reader;
    this.calls = new LoggedCalls(registry);
    this.unfinished = unfinished;
  }

  /**
   * Explains every row of the newest requests that pass a filter, as one job.
   *
   * @param limit requests, 1 to {@link Pace#rowsMax} of BULK
   * @throws ServeException when the question is at fault or none of the newest can be explained,
   *     {@code request_unknown} when there is none, {@code explain_too_large}
   * @throws dev.sidelight.logger.QueryException when the filter does not parse
   */
  public Jobs.Ticket bulk(
      String model,
      String filter,
      int limit,
      Map<String, Object> parameters,
      CallScope scope,
      Jobs.Wish wish) {
    int most = Pace.BULK.rowsMax();
    if (limit < 1 || limit > most) {
      throw ServeException.of(
              "explain_too_large",
              "a job explains at most %d requests, %d are asked for".formatted(most, limit))
          .at("/limit", "in [1, " + most + "]", Integer.toString(limit));
    }
    List<UUID> requests = new LoggedSelection(store, model, filter).newest(limit);
    if (requests.isEmpty()) {
      throw ServeException.of(
          "request_unknown", "no logged request of this model passes the filter");
    }
    ExplainPlan first = first(requests, parameters, scope);
    List<LoggedRun.Item> items =
        LoggedRun.items(requests, request -> plan(request, OptionalInt.empty(), parameters, scope));
    JobAbout about =
        new JobAbout(model, first.call().version(), first.options().method().word(), true);
    Work work = new BulkWork(new LoggedRun(service, jobs.log()), items);
    UUID id = UUID.randomUUID();
    return jobs.submit(about, first.naturalKey() + " " + filter + " " + limit, work, wish, id);
  }

  /**
   * A question about one of them, so that what is wrong with it is told at once. A request that was
   * not kept whole, or has other columns, is its own affair: the next one is tried.
   */
  private ExplainPlan first(List<UUID> requests, Map<String, Object> parameters, CallScope scope) {
    RuntimeException unreadable = new IllegalStateException("no requests");
    for (UUID request : requests.subList(0, Math.min(TRIED_MAX, requests.size()))) {
      try {
        return plan(request, OptionalInt.empty(), parameters, scope);
      } catch (ServeException e) {
        if (!OWN_FAULTS.contains(e.code())) {
          throw e;
        }
        unreadable = e;
      } catch (CodecException e) {
        unreadable = e;
      }
    }
    throw unreadable;
  }

  /**
   * Global importance of a model's features, from its traffic. It is begun anew after a restart.
   *
   * @throws dev.sidelight.logger.QueryException when the filter does not parse
   */
  public Jobs.Ticket importance(ImportanceSpec spec, CallScope scope, Jobs.Wish wish) {
    Jobs.Ticket ticket = begin(UUID.randomUUID(), spec, scope, wish);
    if (!ticket.repeated()) {
      unfinished.keep(ticket.job().id(), spec);
    }
    return ticket;
  }

  private Jobs.Ticket begin(UUID id, ImportanceSpec spec, CallScope scope, Jobs.Wish wish) {
    LoggedSelection selection = new LoggedSelection(store, spec.model(), spec.filter());
    Map<String, Object> question = new HashMap<>();
    question.put("seed", spec.seed());
    ImportanceWork work =
        new ImportanceWork(
            spec,
            store,
            new LoggedRun(service, jobs.log()),
            new StratifiedRows(store, selection, reader),
            (request, row) -> plan(request, OptionalInt.of(row), question, scope),
            jobs.log(),
            unfinished::isClosing);
    JobAbout about = new JobAbout(spec.model(), "", "importance", true);
    return jobs.submit(about, spec.toString(), unfinished.forgotten(work), wish, id);
  }

  /** Goes on with what a stop has cut off; credentials of those who asked are gone. */
  public void resume() {
    unfinished
        .all()
        .forEach(
            (id, spec) -> {
              Jobs.Ticket _ =
                  begin(id, spec, CallScope.NONE, new Jobs.Wish(true, /* anew= */ true, ""));
            });
  }

  private ExplainPlan plan(
      UUID request, OptionalInt row, Map<String, Object> parameters, CallScope scope) {
    StoredRequest stored =
        store
            .request(request)
            .orElseThrow(() -> ServeException.of("request_unknown", "it is no longer in the log"));
    return service.plan(calls.of(stored, row, parameters, scope, Pace.BULK));
  }
}
