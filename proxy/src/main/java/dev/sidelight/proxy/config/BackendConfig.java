package dev.sidelight.proxy.config;

import java.time.Duration;

/**
 * A model server.
 *
 * @param url {@code http://host:port}; several are separated by commas, a name stands for all of
 *     its addresses
 * @param connectionsMax per address, shared out over the loops
 * @param health {@code profile}, {@code tcp}, {@code none} or the path that is asked by GET
 */
public record BackendConfig(
    @Setting(value = "http://127.0.0.1:8081", doc = "address of the server") String url,
    @Setting(value = "256", doc = "connections per address") int connectionsMax,
    @Setting(value = "1s", doc = "connecting to an address") @Inherits("timeouts.connect")
        Duration connectTimeout,
    @Setting(
            value = "profile",
            doc =
                "health probe: profile (the path of its first model's protocol), tcp, none, or a"
                    + " path")
        String health) {

  public BackendConfig {
    Rules.address("<here>.url", url);
    Rules.range("<here>.connections-max", connectionsMax, 1, 65_536);
    Rules.positive("<here>.connect-timeout", connectTimeout);
    if (!health.matches("profile|tcp|none|/[!-~]*")) {
      throw new IllegalArgumentException(
          "<here>.health must be profile, tcp, none or a path, got '" + health + "'");
    }
  }
}
