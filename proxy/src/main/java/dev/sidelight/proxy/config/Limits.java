package dev.sidelight.proxy.config;

/** Bounds of one message and of the process. */
public record Limits(
    @Setting(value = "32KiB", doc = "longest message head") ByteSize headBytesMax,
    @Setting(value = "200", doc = "most fields in a head") int fieldsMax,
    @Setting(value = "8KiB", doc = "longest request target") ByteSize targetBytesMax,
    @Setting(value = "0", doc = "longest predict body; 0 for no limit") ByteSize requestBytesMax,
    @Setting(value = "64MiB", doc = "longest body of our own endpoints") ByteSize endpointBytesMax,
    @Setting(value = "64MiB", doc = "bytes in flight at which shedding is complete")
        ByteSize inFlightBytesMax,
    @Setting(value = "10000", doc = "connections on the data listener") int connectionsMax) {

  public Limits {
    Rules.range("limits.head-bytes-max", headBytesMax.bytes(), 1024, 1 << 20);
    Rules.range("limits.fields-max", fieldsMax, 10, 10_000);
    Rules.range("limits.target-bytes-max", targetBytesMax.bytes(), 256, 1 << 20);
    Rules.range("limits.connections-max", connectionsMax, 1, 1_000_000);
    Rules.range("limits.in-flight-bytes-max", inFlightBytesMax.bytes(), 1 << 20, 1L << 40);
  }
}
