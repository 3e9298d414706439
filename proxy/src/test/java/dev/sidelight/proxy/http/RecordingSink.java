package dev.sidelight.proxy.http;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.PayloadEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Takes every event, copies what it holds and gives the buffers back, as a writer would. */
final class RecordingSink implements EventSink {

  /** What is left of an event after its buffers have been given back. */
  record Seen(
      PayloadEvent.Exchange event,
      String requestHead,
      byte[] requestBody,
      String responseHead,
      byte[] responseBody) {}

  private final List<Seen> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicLong pinned = new AtomicLong();
  private volatile boolean takesBodies = true;
  private volatile boolean hasRoom = true;

  @Override
  public void started() {
    started.incrementAndGet();
  }

  @Override
  public boolean takesBodies() {
    return takesBodies;
  }

  void takesBodies(boolean takes) {
    takesBodies = takes;
  }

  @Override
  public boolean hasRoomFor(long bytes) {
    return hasRoom;
  }

  void hasRoom(boolean has) {
    hasRoom = has;
  }

  @Override
  public void pinned(int bytes) {
    pinned.addAndGet(bytes);
  }

  @Override
  public Offer offer(PayloadEvent event) {
    PayloadEvent.Exchange exchange = (PayloadEvent.Exchange) event;
    long held =
        exchange.request().head().pinned()
            + exchange.request().body().pinned()
            + exchange.response().head().pinned()
            + (long) exchange.response().body().pinned();
    pinned.addAndGet(-held);
    events.add(
        new Seen(
            exchange,
            new String(exchange.request().head().copy(), StandardCharsets.ISO_8859_1),
            exchange.request().body().copy(),
            new String(exchange.response().head().copy(), StandardCharsets.ISO_8859_1),
            exchange.response().body().copy()));
    event.release();
    return Offer.ACCEPTED;
  }

  List<Seen> events() {
    return events;
  }

  int startedCount() {
    return started.get();
  }

  /** Bytes reported as pinned and not handed over: 0 when nothing runs. */
  long pinnedBytes() {
    return pinned.get();
  }
}
