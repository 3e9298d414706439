package dev.sidelight.logger;

/** How an event lies on disk; the spool's own format. Thread-safe. */
public interface RecordFormat {

  byte[] encode(LoggedEvent event);

  /**
   * @throws IllegalArgumentException when these are not the bytes of one event
   */
  LoggedEvent decode(byte[] record);
}
