package dev.sidelight.proxy.serve.job;

import dev.sidelight.proxy.serve.ServeException;

/**
 * What importance is asked for: enough to begin it anew.
 *
 * @param filter of logged requests, empty for all
 * @param requests how many are explained, 10 to 2,000
 * @param seed the coalitions' own, the same for every request
 */
public record ImportanceSpec(String model, String filter, int requests, long seed) {

  public static final int REQUESTS = 200;
  public static final int REQUESTS_MAX = 2_000;

  public ImportanceSpec {
    if (requests < 10 || requests > REQUESTS_MAX) {
      throw ServeException.of(
              "parameter_range", "requests must be in [10, " + REQUESTS_MAX + "], got " + requests)
          .at("/requests", "in [10, " + REQUESTS_MAX + "]", Integer.toString(requests));
    }
  }
}
