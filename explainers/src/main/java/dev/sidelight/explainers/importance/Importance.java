package dev.sidelight.explainers.importance;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How much each feature matters over explained rows of traffic.
 *
 * @param rows explained, >= 1
 * @param features most important first
 */
public record Importance(int rows, List<Feature> features) {

  public Importance {
    features = List.copyOf(features);
  }

  /** A row of a logged request. */
  public record Place(String requestId, int row) {}

  /**
   * @param meanAbsolute mean |phi|
   * @param mean mean phi
   * @param stdError of {@code meanAbsolute} over the rows, sd / sqrt(R); empty for one row, which
   *     says nothing about others
   * @param noiseFloor mean standard error of the single attributions: a mean |phi| below it cannot
   *     be told from zero
   * @param points one per row that has the feature, in the order of places
   */
  public record Feature(
      String name,
      double meanAbsolute,
      double mean,
      OptionalDouble stdError,
      double noiseFloor,
      List<Point> points) {

    public Feature {
      points = List.copyOf(points);
    }

    public boolean isAboveNoise() {
      return meanAbsolute > noiseFloor;
    }
  }

  /** One dot of a beeswarm. */
  public record Point(Place place, double attribution) {}
}
