package dev.sidelight.proxy.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options of {@code sidelight demo}.
 *
 * @param seed of the traffic; equal seeds send equal requests
 * @param rate live requests per second, in (0, 10,000]
 * @param driftAfter from the start of the live traffic to the drift
 * @param latency of the model, for live traffic; the history is told without any
 * @param dataDir where state is kept; empty for a temporary folder that is deleted at exit
 * @param exitAfter ends the demo by itself; empty for never
 * @param onlyModel serve the model alone on this port; empty for the whole demo
 * @param train so many requests as fast as possible, then exit; 0 for ordinary traffic
 */
public record DemoSettings(
    long seed,
    double rate,
    Duration driftAfter,
    Scenario scenario,
    ModelLatency latency,
    Optional<Path> dataDir,
    Optional<Duration> exitAfter,
    OptionalInt onlyModel,
    int train) {

  public static final DemoSettings DEFAULT =
      new DemoSettings(
          7,
          20,
          Duration.ofSeconds(60),
          Scenario.COVARIATE,
          ModelLatency.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          0);

  public DemoSettings {
    if (!(rate > 0 && rate <= 10_000)) { // written so that NaN is refused too
      throw new IllegalArgumentException("--rate must be in (0, 10000], got " + rate);
    }
    if (driftAfter.isNegative()) {
      throw new IllegalArgumentException("--drift-after must not be negative, got " + driftAfter);
    }
    if (exitAfter.isPresent() && exitAfter.get().isNegative()) {
      throw new IllegalArgumentException("--exit-after must not be negative, got " + exitAfter);
    }
    if (onlyModel.isPresent() && (onlyModel.getAsInt() < 0 || onlyModel.getAsInt() > 65_535)) {
      throw new IllegalArgumentException("--port must be in [0, 65535], got " + onlyModel);
    }
    if (train < 0) {
      throw new IllegalArgumentException("--train must be >= 0, got " + train);
    }
  }
}
