package dev.sidelight.proxy.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.chart.AnchorChart;
import dev.sidelight.proxy.page.chart.BarChart;
import dev.sidelight.proxy.page.chart.WaterfallChart;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.RowView;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What leaves the page as a file: a chart, or a whole explanation in one HTML file that needs
 * nothing else. Nothing in them runs or asks anybody. Thread-safe.
 */
public final class Exports {

  private static final String STANDALONE =
      "svg { background: var(--paper); font-family: system-ui, \"Segoe UI\", \"DejaVu Sans\","
          + " sans-serif; }\n";

  private final String charts;
  private final String report;

  public Exports(Assets assets) {
    this.charts = assets.text("chart.css");
    this.report = assets.text("page.css") + assets.text("report.css");
  }

  /** A file with the fields that guard it. */
  public record File(Map<String, String> headers, byte[] bytes) {}

  /** The chart that shows a document best. */
  public static Optional<String> chartOf(byte[] json) {
    return Document.read(json, 0)
        .flatMap(
            document ->
                switch (document) {
                  case ExplanationDocument _ -> Optional.of("waterfall");
                  case AnchorDocument _ -> Optional.of("anchor");
                  case CounterfactualDocument _ -> Optional.empty();
                });
  }

  /**
   * A chart.
   *
   * @param kind {@code waterfall}, {@code bar} or {@code anchor}
   * @param json native document of an explanation or of importance
   * @return empty where the document has no such chart
   */
  public Optional<File> svg(String kind, byte[] json, int row, Look look) {
    Markup to = new Markup();
    Optional<Document> document = Document.read(json, row);
    if (kind.equals("bar") && document.isEmpty()) {
      Optional<ImportanceDocument> importance = ImportanceDocument.read(json);
      importance.ifPresent(found -> new BarChart(look.width(), "c").draw(found.bars(), to));
      return importance.map(_ -> svg(to.toString(), look));
    }
    boolean drawn =
        switch (document.orElse(null)) {
          case ExplanationDocument attribution when kind.equals("waterfall") -> {
            new WaterfallChart(look.width(), "c").draw(attribution.waterfall(), to);
            yield true;
          }
          case ExplanationDocument attribution when kind.equals("bar") -> {
            new BarChart(look.width(), "c").draw(attribution.bars(), to);
            yield true;
          }
          case AnchorDocument anchor when kind.equals("anchor") -> {
            new AnchorChart(look.width(), "c").draw(anchor.strip(), to);
            yield true;
          }
          case null, default -> false;
        };
    return drawn ? Optional.of(svg(to.toString(), look)) : Optional.empty();
  }

  private File svg(String drawn, Look look) {
    String style = charts + STANDALONE + look.rules();
    int at = drawn.indexOf('>');
    String[] box = drawn.split("viewBox=\"", 2)[1].split("\"", 2)[0].split(" ", -1);
    String whole =
        drawn.substring(0, at)
            + " width=\"%s\" height=\"%s\">".formatted(box[2], box[3])
            + "<style>"
            + style
            + "</style>"
            + drawn.substring(at + 1);
    return new File(headers("image/svg+xml", hash(style)), whole.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A whole explanation.
   *
   * @param features of the row, where it lies in the log
   * @param address of the management listener, for the command that makes it again
   * @return empty for what is no explanation
   */
  public Optional<File> report(
      byte[] json, int row, List<RowView.NamedValue> features, String address, Look look) {
    return Document.read(json, row)
        .map(
            document -> {
              Markup main = new Markup().open("main", "id", "main", "class", "explanation");
              section(document, features, address, "", main);
              return file(title(document), main.close(), document.text(), look);
            });
  }

  /**
   * The explanations of all rows of a request in one file, one after another; of a row that could
   * not be explained, why.
   *
   * @param json one native document, or {@code {"explanations": [..]}}
   * @throws IllegalArgumentException for what is neither
   */
  public File report(byte[] json, String address, Look look) {
    Markup main = new Markup().open("main", "id", "main", "class", "explanation");
    String title = "";
    StringBuilder texts = new StringBuilder();
    int number = 0;
    for (JsonNode each : Document.split(json)) {
      Optional<Document> document = Document.of(each);
      document.ifPresentOrElse(
          found -> section(found, List.of(), address, prefix(texts), main),
          () -> failed(each, main));
      title = title.isEmpty() ? document.map(Exports::title).orElse("") : title;
      texts.append(number++ == 0 ? "" : ",").append(each);
    }
    String text = number == 1 ? texts.toString() : "[" + texts + "]";
    return file(title.isEmpty() ? "No explanation" : title, main.close(), text, look);
  }

  /** Empty for the first. */
  private static String prefix(StringBuilder before) {
    return before.isEmpty() ? "" : "s" + before.length() + "-";
  }

  private static void failed(JsonNode row, Markup to) {
    to.element("h1", "Row " + row.path("row").asInt() + " is not explained");
    to.open("div", "class", "notice bad").element("p", row.at("/error/detail").asText()).close();
  }

  private static String title(Document document) {
    return "Explanation of " + document.modelName();
  }

  private static void section(
      Document document,
      List<RowView.NamedValue> features,
      String address,
      String prefix,
      Markup main) {
    main.element("h1", title(document));
    String version =
        document.modelVersion().isEmpty() ? "" : ", version " + document.modelVersion();
    String request = document.requestId().isEmpty() ? "" : " of request " + document.requestId();
    main.element(
        "p",
        "Row %d%s%s. %s".formatted(document.row(), request, version, document.id()),
        "class",
        "muted");
    new Shown(uuid(document.requestId()), features, address, /* inPage= */ false, prefix)
        .write(document, main);
    row(features, main);
  }

  private File file(String title, Markup main, String json, Look look) {
    String style = charts + report + look.rules();
    String policy = "default-src 'none'; style-src " + hash(style);
    Markup head =
        new Markup()
            .empty("meta", "charset", "utf-8")
            .empty("meta", "http-equiv", "Content-Security-Policy", "content", policy)
            .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
            .element("title", title);
    String whole =
        "<!doctype html><html lang=\"en\"><head>"
            + head
            + "<style>"
            + style
            + "</style></head><body>"
            + main
            + "<script type=\"application/json\" id=\"document\">"
            + json.replace("<", "\\u003c")
            + "</script></body></html>";
    return new File(
        headers("text/html; charset=utf-8", hash(style)), whole.getBytes(StandardCharsets.UTF_8));
  }

  private static void row(List<RowView.NamedValue> features, Markup to) {
    if (features.isEmpty()) {
      return;
    }
    to.open("section", "class", "card").element("h2", "The row");
    to.open("table", "class", "numbers exact").open("tbody");
    for (RowView.NamedValue feature : features) {
      to.open("tr").element("th", feature.name(), "scope", "row");
      to.element("td", feature.text()).close();
    }
    to.close().close().close();
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, String> headers(String type, String hash) {
    return Map.of(
        "Content-Type",
        type,
        "Content-Security-Policy",
        "default-src 'none'; style-src " + hash + "; sandbox",
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "no-referrer",
        "Cache-Control",
        "no-store");
  }

  private static String hash(String style) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
