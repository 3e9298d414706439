package dev.sidelight.core.event;

import java.util.UUID;

/** Something worth keeping. Immutable; bodies are references until {@link #release()}. */
public sealed interface PayloadEvent {

  /** Made by us: UUIDv7 for what we saw ourselves. */
  UUID id();

  /** Gives back what the bodies pin. Exactly once, by whoever holds the event last. */
  void release();

  /** Request and response, both seen by this proxy. */
  record Exchange(
      UUID id,
      CallerIds callerIds,
      Trace trace,
      ModelRef model,
      Call call,
      Times times,
      Side request,
      Side response,
      Marks marks)
      implements PayloadEvent {

    /** What consumers join on. */
    public String requestId() {
      return callerIds.joinId(id.toString());
    }

    @Override
    public void release() {
      request.release();
      response.release();
    }
  }

  /** One side that somebody else's logger saw and sent us. */
  record Half(
      UUID id,
      UUID exchangeId,
      boolean isRequest,
      CallerIds callerIds,
      Trace trace,
      ModelRef model,
      String protocol,
      long timeMicros,
      Side side,
      Marks marks)
      implements PayloadEvent {

    @Override
    public void release() {
      side.release();
    }
  }

  /**
   * An explanation, attribution, drift, outlier or feedback document.
   *
   * @param kind the word in its type: {@code explanation}, ...
   * @param exchangeId the exchange it speaks of, or null where it speaks of none
   * @param json UTF-8 JSON
   */
  record Report(
      UUID id,
      String kind,
      @org.jspecify.annotations.Nullable UUID exchangeId,
      ModelRef model,
      long timeMicros,
      byte[] json)
      implements PayloadEvent {

    @Override
    public void release() {
      // nothing is pinned
    }
  }

  /** Events that were seen and are not there: how many, and why. */
  record Gap(
      UUID id,
      UUID spool,
      int epoch,
      int loop,
      long from,
      long to,
      long count,
      long bytes,
      String reason,
      boolean exact,
      long firstMicros,
      long lastMicros,
      String sink)
      implements PayloadEvent {

    @Override
    public void release() {
      // nothing is pinned
    }
  }
}
