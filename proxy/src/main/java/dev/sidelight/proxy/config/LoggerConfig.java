package dev.sidelight.proxy.config;

import java.util.List;

/** What is kept of the traffic. */
public record LoggerConfig(
    @Setting(value = "true", doc = "keep requests and responses") boolean enabled,
    @Setting(value = "best-effort", doc = "best-effort, or strict: 503 rather than unlogged")
        Mode mode,
    @Setting(value = "1.0", doc = "share of the requests that are kept, 0 to 1") double sampleRate,
    @Setting(value = "256KiB", doc = "bytes kept of each body, 0 to 8MiB") ByteSize bodyBytesMax,
    @Setting(value = "honour", doc = "honour or ignore the marks that ask not to be logged")
        SkipMarks skipMarks,
    HeaderNames headers,
    @Setting(value = "kserve", doc = "CloudEvents profile: kserve or unique-id") String profile,
    @Setting(value = "", doc = "CloudEvents source; empty derives it") String source,
    Ring ring) {

  /** Of one body that is kept. */
  static final long BODY_BYTES_MAX = 8 << 20;

  public LoggerConfig {
    Rules.share("logger.sample-rate", sampleRate);
    if (!profile.equals("kserve") && !profile.equals("unique-id")) {
      throw new IllegalArgumentException(
          "logger.profile must be kserve or unique-id, got '" + profile + "'");
    }
    Rules.range("logger.body-bytes-max", bodyBytesMax.bytes(), 0, BODY_BYTES_MAX);
  }

  /** Which header fields are kept; a denied name is never kept, whatever is allowed. */
  public record HeaderNames(
      @Setting(
              value =
                  "[Content-Type, Content-Encoding, Inference-Header-Content-Length, X-Request-Id,"
                      + " Seldon-Puid, Traceparent, User-Agent]",
              doc = "header fields that are kept")
          List<String> allow,
      @Setting(value = "[]", doc = "header fields never kept, beside the built-in ones")
          List<String> deny) {
    public HeaderNames {
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }
  }

  /** What happens to a request that cannot be logged. */
  public enum Mode {
    /** It passes; what is lost is counted. */
    BEST_EFFORT,
    /** It is answered 503 {@code log_unavailable}: audit duty, chosen knowingly. */
    STRICT
  }

  /** What a route without a word of its own keeps. */
  public RouteLog forRoutes() {
    return new RouteLog(mode, sampleRate, bodyBytesMax, skipMarks);
  }

  /** Whether a caller may keep his calls out of the log. */
  public enum SkipMarks {
    HONOUR,
    IGNORE
  }

  /** The ring between event loops and the writer. */
  public record Ring(
      @Setting(value = "64MiB", doc = "bytes that captured bodies may pin") ByteSize bytes,
      @Setting(value = "8192", doc = "events per loop") int slots) {
    public Ring {
      Rules.range("logger.ring.bytes", bytes.bytes(), 1 << 20, 1L << 36);
      Rules.range("logger.ring.slots", slots, 64, 1 << 20);
    }
  }
}
