package dev.sidelight.proxy.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads server-sent events from lines. */
final class EventsReader {

  /** One event; a comment has the name {@code :}. */
  record Event(String id, String name, String data) {}

  private final Iterator<String> lines;

  EventsReader(Iterator<String> lines) {
    this.lines = lines;
  }

  /** The next event, waiting for it; null at the end. */
  Event next() {
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(":")) {
        name = ":";
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (line.isEmpty() && !name.isEmpty()) {
        return new Event(id, name, data.toString());
      }
    }
    return new Event("", "", "");
  }

  /** All up to the end. */
  List<Event> rest() {
    List<Event> rest = new ArrayList<>();
    for (Event event = next(); !event.name().isEmpty(); event = next()) {
      rest.add(event);
    }
    return rest;
  }
}
