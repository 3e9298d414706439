package dev.sidelight.proxy.http.wire;

/** What came of reading some bytes. */
public enum Progress {
  /** Everything given was taken; more is needed. */
  NEED_MORE,
  /** The head is complete and may be served; what follows it was left in the buffer. */
  COMPLETE,
  /** It may not be served: ask for the refusal. Nothing more can be read after it. */
  REFUSED
}
