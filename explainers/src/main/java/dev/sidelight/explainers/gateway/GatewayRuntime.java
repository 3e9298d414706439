package dev.sidelight.explainers.gateway;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * What a gateway takes from the process around it.
 *
 * @param nanos a monotonic clock, {@link System#nanoTime()} outside of tests
 * @param executor runs blocking calls; a virtual thread per task is meant
 * @param seed of the jitter between retries
 * @param hashKey random per process, so that nobody can make rows of others collide
 */
public record GatewayRuntime(LongSupplier nanos, Executor executor, long seed, HashKey hashKey) {

  /** The 128-bit key of the row hash. */
  public record HashKey(long k0, long k1) {
    @Override
    public String toString() {
      return "HashKey[secret]";
    }
  }
}
