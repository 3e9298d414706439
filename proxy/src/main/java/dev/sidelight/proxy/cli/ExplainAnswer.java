package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.client.TextExplanation;
import dev.sidelight.proxy.client.TextStyle;
import dev.sidelight.proxy.page.Assets;
import dev.sidelight.proxy.page.Exports;
import dev.sidelight.proxy.page.Look;
import dev.sidelight.proxy.page.markup.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what came of {@code sidelight explain}: data on the output, files, and the exit code. */
final class ExplainAnswer {

  private static final Look LOOK = new Look("auto", "", 860);
  private static final Set<String> SPENT = Set.of("rows", "roundTrips", "deadline");

  private final String layout;
  private final Surroundings surroundings;
  private final Terminal terminal;
  private final String url;
  private final String html;
  private final String svg;

  /**
   * @param layout {@code table}, {@code json} or {@code ndjson}
   * @param url of the server, for the command that asks again
   * @param html file to write; empty for none
   * @param svg file to write; empty for none
   */
  ExplainAnswer(
      String layout,
      Surroundings surroundings,
      Terminal terminal,
      String url,
      String html,
      String svg) {
    this.layout = layout;
    this.surroundings = surroundings;
    this.terminal = terminal;
    this.url = url;
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
      Files.write(Path.of(html), exports().report(json(result), url, LOOK).bytes());
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
    for (JsonNode document : documents) {
      Optional<String> chart = Exports.chartOf(json(document));
      if (chart.isPresent()) {
        Exports.File file = exports().svg(chart.get(), json(document), 0, LOOK).orElseThrow();
        Files.write(Path.of(svg), file.bytes());
        if (documents.size() > 1) {
          note(svg + " shows row " + document.path("row").asInt() + "; --row chooses another");
        }
        return;
      }
    }
    note("--svg: there is no picture of this, so " + svg + " is not written");
  }

  private void note(String text) {
    surroundings.err().println(text);
    surroundings.err().flush();
  }

  private static Exports exports() {
    return new Exports(Assets.load());
  }

  private static byte[] json(JsonNode document) {
    return document.toString().getBytes(StandardCharsets.UTF_8);
  }
}
