package dev.sidelight.proxy.http;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes a streamed answer from a virtual thread: hands bytes to the loop and waits while too many
 * of them have not been taken by the client.
 */
final class Outlet {

  private static final long AHEAD_MAX = 64 << 10;

  private final Loop loop;
  private final ClientWriter client;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final List<Runnable> onClose = new ArrayList<>();
  private long ahead;
  private boolean closed;

  /** On the loop only: handed to the channel while it was full. */
  private long unwritable;

  Outlet(Loop loop, ClientWriter client) {
    this.loop = loop;
    this.client = client;
  }

  /**
   * Any thread but the loop's.
   *
   * @return false once the client has gone
   */
  boolean write(byte[] bytes) throws InterruptedException {
    if (bytes.length == 0) {
      return !isClosed();
    }
    lock.lockInterruptibly();
    try {
      while (!closed && ahead > AHEAD_MAX) {
        moved.await();
      }
      if (closed) {
        return false;
      }
      ahead += bytes.length;
    } finally {
      lock.unlock();
    }
    loop.run(() -> send(bytes));
    return true;
  }

  private void send(byte[] bytes) {
    if (isClosed()) {
      return;
    }
    client.data(Unpooled.wrappedBuffer(bytes));
    client.flush();
    unwritable += bytes.length;
    writable();
  }

  /** On the loop: the client may have read. */
  void writable() {
    if (client.isWritable() && unwritable > 0) {
      taken(unwritable);
      unwritable = 0;
    }
  }

  private void taken(long bytes) {
    lock.lock();
    try {
      ahead -= bytes;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The answer is whole. */
  void end() {
    loop.run(
        () -> {
          if (close()) {
            client.end(null);
          }
        });
  }

  /** The answer cannot be completed. */
  void abort() {
    loop.run(
        () -> {
          if (close()) {
            client.reset();
          }
        });
  }

  /** Ends it for the writer; true for the first caller. */
  boolean close() {
    List<Runnable> actions;
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      actions = List.copyOf(onClose);
      onClose.clear();
      moved.signalAll();
    } finally {
      lock.unlock();
    }
    actions.forEach(action -> Thread.ofVirtual().name("sidelight-close").start(action));
    return true;
  }

  /** Runs once when it is closed; at once if it is. */
  void onClose(Runnable action) {
    lock.lock();
    try {
      if (!closed) {
        onClose.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }
}
