package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Budget;
import dev.sidelight.proxy.config.ExplainConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What an explanation may cost, as a caller says it. */
final class BudgetParameters {

  /** Rows of a background that a caller may bring. */
  private static final int BACKGROUND_MAX = 1000;

  private final ParameterValues values;
  private final ExplainConfig config;
  private final Pace pace;

  BudgetParameters(ParameterValues values, ExplainConfig config, Pace pace) {
    this.values = values;
    this.config = config;
    this.pace = pace;
  }

  /**
   * @param backgroundRows rows that one coalition costs
   */
  Budget read(int backgroundRows) {
    refuseBackground();
    Budget defaults = Budget.defaults();
    double error =
        values
            .open("relativeError", 0, 1)
            .orElse(values.open("eps", 0, 1).orElse(defaults.relativeError()));
    int trips = (int) values.whole("roundTripsMax", 1, 10_000).orElse(defaults.roundTripsMax());
    return new Budget(rows(backgroundRows), trips, deadline(), error);
  }

  private int rows(int backgroundRows) {
    long rows = values.whole("rowsMax", 1, Long.MAX_VALUE).orElse(Budget.defaults().rowsMax());
    OptionalLong coalitions = coalitions();
    if (coalitions.isPresent()) {
      rows = saturatedProduct(coalitions.getAsLong(), Math.max(1, backgroundRows));
    }
    if (rows > Budget.ROWS_MAX) {
      throw ServeException.of(
              "budget_exceeded",
              "%d predictor rows are asked for, at most %d are given"
                  .formatted(rows, Budget.ROWS_MAX))
          .at(
              "/parameters/" + (coalitions.isPresent() ? "nsamples" : "rowsMax"),
              "<= " + Budget.ROWS_MAX + " rows",
              rows + " rows");
    }
    return (int) rows;
  }

  private Duration deadline() {
    Duration most = pace.deadlineMax(config);
    Duration usual = Budget.defaults().deadline();
    Duration deadline =
        values.duration("deadline").orElse(usual.compareTo(most) < 0 ? usual : most);
    if (deadline.compareTo(most) > 0) {
      throw ServeException.of(
              "budget_exceeded",
              "%s explanation may take %d ms, %d are asked for"
                  .formatted(
                      pace == Pace.SYNC ? "a synchronous" : "an",
                      most.toMillis(),
                      deadline.toMillis()))
          .at("/parameters/deadline", "<= " + most.toMillis() + " ms", deadline.toMillis() + " ms");
    }
    return deadline;
  }

  /** shap's name for coalitions; its {@code "auto"} is our default. */
  private OptionalLong coalitions() {
    Optional<String> text = values.text("nsamples");
    if (text.isEmpty() || text.get().equals("auto")) {
      return OptionalLong.empty();
    }
    return values.whole("nsamples", 1, Long.MAX_VALUE);
  }

  private static long saturatedProduct(long a, long b) {
    return a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  /** A background comes by {@code PUT .../reference}; what is too large anyway is told so. */
  private void refuseBackground() {
    long rows = values.elements("background");
    if (rows > BACKGROUND_MAX) {
      throw ServeException.of(
              "budget_exceeded",
              "a background has at most %d rows, got %d".formatted(BACKGROUND_MAX, rows))
          .at("/parameters/background", "<= " + BACKGROUND_MAX + " rows", rows + " rows");
    }
    if (rows >= 0) {
      throw ServeException.of(
              "parameter_unknown", "a background is not part of a call, it is put beforehand")
          .at("/parameters/background", "PUT /v1/models/{model}/reference", "a parameter");
    }
  }
}
