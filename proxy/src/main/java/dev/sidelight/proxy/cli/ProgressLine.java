package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.markup.Figures;
import java.io.PrintWriter;

/** One line that says how far the work is, written over itself. */
final class ProgressLine {

  private static final String START = "\r\u001b[K"; // to the left edge, the rest of the line empty

  private final PrintWriter err;
  private final boolean shown;

  /**
   * @param shown false where nobody looks
   */
  ProgressLine(PrintWriter err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  void show(JsonNode progress) {
    if (shown) {
      err.print(START + text(progress));
      err.flush();
    }
  }

  static String text(JsonNode progress) {
    StringBuilder text = new StringBuilder();
    text.append(Figures.count(progress.path("rows").asLong())).append(" of at most ");
    text.append(Figures.count(progress.path("rowsMax").asLong())).append(" rows");
    if (progress.path("instances").asInt() > 1) {
      text.append(", ").append(progress.path("done").asInt()).append(" of ");
      text.append(progress.path("instances").asInt()).append(" explained");
    }
    if (progress.has("maxStdError")) {
      text.append(", standard error ");
      text.append(Figures.prose(progress.path("maxStdError").asDouble()));
    }
    if (progress.has("etaMillis")) {
      text.append(", ").append(Figures.duration(progress.path("etaMillis").asLong() * 1000));
      text.append(" left");
    }
    return text.append("; Ctrl-C keeps it").toString();
  }

  void clear() {
    if (shown) {
      err.print(START);
      err.flush();
    }
  }
}
