package dev.sidelight.proxy.http;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;

/** Gives every event back at once. */
final class DiscardingSink implements EventSink {

  @Override
  public void started() {
    // nothing is counted
  }

  @Override
  public boolean takesBodies() {
    return true;
  }

  @Override
  public void pinned(int bytes) {
    // nothing is counted
  }

  @Override
  public Offer offer(PayloadEvent event) {
    event.release();
    return Offer.ACCEPTED;
  }
}
