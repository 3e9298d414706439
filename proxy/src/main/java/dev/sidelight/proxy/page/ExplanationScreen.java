package dev.sidelight.proxy.page;

import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.RowView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Screen 3: the explanation of one row, or the offer to make one. Blocks. */
public final class ExplanationScreen {

  private final EventStore store;
  private final LoggedRows rows;
  private final ExplainForm form;
  private final Frame frame;

  public ExplanationScreen(
      EventStore store,
      LoggedRows rows,
      ModelRegistry registry,
      References references,
      ExplainService explain,
      Assets assets) {
    this.store = store;
    this.rows = rows;
    this.form = new ExplainForm(registry, references, explain);
    this.frame = new Frame(assets);
  }

  /** The newest explanation in the log, if there is one. */
  public Page show(StoredRequest request, int row, Visit visit) {
    Optional<Document> known = Document.ofRow(store.reports(request.summary().id()), row);
    return known
        .map(document -> explained(request, row, document, visit))
        .orElseGet(() -> offer(request, row, visit));
  }

  /** The one with that id, where the log has it. */
  public Optional<Page> show(StoredRequest request, int row, String id, Visit visit) {
    return store.reports(request.summary().id()).stream()
        .flatMap(report -> Document.read(report.json(), row).stream())
        .filter(document -> document.id().equals(id))
        .findFirst()
        .map(document -> explained(request, document.row(), document, visit));
  }

  /**
   * One that is being made.
   *
   * @param job {@code ex_...}
   * @param best what it has so far
   */
  public Page running(
      StoredRequest request, int row, String job, Optional<Document> best, Visit visit) {
    List<RowView> views = rows.views(request);
    Markup main = begin(request.summary(), row, views);
    main.element("h1", "Why " + answer(views, row) + "?", "class", best.isEmpty() ? "" : "hidden");
    FollowCard.write(job, Links.explanation(request.summary().id(), row, job), main);
    main.open("div", "id", "best");
    best.ifPresent(document -> shown(request, row, views, visit).write(document, main));
    main.close();
    return frame.page(200, title(request.summary()), main.close(), visit);
  }

  /** One that was made just now. */
  public Page explained(StoredRequest request, int row, Document document, Visit visit) {
    List<RowView> views = rows.views(request);
    Markup main = begin(request.summary(), row, views);
    main.element("h1", "Why " + answer(views, row), "class", "hidden");
    shown(request, row, views, visit).write(document, main);
    UUID id = request.summary().id();
    OtherWays.write(store.reports(id), id, row, document, main);
    WhatIfCard.write(id, row, views, WhatIfCard.NOTHING, main);
    TakeAlong.write(document, main);
    again(request.summary(), row, views, document.methodWord(), "Explain again", main);
    return frame.page(200, title(request.summary()), main.close(), visit);
  }

  /** What the model said of the row changed, beside what it said of it. */
  public Page whatIf(
      int status, StoredRequest request, int row, WhatIfCard.Asked asked, Visit visit) {
    List<RowView> views = rows.views(request);
    Markup main = begin(request.summary(), row, views);
    main.element("h1", "What if?");
    WhatIfCard.write(request.summary().id(), row, views, asked, main);
    return frame.page(status, title(request.summary()), main.close(), visit);
  }

  private Page offer(StoredRequest request, int row, Visit visit) {
    List<RowView> views = rows.views(request);
    Markup main = begin(request.summary(), row, views);
    main.element("h1", "Why " + answer(views, row) + "?");
    if (row < views.size() && !views.get(row).prediction().isEmpty()) {
      again(request.summary(), row, views, "shap", "Explain", main);
    } else {
      main.element("p", "There is no answer to explain in this row.", "class", "notice");
    }
    return frame.page(200, title(request.summary()), main.close(), visit);
  }

  /**
   * What went wrong instead.
   *
   * @param hint what to do about it; empty for none
   */
  public Page failed(
      int status, StoredRequest request, int row, String detail, String hint, Visit visit) {
    List<RowView> views = rows.views(request);
    Markup main = begin(request.summary(), row, views);
    main.element("h1", "No explanation");
    main.open("div", "class", "notice bad", "role", "alert").element("p", detail);
    if (!hint.isEmpty()) {
      main.element("p", hint);
    }
    main.close();
    again(request.summary(), row, views, "shap", "Try again", main);
    return frame.page(status, title(request.summary()), main.close(), visit);
  }

  private static Shown shown(StoredRequest request, int row, List<RowView> views, Visit visit) {
    return new Shown(
        Optional.of(request.summary().id()),
        row < views.size() ? views.get(row).features() : List.of(),
        visit.managementUrl(),
        /* inPage= */ true);
  }

  private static String title(RequestSummary s) {
    return "Explanation of " + RequestHead.title(s);
  }

  private static Markup begin(RequestSummary s, int row, List<RowView> views) {
    Markup main = Frame.main("explanation", title(s), Links.request(s.id(), row));
    String here = views.size() > 1 ? "Explanation of row " + row : "Explanation";
    RequestHead.write(s, here, main);
    RowNumbers.write(
        row,
        views.size(),
        r -> Links.explanation(s.id(), r),
        Links.REQUESTS + "/" + s.id() + "/explanation",
        main);
    return main;
  }

  private static String answer(List<RowView> views, int row) {
    return row < views.size() && !views.get(row).prediction().isEmpty()
        ? RequestLine.answer(views.get(row))
        : "this answer";
  }

  private void again(
      RequestSummary s, int row, List<RowView> views, String method, String caption, Markup to) {
    int features = row < views.size() ? views.get(row).features().size() : 0;
    to.open("section", "class", "card");
    form.write(new ExplainForm.Subject(s.id(), s.model(), row, features), method, caption, to);
    to.close();
  }
}
