package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.client.HtmlReport;
import dev.sidelight.proxy.client.Pictures;
import dev.sidelight.proxy.client.TextExplanation;
import dev.sidelight.proxy.client.TextStyle;
import dev.sidelight.proxy.page.markup.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes what came of {@code sidelight explain}: data on the output, files, and the exit code. */
final class ExplainAnswer {

  private static final Set<String> SPENT = Set.of("rows", "roundTrips", "deadline");

  private final String layout;
  private final Surroundings surroundings;
  private final Terminal terminal;
  private final String html;
  private final String svg;

  /**
   * @param layout {@code table}, {@code json} or {@code ndjson}
   * @param html file to write; empty for none
   * @param svg file to write; empty for none
   */
  ExplainAnswer(
      String layout, Surroundings surroundings, Terminal terminal, String html, String svg) {
    this.layout = layout;
    this.surroundings = surroundings;
    this.terminal = terminal;
    this.html = html;
    this.svg = svg;
  }

  void price(JsonNode price) {
    PrintWriter out = surroundings.out();
    if (layout.equals("table")) {
      out.printf(
          "%s rows expected, %s at most; round trips: %d%s%n",
          Figures.count(price.path("rows").asLong()),
          Figures.count(price.path("rowsMax").asLong()),
          price.path("roundTrips").asInt(),
          price.has("seconds")
              ? "; " + Figures.duration(Math.round(price.get("seconds").asDouble() * 1e6))
              : "");
    } else {
      out.println(layout.equals("json") ? price.toPrettyString() : price.toString());
    }
    out.flush();
  }

  /** The exit code. */
  int tell(JsonNode result) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    if (result.has("explanations")) {
      result.get("explanations").forEach(documents::add);
    } else {
      documents.add(result);
    }
    print(result, documents);
    if (!html.isEmpty()) {
      Files.writeString(Path.of(html), HtmlReport.of(documents));
    }
    if (!svg.isEmpty()) {
      picture(documents);
    }
    if (documents.stream().allMatch(d -> d.has("error"))) {
      return ExitCode.FAILED;
    }
    return documents.stream().anyMatch(d -> SPENT.contains(d.path("stopped").asText()))
        ? ExitCode.SPENT
        : ExitCode.DONE;
  }

  private void print(JsonNode result, List<JsonNode> documents) {
    PrintWriter out = surroundings.out();
    switch (layout) {
      case "json" -> out.println(result.toPrettyString());
      case "ndjson" -> documents.forEach(document -> out.println(document.toString()));
      default -> {
        TextExplanation text =
            new TextExplanation(new TextStyle(terminal.columns(), terminal.takesColour()));
        for (int i = 0; i < documents.size(); i++) {
          if (documents.size() > 1) {
            out.println((i == 0 ? "" : System.lineSeparator()) + "row " + i);
          }
          text.lines(documents.get(i)).forEach(out::println);
        }
      }
    }
    out.flush();
  }

  private void picture(List<JsonNode> documents) throws IOException {
    JsonNode drawn =
        documents.stream()
            .filter(Pictures::isDrawn)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("there is nothing to draw"));
    Files.writeString(Path.of(svg), Pictures.svg(drawn));
    if (documents.size() > 1) {
      surroundings.err().println(svg + " shows the first row; --row chooses another");
      surroundings.err().flush();
    }
  }
}
