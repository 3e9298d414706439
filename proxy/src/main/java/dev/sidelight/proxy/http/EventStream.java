package dev.sidelight.proxy.http;

/**
 * The writing end of a stream of server-sent events. Thread-safe; {@code send} blocks while the
 * client lags.
 */
public interface EventStream {

  /**
   * @param id empty for none
   * @param event empty for the default
   * @param data one line or several
   * @return false once the client has gone
   */
  boolean send(String id, String event, String data) throws InterruptedException;

  /** A comment, to keep the connection alive. */
  boolean comment(String text) throws InterruptedException;

  void onClose(Runnable action);

  /** Ends it in order. */
  void close();

  /** Breaks it off: for a client that does not read. */
  void abort();
}
