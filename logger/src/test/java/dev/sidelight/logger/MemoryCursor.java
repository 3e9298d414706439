package dev.sidelight.logger;

import java.util.ArrayList;
import java.util.List;

/** A cursor over a list. */
final class MemoryCursor implements Cursor {

  private final List<LoggedEvent> events = new ArrayList<>();
  private int next;
  long settled;
  long written;
  long skipped;
  long dead;
  long bytesAsked;
  boolean closed;

  MemoryCursor(List<LoggedEvent> events) {
    this.events.addAll(events);
  }

  @Override
  public synchronized List<LoggedEvent> read(int records, long bytes, long waitMillis) {
    bytesAsked = bytes;
    int end = Math.min(events.size(), next + records);
    List<LoggedEvent> read = List.copyOf(events.subList(next, end));
    next = end;
    return read;
  }

  @Override
  public void rewind() {
    next = (int) settled;
  }

  @Override
  public void settle(long sequence, long nowWritten, long nowSkipped, long nowDead) {
    if (sequence <= settled) {
      throw new IllegalStateException("settled twice: " + sequence);
    }
    settled = sequence;
    written += nowWritten;
    skipped += nowSkipped;
    dead += nowDead;
  }

  @Override
  public long position() {
    return settled + 1;
  }

  @Override
  public void close() {
    closed = true;
  }
}
