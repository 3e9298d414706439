package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Screen 4: what mattered over the filtered requests. */
public final class ImportanceScreen {

  /** Its address. */
  public static final String ADDRESS = "/ui/importance";

  private static final List<Integer> COUNTS = List.of(50, 150, 500, 1_000, 2_000);
  private static final int USUAL = 150;

  private final Frame frame;

  public ImportanceScreen(Assets assets) {
    this.frame = new Frame(assets);
  }

  /**
   * What is shown.
   *
   * @param models that may be asked, in order
   * @param model chosen; empty where there is none
   * @param filter of logged requests
   * @param running the job that goes on; empty for none
   * @param found what the latest came to
   * @param fault what stood against it; empty for nothing
   */
  public record Content(
      List<String> models,
      String model,
      String filter,
      Optional<String> running,
      Optional<ImportanceDocument> found,
      String fault) {}

  public Page show(int status, Content content, Visit visit) {
    Markup main = Frame.main("importance", "Importance", Links.REQUESTS);
    main.element("h1", "What matters overall");
    if (!content.fault().isEmpty()) {
      main.open("div", "class", "notice bad", "role", "alert");
      main.element("p", content.fault()).close();
    }
    form(content, main);
    content.running().ifPresent(job -> FollowCard.write(job, Links.importance(job), main));
    main.open("div", "id", "best");
    content.found().ifPresent(document -> shown(document, main));
    if (content.found().isEmpty() && content.running().isEmpty()) {
      main.open("div", "class", "empty");
      main.element(
          "p",
          "Explains many logged requests with the same question, and adds up what each feature did."
              + " What is explained already is not asked again.");
      main.close();
    }
    main.close();
    return frame.page(status, "Importance", main.close(), visit);
  }

  private static void shown(ImportanceDocument document, Markup to) {
    to.element(
        "p",
        "Model %s, %s, seed %d%s."
            .formatted(
                document.model(),
                document.filter().isEmpty()
                    ? "all requests"
                    : "requests where " + document.filter(),
                document.seed(),
                document.failed() == 0 ? "" : ", " + document.failed() + " could not be explained"),
        "class",
        "muted");
    ImportanceView.write(document, to);
  }

  private static void form(Content content, Markup to) {
    to.open("form", "class", "filter", "method", "post", "action", ADDRESS);
    to.open("label").element("span", "Model", "class", "caption");
    Choice.write("model", Choice.of(content.models()), content.model(), to);
    to.close();
    to.open("label", "class", "grow").element("span", "Filter", "class", "caption");
    to.empty(
        "input",
        "type",
        "search",
        "name",
        "filter",
        "value",
        content.filter(),
        "spellcheck",
        "false",
        "autocomplete",
        "off",
        "placeholder",
        "features.age > 40 and latency > 50ms");
    to.close();
    to.open("label").element("span", "Requests", "class", "caption");
    Map<String, String> counts = new LinkedHashMap<>();
    COUNTS.forEach(count -> counts.put(Integer.toString(count), Figures.count(count)));
    int asked = content.found().map(ImportanceDocument::requested).orElse(USUAL);
    counts.putIfAbsent(Integer.toString(asked), Figures.count(asked));
    Choice.write("requests", counts, Integer.toString(asked), to);
    to.close();
    to.element("button", "Explain them", "type", "submit", "class", "primary").close();
    to.element(
        "p",
        "Each request costs as much as one explanation. Live traffic goes first.",
        "class",
        "muted");
  }
}
