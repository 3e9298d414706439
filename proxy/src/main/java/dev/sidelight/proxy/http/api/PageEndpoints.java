package dev.sidelight.proxy.http.api;

import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.predict.PredictorException;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.filter.Column;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.page.Asset;
import dev.sidelight.proxy.page.Assets;
import dev.sidelight.proxy.page.Document;
import dev.sidelight.proxy.page.ExplanationScreen;
import dev.sidelight.proxy.page.FilterChoice;
import dev.sidelight.proxy.page.Guard;
import dev.sidelight.proxy.page.Links;
import dev.sidelight.proxy.page.Page;
import dev.sidelight.proxy.page.PlainScreen;
import dev.sidelight.proxy.page.RequestScreen;
import dev.sidelight.proxy.page.RequestsScreen;
import dev.sidelight.proxy.page.Visit;
import dev.sidelight.proxy.page.WhatIfCard;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.ServeException;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.Jobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** {@code /ui}: what a call asks of a screen, and the screen's answer with its guards. */
final class PageEndpoints {

  private static final long SMALL = 1 << 16;

  /**
   * The screens.
   *
   * @param plain for what is not there
   */
  record Screens(
      RequestsScreen requests,
      RequestScreen request,
      ExplanationScreen explanation,
      PlainScreen plain) {}

  private final Screens screens;
  private final Assets assets;
  private final EventStore store;
  private final LoggedExplanations explanations;
  private final Jobs jobs;
  private final IntSupplier dataPort;
  private final LongSupplier wallMicros;

  PageEndpoints(
      Screens screens,
      Assets assets,
      EventStore store,
      LoggedExplanations explanations,
      Jobs jobs,
      IntSupplier dataPort,
      LongSupplier wallMicros) {
    this.screens = screens;
    this.assets = assets;
    this.store = store;
    this.explanations = explanations;
    this.jobs = jobs;
    this.dataPort = dataPort;
    this.wallMicros = wallMicros;
  }

  void register(Routes.Builder routes) {
    Listener at = Listener.MANAGEMENT;
    Role read = Role.READ_LOGS;
    routes
        .endpoint(at, "GET", "/", read, SMALL, _ -> redirect(Links.requests("", 50, "")))
        .endpoint(at, "GET", "/ui", read, SMALL, _ -> redirect(Links.requests("", 50, "")))
        .endpoint(at, "GET", "/ui/assets/{version}/{name}", read, SMALL, this::asset)
        .endpoint(at, "GET", "/ui/requests", read, SMALL, this::requests)
        .endpoint(at, "GET", "/ui/requests/{id}", read, SMALL, this::request)
        .endpoint(at, "GET", "/ui/requests/{id}/explanation", read, SMALL, this::explanation)
        .endpoint(at, "POST", "/ui/requests/{id}/explanation", Role.EXPLAIN, SMALL, this::explain)
        .endpoint(at, "POST", "/ui/requests/{id}/what-if", Role.EXPLAIN, SMALL, this::whatIf)
        .endpoint(at, "GET", "/ui/{path*}", read, SMALL, this::nothing);
  }

  private static Answer redirect(String to) {
    return new Answer.Whole(303, Map.of("Location", to, "Cache-Control", "no-store"), new byte[0]);
  }

  private Answer asset(Call call) {
    Optional<Asset> found =
        assets.find(
            call.parameters().getOrDefault("version", ""),
            call.parameters().getOrDefault("name", ""));
    if (found.isEmpty()) {
      return nothing(call);
    }
    Asset asset = found.get();
    Map<String, String> headers = new HashMap<>(Guard.asset(asset));
    boolean packed = call.header("accept-encoding").orElse("").contains("gzip");
    if (packed) {
      headers.put("Content-Encoding", "gzip");
    }
    return new Answer.Whole(200, headers, packed ? asset.gzip() : asset.bytes());
  }

  private Answer requests(Call call) {
    String filter = call.query("filter").orElse("").strip();
    int limit = number(call.query("limit"), RequestsScreen.LIMIT, 1, RequestQuery.LIMIT_MAX);
    if (call.query().keySet().stream().anyMatch(name -> name.startsWith("was-"))) {
      return redirect(Links.requests(folded(call, filter), limit, ""));
    }
    String cursor = call.query("cursor").orElse("");
    return answer(screens.requests().show(new RequestQuery(filter, limit, cursor), visit(call)));
  }

  /** The filter with what was chosen anew in a list. */
  private static String folded(Call call, String filter) {
    String folded = filter;
    for (Column column : List.of(Column.MODEL, Column.VERSION, Column.STATUS)) {
      String choice = call.query(column.word()).orElse("");
      if (!choice.equals(call.query("was-" + column.word()).orElse(""))) {
        folded = FilterChoice.fold(folded, column, choice);
      }
    }
    return folded;
  }

  private Answer request(Call call) {
    return stored(call)
        .map(request -> answer(screens.request().show(request, row(call), visit(call))))
        .orElseGet(() -> nothing(call));
  }

  private Answer explanation(Call call) {
    Optional<StoredRequest> stored = stored(call);
    if (stored.isEmpty()) {
      return nothing(call);
    }
    Optional<String> id = call.query("id");
    return id.isPresent()
        ? one(call, stored.get(), id.get())
        : answer(screens.explanation().show(stored.get(), row(call), visit(call)));
  }

