package dev.sidelight.explainers.importance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Takes attributions in, one row at a time, and gives the importance of features at any moment.
 * What it gives does not depend on the order they came in. The caller sees to it that all are over
 * the same background with the same coalitions, or their values could not be added. Not
 * thread-safe. Memory: features x rows.
 */
public final class ImportanceTally {

  /** Sums are added in one order whatever the order of arrival. */
  private static final Comparator<Importance.Place> ORDER =
      Comparator.comparing(Importance.Place::requestId).thenComparingInt(Importance.Place::row);

  private final Map<Importance.Place, List<Part>> parts = new TreeMap<>(ORDER);

  /**
   * What one feature did in one row.
   *
   * @param attribution finite
   * @param stdError finite, >= 0
   */
  public record Part(String feature, double attribution, double stdError) {

    public Part {
      if (!Double.isFinite(attribution) || !(stdError >= 0 && Double.isFinite(stdError))) {
        throw new IllegalArgumentException(
            "attributions must be finite and errors finite and >= 0, got %s +- %s"
                .formatted(attribution, stdError));
      }
    }
  }

  /**
   * @param of one per feature; rows of tables have the same features, texts each their own words
   * @return false, and nothing is changed, when the row is there already
   */
  public boolean add(Importance.Place place, List<Part> of) {
    return parts.putIfAbsent(place, List.copyOf(of)) == null;
  }

  public int rows() {
    return parts.size();
  }

  /**
   * @throws IllegalStateException before the first row
   */
  public Importance importance() {
    if (parts.isEmpty()) {
      throw new IllegalStateException("an importance needs at least one explained row");
    }
    Map<String, List<Importance.Point>> points = new LinkedHashMap<>();
    Map<String, Double> errors = new LinkedHashMap<>();
    parts.forEach(
        (place, all) -> {
          for (Part part : all) {
            points
                .computeIfAbsent(part.feature(), _ -> new ArrayList<>())
                .add(new Importance.Point(place, part.attribution()));
            errors.merge(part.feature(), part.stdError(), Double::sum);
          }
        });
    List<Importance.Feature> features = new ArrayList<>();
    points.forEach((name, of) -> features.add(feature(name, of, errors.getOrDefault(name, 0.0))));
    features.sort(
        Comparator.comparingDouble(Importance.Feature::meanAbsolute)
            .reversed()
            .thenComparing(Importance.Feature::name));
    return new Importance(parts.size(), features);
  }

  private static Importance.Feature feature(
      String name, List<Importance.Point> points, double errors) {
    int n = points.size();
    double sum = 0;
    double absolute = 0;
    for (Importance.Point point : points) {
      sum += point.attribution();
      absolute += Math.abs(point.attribution());
    }
    double mean = absolute / n;
    double squares = 0;
    for (Importance.Point point : points) {
      double apart = Math.abs(point.attribution()) - mean;
      squares += apart * apart;
    }
    OptionalDouble error =
        n < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (n - 1)) / Math.sqrt(n));
    return new Importance.Feature(name, mean, sum / n, error, errors / n, points);
  }
}
