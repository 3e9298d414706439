package dev.sidelight.proxy.config;

/** Where the process listens. */
public record Listeners(Data data, Management management, Probes probes) {

  /** Predictions and explanations. */
  public record Data(
      @Setting(value = "0.0.0.0", doc = "address of the data listener") String host,
      @Setting(value = "8080", doc = "port of the data listener; 0 takes a free one") int port) {
    public Data {
      Rules.port("listeners.data.port", port);
    }
  }

  /** Everything that shows payloads: API, page. */
  public record Management(
      @Setting(value = "127.0.0.1", doc = "address of the management listener") String host,
      @Setting(value = "8090", doc = "port of the management listener; 0 takes a free one")
          int port) {
    public Management {
      Rules.port("listeners.management.port", port);
      if (!host.equals("localhost")
          && !host.equals("::1")
          && !host.matches("127(\\.\\d{1,3}){3}")) {
        throw new IllegalArgumentException(
            "listeners.management.host must be a loopback address while there is no authenticator"
                + " (everything that shows payloads is there), got '"
                + host
                + "'");
      }
    }
  }

  /** Health and metrics; never a payload. */
  public record Probes(
      @Setting(value = "0.0.0.0", doc = "address of the probes listener") String host,
      @Setting(value = "8091", doc = "port of the probes listener; 0 takes a free one") int port) {
    public Probes {
      Rules.port("listeners.probes.port", port);
    }
  }
}
