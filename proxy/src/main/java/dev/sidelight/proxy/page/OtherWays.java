package dev.sidelight.proxy.page;

import dev.sidelight.logger.StoredReport;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The other explanations of a row that the log has, the newest of each method. */
final class OtherWays {

  private OtherWays() {}

  /**
   * @param shown the id of the one that is shown already
   */
  static void write(List<StoredReport> reports, UUID request, int row, Document shown, Markup to) {
    Map<String, String> others = new LinkedHashMap<>();
    for (Document each : Document.allOfRow(reports, row)) {
      others.putIfAbsent(each.shortName(), each.id());
    }
    others.remove(shown.shortName());
    if (others.isEmpty()) {
      return;
    }
    to.open("p", "class", "others").text("This row is explained in another way too: ");
    String comma = "";
    for (Map.Entry<String, String> other : others.entrySet()) {
      to.text(comma)
          .element("a", other.getKey(), "href", Links.explanation(request, row, other.getValue()));
      comma = ", ";
    }
    to.close();
  }
}
