package dev.sidelight.proxy.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request body on its way from the loop to an endpoint that reads it as a stream. Holds at most
 * {@link #AHEAD_MAX} bytes and one read more; the loop is told when there is room again.
 */
final class BodyPipe extends InputStream {

  private static final int AHEAD_MAX = 128 << 10;

  private final Runnable room;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final ArrayDeque<byte[]> parts = new ArrayDeque<>();
  private int held;
  private int at;
  private boolean ended;
  private @Nullable RuntimeException failure;

  /**
   * @param room called by the reader when there is room again
   */
  BodyPipe(Runnable room) {
    this.room = room;
  }

  void offer(byte[] part) {
    lock.lock();
    try {
      parts.addLast(part);
      held += part.length;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean hasRoom() {
    lock.lock();
    try {
      return held < AHEAD_MAX;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    finish(null);
  }

  /** The reader gets this after what has arrived. */
  void fail(RuntimeException why) {
    finish(why);
  }

  private void finish(@Nullable RuntimeException why) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        failure = why;
      }
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int n;
    lock.lock();
    try {
      byte[] part = awaitPart();
      if (part == null) {
        return -1;
      }
      n = Math.min(length, part.length - at);
      System.arraycopy(part, at, into, from, n);
      at += n;
      held -= n;
      if (at == part.length) {
        parts.removeFirst();
        at = 0;
      }
    } finally {
      lock.unlock();
    }
    room.run();
    return n;
  }

  private byte @Nullable [] awaitPart() throws IOException {
    try {
      while (parts.isEmpty() && !ended) {
        moved.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a body was read", e);
    }
    byte[] part = parts.peekFirst();
    if (part == null && failure != null) {
      throw failure;
    }
    return part;
  }
}
