package dev.sidelight.proxy.config;

import java.time.Duration;

/** Explanations. */
public record ExplainConfig(
    @Setting(value = "", doc = "the output that is explained; empty takes the only or first one")
        String output,
    @Setting(value = "50s", doc = "longest synchronous explanation") Duration syncDeadline,
    @Setting(
            value = "8ms",
            doc = "delay a batch of synthetic rows may add to live requests; 0 for off")
        Duration liveBudget,
    @Setting(value = "4000000", doc = "estimated rows of all running explanations of a model")
        long rowsRunningMax,
    @Setting(value = "auto", doc = "auto or regression: what a single integer output means")
        String task,
    @Setting(value = "true", doc = "pass the caller's Authorization to the predictor")
        boolean forwardAuthorization,
    @Setting(
            value = "0",
            doc = "most rows in one call to the predictor; 0 leaves it to the gateway")
        int batchRowsMax,
    @Setting(value = "0", doc = "explanations computed at once; 0 leaves it to the rows they cost")
        int workers,
    @Setting(
            value = "serve",
            doc = "serve here, or forward to a backend with an explainer of its own")
        Routing routing) {

  public ExplainConfig {
    check("explain", task, syncDeadline, rowsRunningMax, batchRowsMax);
    Rules.range("explain.workers", workers, 0, 10_000);
  }

  static void check(
      String key, String task, Duration syncDeadline, long rowsRunningMax, int batchRowsMax) {
    Rules.positive(key + ".sync-deadline", syncDeadline);
    Rules.range(key + ".rows-running-max", rowsRunningMax, 1, Long.MAX_VALUE);
    Rules.range(key + ".batch-rows-max", batchRowsMax, 0, 1 << 20);
    if (!task.equals("auto") && !task.equals("regression")) {
      throw new IllegalArgumentException(
          key + ".task must be auto or regression, got '" + task + "'");
    }
  }

  /** The same with a model's own word. */
  public ExplainConfig of(ModelExplain model) {
    return new ExplainConfig(
        model.output(),
        model.syncDeadline(),
        model.liveBudget(),
        model.rowsRunningMax(),
        model.task(),
        model.forwardAuthorization(),
        model.batchRowsMax(),
        workers,
        routing);
  }

  /** Who answers {@code :explain}. */
  public enum Routing {
    SERVE,
    FORWARD
  }
}
