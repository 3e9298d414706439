package dev.sidelight.proxy.page;

import dev.sidelight.core.codec.Body;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredReport;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ReferenceColumns;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.RowView;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Screen 2: one request. Blocks. */
public final class RequestScreen {

  private static final int REQUEST_TRUNCATED = 1;
  private static final int REDACTED = 4;

  private final EventStore store;
  private final LoggedRows rows;
  private final ModelRegistry registry;
  private final References references;
  private final ExplainForm form;
  private final Frame frame;

  public RequestScreen(
      EventStore store,
      LoggedRows rows,
      ModelRegistry registry,
      References references,
      ExplainService explain,
      Assets assets) {
    this.store = store;
    this.rows = rows;
    this.registry = registry;
    this.references = references;
    this.form = new ExplainForm(registry, references, explain);
    this.frame = new Frame(assets);
  }

  /**
   * Screen 2.
   *
   * @param row of the request, from 0; beyond the last it is the last
   */
  public Page show(StoredRequest request, int row, Visit visit) {
    RequestSummary s = request.summary();
    List<RowView> views = rows.views(request);
    int shown = within(row, views);
    Markup main = Frame.main("request", RequestHead.title(s), Links.REQUESTS);
    RequestHead.write(s, "", main);
    main.element("h1", headline(s, views, shown));
    RequestHead.facts(s, main);
    RowNumbers.write(
        shown, views.size(), r -> Links.request(s.id(), r), Links.REQUESTS + "/" + s.id(), main);
    main.open("div", "class", "columns").open("div");
    if (views.isEmpty()) {
      unread(s, main);
    } else {
      FeaturesCard.write(views.get(shown), reference(s.model()), main);
    }
    main.close().open("div");
    if (!views.isEmpty() && !views.get(shown).prediction().isEmpty()) {
      AnswerCard.prediction(views.get(shown), main);
      explanation(request, views.get(shown), shown, main);
    }
    AnswerCard.timing(s, main);
    headers(request, main);
    main.close().close();
    bodies(request, main);
    return frame.page(200, RequestHead.title(s), main.close(), visit);
  }

  private static int within(int row, List<RowView> views) {
    return Math.max(0, Math.min(row, views.size() - 1));
  }

  private static String headline(RequestSummary s, List<RowView> views, int row) {
    String model = s.model().isEmpty() ? "The model" : s.model();
    if (views.isEmpty() || views.get(row).prediction().isEmpty()) {
      return model + " answered " + s.status() + " (" + s.outcome().replace('_', ' ') + ")";
    }
    return model + " said " + RequestLine.answer(views.get(row));
  }

  private static void unread(RequestSummary s, Markup to) {
    to.open("section", "class", "card").element("h2", "Features");
    to.element(
        "p",
        (s.marks() & REQUEST_TRUNCATED) != 0
            ? "Only a part of the body was kept, so its rows cannot be read."
            : "The body does not read as rows of protocol "
                + (s.protocol().isEmpty() ? "unknown" : s.protocol())
                + "; it is shown below as it came.",
        "class",
        "muted");
    to.close();
  }

  private Optional<ReferenceColumns> reference(String model) {
    return registry.isKnown(model) ? references.columns(registry.get(model)) : Optional.empty();
  }

  private void explanation(StoredRequest request, RowView view, int row, Markup to) {
    RequestSummary s = request.summary();
    List<StoredReport> reports = store.reports(s.id());
    Optional<Document> known = Document.ofRow(reports, row);
    to.open("section", "class", "card").element("h2", "Explanation");
    known.ifPresent(
        document -> {
          to.element("p", document.sentence());
          to.open("p")
              .element("a", "Open the explanation", "href", Links.explanation(s.id(), row))
              .close();
          OtherWays.write(reports, s.id(), row, document, to);
        });
    form.write(
        new ExplainForm.Subject(s.id(), s.model(), row, view.features().size()),
        "shap",
        known.isPresent() ? "Explain again" : "Explain",
        to);
    to.close();
  }

  private static void headers(StoredRequest request, Markup to) {
    to.open("section", "class", "card").element("h2", "Headers kept");
    if (request.headers().isEmpty()) {
      to.element("p", "None.", "class", "muted");
    } else {
      to.open("dl", "class", "facts");
      new TreeMap<>(request.headers())
          .forEach(
              (name, value) -> to.open("div").element("dt", name).element("dd", value).close());
      to.close();
    }
    to.close();
  }

  private static void bodies(StoredRequest request, Markup to) {
    RequestSummary s = request.summary();
    boolean redacted = (s.marks() & REDACTED) != 0;
    BodyCard.write(
        "Request body",
        request.request(),
        s.requestBytes(),
        request.requestHeader(Body.JSON_LENGTH),
        redacted,
        to);
    BodyCard.write(
        "Response body",
        request.response(),
        s.responseBytes(),
        request.responseHeader(Body.JSON_LENGTH),
        redacted,
        to);
  }
}
