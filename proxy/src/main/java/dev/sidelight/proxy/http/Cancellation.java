package dev.sidelight.proxy.http;

/** Tells an endpoint that its client has gone. Thread-safe. */
public interface Cancellation {
  boolean isCancelled();

  /** Runs once when the client goes; at once if it has gone. */
  void onCancel(Runnable action);
}
