package dev.sidelight.explainers;

import java.time.Duration;

/**
 * How much one explanation may cost.
 *
 * @param rowsMax distinct rows asked by this explanation, counted before any shared cache; 1 to
 *     2,000,000
 * @param roundTripsMax sequential waits of this explanation, >= 1
 * @param deadline from the start of the explanation, > 0
 * @param relativeError stop when the largest standard error is below this share of the range; in
 *     (0, 1)
 */
public record Budget(int rowsMax, int roundTripsMax, Duration deadline, double relativeError) {

  public static final int ROWS_MAX = 2_000_000;

  public Budget {
    if (rowsMax < 1 || rowsMax > ROWS_MAX) {
      throw new ExplainException(
          "budget_exceeded",
          "/parameters/rowsMax",
          "rowsMax must be in [1, " + ROWS_MAX + "], got " + rowsMax);
    }
    if (roundTripsMax < 1) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/roundTripsMax",
          "roundTripsMax must be >= 1, got " + roundTripsMax);
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new ExplainException(
          "parameter_range", "/parameters/deadline", "deadline must be > 0, got " + deadline);
    }
    if (!(relativeError > 0 && relativeError < 1)) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/relativeError",
          "relativeError must be in (0, 1), got " + relativeError);
    }
  }

  public static Budget defaults() {
    return new Budget(20_000, 16, Duration.ofSeconds(20), 0.01);
  }
}
