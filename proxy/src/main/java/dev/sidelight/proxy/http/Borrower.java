package dev.sidelight.proxy.http;

/** Waits for a stream from a {@link Pool}. */
interface Borrower extends ResponseSink {

  /** How long it waits for what. */
  RoutePolicy.Waits waits();

  /** Here it is; {@code address} tells whose health it speaks for. */
  void lent(BackendStream stream, BackendAddress address);

  /** There is none. */
  void notLent(NoStream why, BackendAddress address);

  /** Why a stream could not be lent. */
  enum NoStream {
    REFUSED,
    CONNECT_TIMEOUT,
    /** All connections are in use and the wait was too long, or too many wait. */
    EXHAUSTED,
    /** The circuit of every address is open. */
    CIRCUIT_OPEN
  }
}
