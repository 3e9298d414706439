package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Timeouts;
import dev.sidelight.proxy.http.Borrower.NoStream;
import dev.sidelight.proxy.http.wire.RequestWriter;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One loop's connections to one address. What lay idle the shortest is lent first; a bounded number
 * of borrowers wait for a bounded time when all are in use. Only touched on its loop: no lock.
 */
final class Pool {

  private static final int WAITERS_MAX = 256;

  private final Loop loop;
  private final BackendAddress address;
  private final RequestWriter writer;
  private final int connectionsMax;
  private final Timeouts timeouts;
  private final ArrayDeque<BackendConnection> idle = new ArrayDeque<>();
  private final Set<BackendConnection> all = new LinkedHashSet<>();
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
  private final Set<Waiter> connecting = new LinkedHashSet<>();
  private int inFlight;
  private boolean retired;

  /** A borrower, and how long it may wait. */
  private final class Waiter extends Deadline {
    private final Borrower borrower;
    private final long since;

    Waiter(Borrower borrower, long since) {
      this.borrower = borrower;
      this.since = since;
    }

    @Override
    void expired(long nowNanos) {
      waiters.remove(this);
      borrower.notLent(NoStream.EXHAUSTED, address);
    }
  }

  Pool(Loop loop, BackendAddress address, RequestWriter writer, int connectionsMax) {
    this.loop = loop;
    this.address = address;
    this.writer = writer;
    this.connectionsMax = connectionsMax;
    this.timeouts = loop.server.config().timeouts();
  }

  BackendAddress address() {
    return address;
  }

  /** Streams lent or being connected. */
  int inFlight() {
    return inFlight;
  }

  void lend(Borrower borrower) {
    BackendConnection ready = takeIdle();
    if (ready != null) {
      lendTo(borrower, ready);
    } else if (address.socket().isUnresolved()) {
      borrower.notLent(NoStream.REFUSED, address); // names are not asked for on a loop
    } else if (all.size() + connecting.size() < connectionsMax) {
      connect(new Waiter(borrower, loop.now()));
    } else if (waiters.size() < WAITERS_MAX) {
      Waiter waiter = new Waiter(borrower, loop.now());
      waiters.addLast(waiter);
      loop.deadlines.set(waiter, waiter.since + borrower.waits().poolWait());
    } else {
      borrower.notLent(NoStream.EXHAUSTED, address);
    }
  }

  private @Nullable BackendConnection takeIdle() {
    long now = loop.now();
    BackendConnection last = idle.pollLast();
    while (last != null && !last.isUsable(now)) {
      last.close();
      last = idle.pollLast();
    }
    return last;
  }

  private void lendTo(Borrower borrower, BackendConnection connection) {
    inFlight++;
    connection.lentTo(borrower);
    borrower.lent(connection, address);
  }

  private void connect(Waiter waiter) {
    connecting.add(waiter);
    inFlight++;
    BackendConnection connection = new BackendConnection(loop, this, writer);
    new Bootstrap()
        .group(loop.executor)
        .channel(loop.channel)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOCATOR, loop.allocator)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, ClientConnection.WATER_MARK)
        .option(ChannelOption.RECVBUF_ALLOCATOR, ClientConnection.receiveBuffers())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, waiter.borrower.waits().connectMillis())
        .handler(connection)
        .connect(address.socket())
        .addListener((ChannelFuture future) -> connected(waiter, connection, future));
  }

  private void connected(Waiter waiter, BackendConnection connection, ChannelFuture future) {
    boolean wanted = connecting.remove(waiter);
    inFlight--;
    if (!future.isSuccess()) {
      if (wanted) {
        boolean late = future.cause() instanceof ConnectTimeoutException;
        waiter.borrower.notLent(late ? NoStream.CONNECT_TIMEOUT : NoStream.REFUSED, address);
      }
      serveWaiters();
      return;
    }
    all.add(connection);
    loop.server.metrics().backendConnections().increment();
    if (wanted) {
      loop.server.metrics().poolWait(loop.now() - waiter.since);
      lendTo(waiter.borrower, connection);
    } else {
      rest(connection);
    }
  }

  /** An exchange is over; the connection may carry another. */
  void returned(BackendConnection connection) {
    inFlight--;
    rest(connection);
  }

  private void rest(BackendConnection connection) {
    Waiter waiter = waiters.pollFirst();
    if (waiter == null && retired) {
      connection.close();
      return;
    }
    if (waiter == null) {
      idle.addLast(connection);
      connection.idleUntil(loop.now() + timeouts.backendIdle().toNanos());
      return;
    }
    loop.deadlines.clear(waiter);
    loop.server.metrics().poolWait(loop.now() - waiter.since);
    lendTo(waiter.borrower, connection);
  }

  /** The connection is closed, lent or not. */
  void gone(BackendConnection connection, boolean lent) {
    if (!all.remove(connection)) {
      return;
    }
    loop.server.metrics().backendConnections().decrement();
    if (lent) {
      inFlight--;
    } else {
      idle.remove(connection);
    }
    serveWaiters();
  }

  /** A place is free again: the one who waits longest gets a connection of his own. */
  private void serveWaiters() {
    if (!waiters.isEmpty() && all.size() + connecting.size() < connectionsMax) {
      Waiter waiter = waiters.pollFirst();
      if (waiter != null) {
        loop.deadlines.clear(waiter);
        connect(waiter);
      }
    }
  }

  /** The borrower does not want one any more; a connection under way goes to the idle ones. */
  void cancel(Borrower borrower) {
    connecting.removeIf(waiter -> waiter.borrower == borrower);
    waiters.removeIf(
        waiter -> {
          if (waiter.borrower != borrower) {
            return false;
          }
          loop.deadlines.clear(waiter);
          return true;
        });
  }

  /** The backend's name leads here no more: what runs ends, nothing rests. */
  void retire() {
    retired = true;
    closeIdle();
  }

  boolean isEmpty() {
    return all.isEmpty() && connecting.isEmpty() && waiters.isEmpty();
  }

  long heldBytes() {
    long held = 0;
    for (BackendConnection connection : all) {
      held += connection.heldBytes();
    }
    return held;
  }

  void closeIdle() {
    for (BackendConnection connection : idle.toArray(new BackendConnection[0])) {
      connection.close();
    }
  }
}
