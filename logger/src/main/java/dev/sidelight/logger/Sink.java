package dev.sidelight.logger;

import java.util.List;

/**
 * A destination. Called by one thread of its own; may block; is told to write again what it did not
 * take.
 */
public interface Sink extends AutoCloseable {

  /** True for events this sink wants; the others are settled as skipped. */
  boolean wants(LoggedEvent event);

  /**
   * Writes a batch. Delivery is at least once: the same event may come again, also after a restart.
   *
   * @return one answer per event, in order
   */
  List<Result> write(List<LoggedEvent> batch);

  @Override
  void close();

  /** What became of one event. */
  sealed interface Result {
    record Written() implements Result {}

    /** Try again, not before {@code afterMillis}. */
    record Retry(String cause, long afterMillis) implements Result {}

    /** Never; {@code text} is the sink's own word, at most 500 characters, no payload. */
    record Refused(String cause, String text) implements Result {}

    /**
     * The batch as a whole was refused: send it again in halves; an event refused alone is dead.
     *
     * @param tooLarge the batch had too many bytes, so the next ones should have fewer
     */
    record Split(String cause, String text, boolean tooLarge) implements Result {}

    /** The whole sink cannot go on (credentials, a wrong address): no event is burnt on it. */
    record Pause(String cause) implements Result {}
  }
}
