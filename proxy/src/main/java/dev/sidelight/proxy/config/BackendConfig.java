package dev.sidelight.proxy.config;

/**
 * A model server.
 *
 * @param url {@code http://host:port}; several addresses are separated by commas
 * @param connectionsMax per address, shared out over the loops
 */
public record BackendConfig(
    @Setting(value = "http://127.0.0.1:8081", doc = "address of the server") String url,
    @Setting(value = "256", doc = "connections per address") int connectionsMax) {

  public BackendConfig {
    Rules.address("backends.<name>.url", url);
    Rules.range("backends.<name>.connections-max", connectionsMax, 1, 65_536);
  }
}
