package dev.sidelight.proxy.serve.format;

import dev.sidelight.explainers.Players;
import java.io.IOException;

/** Where players stand that are parts of a text or an image; nothing where they are columns. */
final class PlacesJson {

  private PlacesJson() {}

  static void write(JsonOut json, Told told) throws IOException {
    if (told.explained().places().isEmpty()) {
      return;
    }
    json.begin("players");
    switch (told.explained().places().get()) {
      case Players.Spans spans -> {
        json.text("kind", "spans");
        json.list("offsets");
        for (Players.Span span : spans.offsets()) {
          pair(json, span.start(), span.end());
        }
        json.endList();
      }
      case Players.Segments segments -> {
        json.text("kind", "segments");
        json.list("shape");
        json.value(segments.height());
        json.value(segments.width());
        json.endList();
        json.list("runs");
        for (Players.Run run : segments.runs()) {
          pair(json, run.label(), run.length());
        }
        json.endList();
      }
    }
    json.end();
  }

  private static void pair(JsonOut json, int first, int second) throws IOException {
    json.list();
    json.value(first);
    json.value(second);
    json.endList();
  }
}
