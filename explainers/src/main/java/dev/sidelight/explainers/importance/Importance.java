package dev.sidelight.explainers.importance;

import dev.sidelight.explainers.Literal;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How much each feature matters over R requests.
 *
 * @param rows R, >= 1
 * @param features in schema order
 */
public record Importance(ImportanceGame game, int rows, List<Feature> features) {

  public Importance {
    features = List.copyOf(features);
  }

  /**
   * @param meanAbsolute mean |phi|
   * @param mean mean phi
   * @param stdError of {@code meanAbsolute} over the requests, sd / sqrt(R); empty for one request,
   *     which says nothing about others
   * @param noiseFloor mean standard error of the single attributions: a mean |phi| below it cannot
   *     be told from zero
   * @param points one per request, in the order of request ids
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
  public record Point(Literal value, double attribution, String requestId) {}
}
