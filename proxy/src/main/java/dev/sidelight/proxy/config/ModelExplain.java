package dev.sidelight.proxy.config;

import java.time.Duration;

/** Explanations of one model. */
public record ModelExplain(
    @Setting(value = "", doc = "the output that is explained; empty takes the only or first one")
        String output,
    @Setting(value = "auto", doc = "auto or regression: what a single integer output means")
        String task,
    @Setting(value = "50s", doc = "longest synchronous explanation") Duration syncDeadline,
    @Setting(
            value = "8ms",
            doc = "delay a batch of synthetic rows may add to live requests; 0 for off")
        Duration liveBudget,
    @Setting(value = "4000000", doc = "estimated rows of all running explanations of the model")
        long rowsRunningMax,
    @Setting(value = "true", doc = "pass the caller's Authorization to the predictor")
        boolean forwardAuthorization,
    @Setting(
            value = "0",
            doc = "most rows in one call to the predictor; 0 leaves it to the gateway")
        int batchRowsMax) {

  public ModelExplain {
    ExplainConfig.check("<here>", task, syncDeadline, rowsRunningMax, batchRowsMax);
  }
}
