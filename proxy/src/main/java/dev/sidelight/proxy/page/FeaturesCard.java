package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.chart.PercentileBar;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import dev.sidelight.proxy.serve.ReferenceColumns;
import dev.sidelight.proxy.serve.ReferenceColumns.Place;
import dev.sidelight.proxy.serve.RowView;
import java.util.Optional;

/** The row's features, each with its place among the rows taken as normal. */
final class FeaturesCard {

  /** From this share on, "as many have the same" says more than a rank. */
  private static final double MANY = 0.2;

  private FeaturesCard() {}

  static void write(RowView row, Optional<ReferenceColumns> reference, Markup to) {
    to.open("section", "class", "card features").element("h2", "Features");
    to.open("table", "class", "features").open("thead").open("tr");
    to.element("th", "Feature", "scope", "col").element("th", "Value", "scope", "col");
    reference.ifPresent(
        columns ->
            to.element(
                "th",
                "Among " + Figures.count(columns.rows()) + " rows of traffic",
                "scope",
                "col",
                "colspan",
                "2"));
    to.close().close().open("tbody");
    for (RowView.NamedValue feature : row.features()) {
      to.open("tr").element("th", feature.name(), "scope", "row");
      to.element("td", feature.text(), "class", "value");
      reference.ifPresent(columns -> place(columns.place(feature), columns.rows(), to));
      to.close();
    }
    to.close().close();
    if (reference.isEmpty()) {
      to.element(
          "p",
          "With 50 rows of traffic, each value is shown against the others.",
          "class",
          "muted");
    }
    to.close();
  }

  private static void place(Optional<Place> found, int rows, Markup to) {
    if (found.isEmpty()) {
      to.element("td", "").element("td", "");
      return;
    }
    Place place = found.get();
    to.open("td", "class", "bar");
    if (place.numeric()) {
      PercentileBar.number(place.below(), place.equal(), to);
    } else {
      PercentileBar.category(place.equal(), to);
    }
    to.close();
    if (place.isOutside()) {
      to.open("td", "class", "place");
      to.element("span", "outside reference", "class", "flag").text(" " + beyond(place, rows));
      to.close();
    } else {
      to.element("td", words(place), "class", "place");
    }
  }

  private static String beyond(Place place, int rows) {
    if (!place.numeric()) {
      return "in none of " + Figures.count(rows) + " rows";
    }
    return place.below() == 0 ? "smaller than all" : "larger than all";
  }

  private static String words(Place place) {
    if (!place.numeric() || place.equal() >= MANY) {
      return Figures.percent(place.equal()) + " have this value";
    }
    long rank = Math.round((place.below() + place.equal() / 2) * 100);
    return Figures.ordinal(Math.max(1, Math.min(99, rank))) + " percentile";
  }
}
