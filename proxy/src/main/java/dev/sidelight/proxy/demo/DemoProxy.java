package dev.sidelight.proxy.demo;

import java.nio.file.Path;

/** The proxy as the demo sees it: already listening, in front of the demo's model. */
public interface DemoProxy extends AutoCloseable {

  /** Makes and starts one. */
  @FunctionalInterface
  interface Starter {

    /**
     * @param modelPort where the model listens on loopback; it speaks V1 and V2
     * @param dataDir an existing folder for everything the proxy keeps
     * @param clock the wall clock of the data path, and with {@link HistoryClock#origin} the mark
     *     of its events
     * @return a proxy that takes requests
     */
    DemoProxy start(int modelPort, Path dataDir, HistoryClock clock);
  }

  /** The port of the data listener. */
  int dataPort();

  /** The port of the page and the query API. */
  int managementPort();

  /** What the last line of the terminal says. Cheap; may be called once a second. */
  Counts counts();

  /** Waits for what is under way, then stops. */
  @Override
  void close();

  /**
   * @param requests logged since the start
   * @param explained explanations answered
   * @param lost events that were counted as gaps
   */
  record Counts(long requests, long explained, long lost) {}
}