  /** A certain explanation: while it is made, when it is made, and when only the log has it. */
  private Answer one(Call call, StoredRequest stored, String id) {
    Optional<Job> job = ExplanationId.parse(id).flatMap(jobs::find);
    if (job.isEmpty()) {
      return screens
          .explanation()
          .show(stored, row(call), id, visit(call))
          .map(this::answer)
          .orElseGet(() -> nothing(call));
    }
    Optional<Document> best =
        KeptDocuments.of(job.get()).flatMap(json -> Document.read(json, row(call)));
    if (!job.get().state().isFinal()) {
      return answer(screens.explanation().running(stored, row(call), id, best, visit(call)));
    }
    if (best.isPresent()) {
      return answer(screens.explanation().explained(stored, row(call), best.get(), visit(call)));
    }
    Optional<RuntimeException> failure = job.get().failure();
    return failure.isPresent() && !job.get().state().word().equals("cancelled")
        ? refused(call, stored, failure.get())
        : failed(call, stored, 409, "This explanation was cancelled before it had a result.", "");
  }

  /** Makes an explanation and shows it; the same address shows it again from the log. */
  private Answer explain(Call call) throws IOException {
    SameOrigin.check(call, false);
    Optional<StoredRequest> stored = stored(call);
    if (stored.isEmpty()) {
      return nothing(call);
    }
    int row = row(call);
    Map<String, Object> parameters = new HashMap<>();
    Map<String, String> form = Form.read(call.body());
    for (String name : List.of("rowsMax", "method", "interactions")) {
      if (!form.getOrDefault(name, "").isEmpty()) {
        parameters.put(name, form.getOrDefault(name, ""));
      }
    }
    try {
      ExplainResult result =
          explanations.explain(call, stored.get(), OptionalInt.of(row), parameters);
      return switch (result.rows().get(0)) {
        case Explained explained -> {
          byte[] json = LoggedExplanations.document(result, explained);
          yield answer(
              screens
                  .explanation()
                  .explained(
                      stored.get(), row, Document.read(json, row).orElseThrow(), visit(call)));
        }
        case Failed failed -> failed(call, stored.get(), 422, failed.detail(), "");
      };
    } catch (ServeException
        | PredictorException
        | ExplainException
        | CodecException
        | ProblemException e) {
      return refused(call, stored.get(), e);
    }
  }

  private Answer whatIf(Call call) {
    SameOrigin.check(call, false);
    return stored(call)
        .map(
            request -> {
              WhatIfCard.Asked asked = explanations.whatIf(call, request, row(call));
              int status = asked.fault().isEmpty() ? 200 : 422;
              return answer(
                  screens.explanation().whatIf(status, request, row(call), asked, visit(call)));
            })
        .orElseGet(() -> nothing(call));
  }

  private Answer refused(Call call, StoredRequest stored, RuntimeException why) {
    return switch (why) {
      case ServeException e ->
          failed(call, stored, e.retryAfterSeconds().isPresent() ? 429 : 422, text(e), e.hint());
      case PredictorException e ->
          failed(call, stored, 502, "The model did not answer: " + text(e), "");
      case ExplainException e -> failed(call, stored, 422, text(e), "");
      case CodecException e -> failed(call, stored, 422, text(e), "");
      case ProblemException e ->
          failed(call, stored, e.problem().status(), e.problem().detail(), e.problem().hint());
      default -> failed(call, stored, 500, "Something went wrong here; the log says what.", "");
    };
  }

  private Answer failed(Call call, StoredRequest stored, int status, String detail, String hint) {
    return answer(
        screens.explanation().failed(status, stored, row(call), detail, hint, visit(call)));
  }

  private static String text(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private Answer nothing(Call call) {
    return answer(
        screens
            .plain()
            .show(
                404,
                "Not here",
                "Nothing is kept under this address: it never was, or it is older than the log.",
                visit(call)));
  }

  private Optional<StoredRequest> stored(Call call) {
    try {
      return store.request(Ids.parse(call.parameters().getOrDefault("id", ""), "/id"));
    } catch (ProblemException e) {
      return Optional.empty(); // what is no id names nothing
    }
  }

  private static int row(Call call) {
    return number(call.query("row"), 0, 0, Integer.MAX_VALUE);
  }

  /** A page's address may be typed by hand: what is no number in the range is the usual one. */
  private static int number(Optional<String> text, int usual, int min, int max) {
    if (text.isEmpty() || !text.get().matches("\\d{1,9}")) {
      return usual;
    }
    int value = Integer.parseInt(text.get());
    return value >= min && value <= max ? value : usual;
  }

  Visit visit(Call call) {
    return new Visit(
        call.header("host").orElse("localhost"),
        dataPort.getAsInt(),
        Instant.EPOCH.plus(wallMicros.getAsLong(), ChronoUnit.MICROS),
        call.query("part").orElse("").equals("main"));
  }

  Answer answer(Page page) {
    return new Answer.Whole(
        page.status(), Guard.screen(assets), page.html().getBytes(StandardCharsets.UTF_8));
  }
}
