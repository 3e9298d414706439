package dev.sidelight.explainers;

/** A closed interval, 95 % unless said otherwise. */
public record Interval(double low, double high) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "an interval's low must be <= its high, got " + low + ", " + high);
    }
  }
}
