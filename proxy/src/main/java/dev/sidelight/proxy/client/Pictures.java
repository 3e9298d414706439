package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.page.chart.Waterfall;
import dev.sidelight.proxy.page.chart.WaterfallChart;
import dev.sidelight.proxy.page.markup.Markup;
import java.util.ArrayList;
import java.util.List;

/** An attribution as a picture. The same document gives the same bytes. */
public final class Pictures {

  private static final int WIDTH = 860;

  private Pictures() {}

  /** Whether there is a picture of it. */
  public static boolean isDrawn(JsonNode document) {
    return document.path("kind").asText().equals("attribution");
  }

  /** One SVG file with its own style sheet: no script, no foreign address. */
  public static String svg(JsonNode document) {
    String drawn = drawn(document, "w").toString();
    String style = new Markup().element("style", ChartStyle.CHART).toString();
    int inside = drawn.indexOf('>') + 1;
    return drawn.substring(0, inside) + style + drawn.substring(inside) + "\n";
  }

  /**
   * The {@code svg} element alone.
   *
   * @param id another one for each picture of a file
   */
  static Markup drawn(JsonNode document, String id) {
    List<Waterfall.Bar> bars = new ArrayList<>();
    for (JsonNode feature : document.path("features")) {
      double phi = feature.path("attribution").asDouble();
      JsonNode value = feature.path("value");
      bars.add(
          new Waterfall.Bar(
              feature.path("name").asText(),
              value.isValueNode() && !value.isNull() ? value.asText() : "",
              phi,
              feature.path("interval").path(0).asDouble(phi),
              feature.path("interval").path(1).asDouble(phi)));
    }
    Markup to = new Markup();
    new WaterfallChart(WIDTH, id)
        .draw(
            new Waterfall(
                document.path("baseline").asDouble(), document.path("prediction").asDouble(), bars),
            to);
    return to;
  }
}
