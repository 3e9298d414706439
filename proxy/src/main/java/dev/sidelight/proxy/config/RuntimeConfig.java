package dev.sidelight.proxy.config;

/**
 * @param loops event loops; 0 takes min(2, cores)
 */
public record RuntimeConfig(
    @Setting(value = "0", doc = "event loops of the data path; 0 takes min(2, cores)") int loops,
    @Setting(value = "auto", doc = "auto, epoll, io_uring or nio") Transport transport) {

  public RuntimeConfig {
    Rules.range("runtime.loops", loops, 0, 1024);
  }

  /** How sockets are served. */
  public enum Transport {
    AUTO,
    EPOLL,
    IO_URING,
    NIO
  }

  public int effectiveLoops() {
    return loops > 0 ? loops : Math.min(2, Runtime.getRuntime().availableProcessors());
  }
}
