package dev.sidelight.bench.peers;

import dev.sidelight.bench.Exchanges;
import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.spool.Spool;
import dev.sidelight.logger.spool.SpoolSettings;
import dev.sidelight.logger.spool.SpoolSettings.Fsync;
import dev.sidelight.logger.spool.SpoolSettings.WhenFull;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Our spool with its defaults.
 *
 * @param heads the event is an exchange with two heads and a second body, as the proxy writes it,
 *     rather than one body only
 * @param segmentBytes small ones are sealed by the time they are damaged
 */
record SidelightLog(String name, boolean heads, int segmentBytes) implements Contender {

  private static final int RECORD_MAGIC = 0x534c5231;
  private static final int LENGTH_LAST_BYTE = 7;

  private SpoolSettings settings(Path dir) {
    return new SpoolSettings(
        dir,
        1,
        64 << 20,
        8192,
        segmentBytes,
        4L << 30,
        20,
        256 << 10,
        Fsync.GROUP,
        WhenFull.DROP_OLDEST,
        HeaderPolicy.defaults(),
        Map.of());
  }

  @Override
  public Writing open(Path dir) {
    return new Appending(Spool.open(settings(dir)), heads);
  }

  @Override
  public void read(Path dir, Consumer<byte[]> events) throws InterruptedException {
    try (Spool spool = Spool.open(settings(dir));
        Cursor cursor = spool.cursor("bench", EventLog.From.OLDEST)) {
      List<LoggedEvent> some = cursor.read(1000, 4 << 20, 1000);
      while (!some.isEmpty()) {
        for (LoggedEvent logged : some) {
          if (logged.event() instanceof PayloadEvent.Exchange exchange) {
            events.accept(exchange.request().body().copy());
          }
        }
        some = cursor.read(1000, 4 << 20, 1000);
      }
    }
  }

  @Override
  public int lengthAt(ByteBuffer file, int eventAt) {
    int at = eventAt - 64;
    while (file.getInt(at) != RECORD_MAGIC) {
      at--;
    }
    return at + LENGTH_LAST_BYTE;
  }

  private static final class Appending implements Writing {

    private static final int UNSETTLED_MAX = 6000;
    private static final Payload ANSWER = Payload.of(new byte[200]);

    private final Spool spool;
    private final boolean heads;
    private final EventSink sink;
    private final Exchanges exchanges = new Exchanges();
    private long offered;

    Appending(Spool spool, boolean heads) {
      this.spool = spool;
      this.heads = heads;
      this.sink = spool.sink(0);
    }

    @Override
    public void append(byte[] event) {
      Payload body = Payload.of(event);
      PayloadEvent.Exchange exchange = heads ? exchanges.whole(body, ANSWER) : exchanges.bare(body);
      if (Exchanges.offer(sink, exchange) != EventSink.Offer.ACCEPTED) {
        throw new IllegalStateException("the ring refused an event");
      }
      offered++;
      while (offered - spool.stats().events() > UNSETTLED_MAX) {
        LockSupport.parkNanos(100_000);
      }
    }

    @Override
    public void commit() {
      // the spool groups and syncs by itself
    }

    @Override
    public void settle() {
      while (spool.stats().queueBytes() > 0) {
        LockSupport.parkNanos(1_000_000);
      }
    }

    @Override
    public long writerNanos() {
      return ThreadCpu.of("sidelight-spool-");
    }

    @Override
    public long syncs() {
      return spool.stats().fsyncs();
    }

    @Override
    public void close() {
      spool.close();
    }
  }
}
