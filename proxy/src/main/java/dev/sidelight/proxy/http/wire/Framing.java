package dev.sidelight.proxy.http.wire;

/** How the end of a message's body is known. */
public enum Framing {
  /** No body. */
  NONE,
  /** A Content-Length says it (it may be 0). */
  LENGTH,
  CHUNKED,
  /** The body ends where the connection does; responses only. */
  UNTIL_CLOSE
}
