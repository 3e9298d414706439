package dev.sidelight.logger;

import java.util.List;

/** One reader's place in the log. Used by one thread. */
public interface Cursor extends AutoCloseable {

  /**
   * The next durable events, at most {@code records} of them and about {@code bytes} bytes; waits
   * up to {@code waitMillis} for the first. Empty when none came. The place moves on; nothing is
   * saved yet.
   */
  List<LoggedEvent> read(int records, long bytes, long waitMillis) throws InterruptedException;

  /** Goes back to the first event that is not settled. */
  void rewind();

  /**
   * Everything up to {@code sequence} is settled: counted, and saved within 100 ms.
   *
   * <p>The three counts are of <b>exchanges</b> only, for the ledger is about exchanges: reports,
   * halves and gaps among the settled events are not in them. Together they must be the number of
   * exchanges read between the last settled event and {@code sequence}.
   *
   * @param written delivered; {@code skipped} not wanted; {@code dead} set aside
   * @throws IllegalArgumentException when the counts are not that, or {@code sequence} was not read
   */
  void settle(long sequence, long written, long skipped, long dead);

  /** The first sequence that is not settled. */
  long position();

  @Override
  void close();
}
