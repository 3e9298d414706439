package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Borrower.NoStream;
import org.jspecify.annotations.Nullable;

/**
 * The backend's side of one exchange: which backend, the stream that is lent or waited for, and
 * whether it may be asked a second time. Reused with its exchange.
 */
final class Loan {

  private final Loop loop;
  private final Borrower borrower;
  private @Nullable BackendState backend;
  private @Nullable BackendStream stream;
  private @Nullable BackendAddress address;
  private boolean waiting;
  private boolean retried;

  Loan(Loop loop, Borrower borrower) {
    this.loop = loop;
    this.borrower = borrower;
  }

  void begin(BackendState from) {
    backend = from;
    address = null;
    retried = false;
  }

  @Nullable BackendStream stream() {
    return stream;
  }

  /** Whether a stream is lent or waited for. */
  boolean isOpen() {
    return stream != null || waiting;
  }

  /**
   * Asks for a stream.
   *
   * @param not an address that just failed
   */
  void ask(@Nullable BackendAddress not) {
    if (backend != null) {
      waiting = true;
      loop.pools(backend).lend(borrower, not);
    }
  }

  /** There is an answer, one or none. */
  void answered() {
    waiting = false;
  }

  void holds(BackendStream lent, BackendAddress from) {
    stream = lent;
    address = from;
  }

  /** The stream took the request's head. */
  void sent() {
    if (backend != null) {
      backend.backend().load().began();
    }
  }

  /** The stream is not taken: nothing was sent. */
  void decline() {
    BackendStream lent = stream;
    stream = null;
    if (lent != null) {
      lent.giveBack(/* reusable= */ true);
    }
  }

  /** No connection, nothing was sent: once, another address or the same is asked. */
  boolean asksAgain(NoStream why, BackendAddress from) {
    if (why != NoStream.REFUSED || retried) {
      return false;
    }
    retried = true;
    loop.server.metrics().retried("connect");
    if (backend != null && backend.addresses().size() > 1) {
      from.circuit().failed(loop.now());
    }
    ask(from);
    return true;
  }

  /** A connection that lay idle may just have been closed when it was lent. */
  boolean mayRepeat() {
    return !retried && stream != null && stream.isReused();
  }

  void repeat(long upstreamMicros) {
    retried = true;
    loop.server.metrics().retried("closed_idle");
    giveBack(/* reusable= */ false, upstreamMicros);
    ask(null);
  }

  void succeeded() {
    if (address != null) {
      address.circuit().succeeded();
    }
  }

  void failed() {
    if (address != null) {
      loop.server.circuitFailed(address);
    }
  }

  /** The exchange needs no stream any more. */
  void giveBack(boolean reusable, long upstreamMicros) {
    BackendStream lent = stream;
    stream = null;
    if (lent != null) {
      if (backend != null) {
        backend.backend().load().ended(upstreamMicros);
      }
      lent.giveBack(reusable);
    } else if (waiting && backend != null) {
      waiting = false;
      loop.pools(backend).cancel(borrower);
    }
  }

  void end() {
    backend = null;
    address = null;
  }
}
