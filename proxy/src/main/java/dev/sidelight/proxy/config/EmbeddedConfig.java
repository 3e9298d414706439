package dev.sidelight.proxy.config;

/** The embedded store. */
public record EmbeddedConfig(
    @Setting(value = "true", doc = "keep requests in the embedded store") boolean enabled,
    @Setting(value = "./store", doc = "directory of the embedded store") String dir,
    @Setting(value = "7", doc = "days kept") int days,
    @Setting(value = "2GiB", doc = "size of the store") ByteSize bytesMax) {

  public EmbeddedConfig {
    Rules.range("embedded.days", days, 1, 3650);
  }
}
