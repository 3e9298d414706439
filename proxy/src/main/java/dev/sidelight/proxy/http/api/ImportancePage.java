package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.http.Problems;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.page.ImportanceDocument;
import dev.sidelight.proxy.page.ImportanceScreen;
import dev.sidelight.proxy.page.Links;
import dev.sidelight.proxy.serve.ExplanationId;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.ServeException;
import dev.sidelight.proxy.serve.ServedModel;
import dev.sidelight.proxy.serve.job.ImportanceSpec;
import dev.sidelight.proxy.serve.job.Job;
import dev.sidelight.proxy.serve.job.Jobs;
import dev.sidelight.proxy.serve.job.LogJobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /ui/importance}: begins a job over the log, and shows what it comes to. */
final class ImportancePage {

  private static final long SMALL = 1 << 16;

  private final PageEndpoints page;
  private final ImportanceScreen screen;
  private final ModelRegistry registry;
  private final Jobs jobs;
  private final LogJobs over;
  private final ExplainConfig config;

  ImportancePage(
      PageEndpoints page,
      ImportanceScreen screen,
      ModelRegistry registry,
      Jobs jobs,
      LogJobs over,
      ExplainConfig config) {
    this.page = page;
    this.screen = screen;
    this.registry = registry;
    this.jobs = jobs;
    this.over = over;
    this.config = config;
  }

  void register(Routes.Builder routes) {
    Listener at = Listener.MANAGEMENT;
    String path = ImportanceScreen.ADDRESS;
    routes
        .endpoint(at, "GET", path, Role.READ_LOGS, SMALL, this::show)
        .endpoint(at, "POST", path, Role.EXPLAIN, SMALL, this::begin);
  }

  private Answer show(Call call) {
    String model = call.query("model").orElse(models().isEmpty() ? "" : models().get(0));
    Optional<String> id = call.query("id");
    Optional<Job> job =
        id.isPresent()
            ? ExplanationId.parse(id.get()).flatMap(jobs::find)
            : jobs.latest(model, "importance");
    if (job.isEmpty()) {
      Optional<ImportanceDocument> kept =
          id.flatMap(ExplanationId::parse)
              .flatMap(jobs.log()::find)
              .map(StoredReport::json)
              .flatMap(ImportanceDocument::read);
      String filter = call.query("filter").orElse("");
      return answer(call, id.isPresent() && kept.isEmpty() ? 404 : 200, model, filter, kept, "");
    }
    Optional<ImportanceDocument> found =
        job.get()
            .result()
            .flatMap(_ -> KeptDocuments.of(job.get()))
            .flatMap(ImportanceDocument::read);
    if (!job.get().state().isFinal()) {
      String running = ExplanationId.text(job.get().id());
      return page.answer(
          screen.show(
              200,
              new ImportanceScreen.Content(
                  models(), job.get().about().model(), "", Optional.of(running), found, ""),
              page.visit(call)));
    }
    String fault =
        found.isPresent()
            ? ""
            : job.get()
                .failure()
                .map(why -> Problems.of(why).detail())
                .orElse("It was cancelled before anything was explained.");
    return answer(call, 200, job.get().about().model(), "", found, fault);
  }

  private Answer answer(
      Call call,
      int status,
      String model,
      String filter,
      Optional<ImportanceDocument> found,
      String fault) {
    return page.answer(
        screen.show(
            status,
            new ImportanceScreen.Content(
                models(),
                model,
                found.map(ImportanceDocument::filter).orElse(filter),
                Optional.empty(),
                found,
                fault),
            page.visit(call)));
  }

  private Answer begin(Call call) {
    SameOrigin.check(call, false);
    Map<String, String> form = Form.read(call.body());
    String filter = form.getOrDefault("filter", "").strip();
    String requests = form.getOrDefault("requests", "");
    int count = requests.matches("\\d{1,5}") ? Integer.parseInt(requests) : ImportanceSpec.REQUESTS;
    String model = form.getOrDefault("model", "");
    try {
      ImportanceSpec spec =
          new ImportanceSpec(registry.get(model).name(), filter, count, /* seed= */ 1);
      var scope = Asking.scope(call, config);
      Jobs.Ticket ticket = over.importance(spec, scope, Asking.wish(call, Pace.BULK, scope));
      String to = Links.importance(ExplanationId.text(ticket.job().id()));
      return new Answer.Whole(
          303, Map.of("Location", to, "Cache-Control", "no-store"), new byte[0]);
    } catch (ServeException | QueryException e) {
      return answer(call, 422, model, filter, Optional.empty(), String.valueOf(e.getMessage()));
    } catch (ProblemException e) {
      return answer(
          call, e.problem().status(), model, filter, Optional.empty(), e.problem().detail());
    }
  }

  private List<String> models() {
    return registry.all().stream().map(ServedModel::name).sorted().toList();
  }
}
