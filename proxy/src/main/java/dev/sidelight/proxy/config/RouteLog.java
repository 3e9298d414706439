package dev.sidelight.proxy.config;

import dev.sidelight.proxy.config.LoggerConfig.Mode;
import dev.sidelight.proxy.config.LoggerConfig.SkipMarks;

/** What is kept of the traffic of one model or route. */
public record RouteLog(
    @Setting(value = "best-effort", doc = "best-effort, or strict: 503 rather than unlogged")
        Mode mode,
    @Setting(value = "1.0", doc = "share of the requests that are kept, 0 to 1") double sampleRate,
    @Setting(value = "256KiB", doc = "bytes kept of each body, 0 to 8MiB") ByteSize bodyBytesMax,
    @Setting(value = "honour", doc = "honour or ignore the marks that ask not to be logged")
        SkipMarks skipMarks) {

  public RouteLog {
    Rules.share("<here>.sample-rate", sampleRate);
    Rules.range("<here>.body-bytes-max", bodyBytesMax.bytes(), 0, LoggerConfig.BODY_BYTES_MAX);
  }
}
