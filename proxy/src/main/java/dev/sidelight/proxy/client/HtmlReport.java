package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Explanations as one HTML file that opens from disk and prints: sentence, picture, table, the
 * facts behind it, the document. No script, no foreign address; the same documents give the same
 * bytes.
 */
public final class HtmlReport {

  private static final String STYLE = ChartStyle.REPORT + ChartStyle.CHART;

  private HtmlReport() {}

  /**
   * @param documents native ones, one a row
   */
  public static String of(List<JsonNode> documents) {
    Markup to = new Markup();
    to.open("html", "lang", "en").open("head");
    to.empty("meta", "charset", "utf-8");
    to.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'sha256-" + hash() + "'");
    to.empty("meta", "name", "viewport", "content", "width=device-width");
    to.element("title", "Explanation").element("style", STYLE).close();
    to.open("body");
    for (int i = 0; i < documents.size(); i++) {
      section(documents.get(i), "w" + i, to);
    }
    to.close().close();
    return "<!DOCTYPE html>\n" + to + "\n";
  }

  private static String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  private static void section(JsonNode document, String id, Markup to) {
    to.open("section");
    to.element("h1", document.path("sentence").asText(document.at("/error/detail").asText()));
    if (Pictures.isDrawn(document)) {
      to.add(Pictures.drawn(document, id));
      effects(document, to);
    } else {
      to.open("pre");
      for (String line :
          new TextExplanation(new TextStyle(100, /* colour= */ false)).lines(document)) {
        to.text(line + "\n");
      }
      to.close();
    }
    facts(document, to);
    to.open("details").element("summary", "The document");
    to.element("pre", document.toPrettyString()).close();
    to.close();
  }

  private static void effects(JsonNode document, Markup to) {
    to.open("table").open("thead").open("tr");
    for (String head : List.of("feature", "value", "effect", "95 % interval")) {
      to.element("th", head, "scope", "col");
    }
    to.close().close().open("tbody");
    for (JsonNode feature : document.path("features")) {
      double phi = feature.path("attribution").asDouble();
      JsonNode value = feature.path("value");
      to.open("tr");
      to.element("th", feature.path("name").asText(), "scope", "row");
      to.element("td", value.isValueNode() ? value.asText() : value.toString());
      to.element("td", Figures.digits(phi), "class", "number");
      to.element(
          "td",
          Figures.digits(feature.path("interval").path(0).asDouble(phi))
              + " to "
              + Figures.digits(feature.path("interval").path(1).asDouble(phi)),
          "class",
          "number");
      to.close();
    }
    to.close().close();
  }

  private static void facts(JsonNode document, Markup to) {
    to.open("table").open("tbody");
    fact("model", document.at("/model/name").asText() + revision(document), to);
    fact("request", document.path("requestId").asText(), to);
    fact("row", document.path("row").asText(), to);
    fact("method", document.path("method").asText(), to);
    fact("ended", document.path("stopped").asText(), to);
    fact("seed", document.path("seed").asText(), to);
    fact("reference", document.at("/reference/rows").asText() + " rows", to);
    fact("reference id", document.at("/reference/id").asText(), to);
    fact("predictor rows", document.at("/cost/rowsAsked").asText(), to);
    fact("round trips", document.at("/cost/roundTrips").asText(), to);
    fact("explanation", document.path("id").asText(), to);
    fact("to repeat it", document.path("reproduce").toString(), to);
    to.close().close();
  }

  private static String revision(JsonNode document) {
    String revision = document.at("/model/revision").asText();
    return revision.isEmpty() ? "" : ", revision " + revision;
  }

  private static void fact(String name, String text, Markup to) {
    if (!text.isEmpty()) {
      to.open("tr").element("th", name, "scope", "row").element("td", text).close();
    }
  }
}
