package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Call;
import dev.sidelight.core.event.CallerIds;
import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.Marks;
import dev.sidelight.core.event.ModelRef;
import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Times;
import dev.sidelight.core.event.Trace;
import dev.sidelight.core.event.Truncation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** Events and settings for tests. */
final class Sample {

  static final String HEAD =
      """
      POST /v1/models/m:predict?key=canary HTTP/1.1
      Host: canary-host
      Authorization: Bearer canary
      content-type: application/json
      Cookie: a=canary
      X-Request-Id: r-1

      """
          .replace("\n", "\r\n");

  private Sample() {}

  static SpoolSettings settings() {
    return settings(SpoolSettings.WhenFull.DROP_OLDEST);
  }

  static SpoolSettings settings(SpoolSettings.WhenFull whenFull) {
    return new SpoolSettings(
        Path.of("sim"),
        2,
        64 << 20,
        1024,
        1 << 20,
        4 << 20,
        20,
        256 << 10,
        SpoolSettings.Fsync.GROUP,
        whenFull,
        HeaderPolicy.defaults(),
        whenFull == SpoolSettings.WhenFull.DROP_NEWEST ? Map.of("slow", 64L << 20) : Map.of());
  }

  static UUID id(long n) {
    return new UUID(0x0199f3a0_7c007000L, 0x8000_0000_0000_0000L | n);
  }

  static PayloadEvent.Exchange exchange(long n) {
    return exchange(n, 100);
  }

  static PayloadEvent.Exchange exchange(long n, int bodyBytes) {
    byte[] body = new byte[bodyBytes];
    Arrays.fill(body, (byte) ('a' + n % 26));
    return exchange(
        id(n),
        Payload.of(body),
        Payload.of("{\"predictions\":[1]}".getBytes(StandardCharsets.US_ASCII)));
  }

  static PayloadEvent.Exchange exchange(UUID id, Payload request, Payload response) {
    Payload head = Payload.of(HEAD.getBytes(StandardCharsets.US_ASCII));
    return new PayloadEvent.Exchange(
        id,
        new CallerIds("", "r-1", ""),
        new Trace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ""),
        ModelRef.of("m"),
        new Call("POST", "/v1/models/m:predict", "v1", "http", 200, -1, Outcome.SUCCESS),
        new Times(1_790_000_000_000_000L, 1500, 1400),
        new Side(head, request, request.length(), 0, "application/json", "", Truncation.NONE),
        new Side(
            Payload.EMPTY, response, response.length(), 0, "application/json", "", Truncation.NONE),
        Marks.NONE);
  }

  static PayloadEvent.Report report(long n, int bytes) {
    return new PayloadEvent.Report(
        id(n), "explanation", id(n), ModelRef.of("m"), 1_790_000_000_000_000L, new byte[bytes]);
  }

  /** A payload that knows how often it was given back. */
  static final class Counted implements Payload {
    private final ByteBuffer bytes;
    private final int pinned;
    int released;

    Counted(int bytes, int pinned) {
      this.bytes = ByteBuffer.allocateDirect(bytes);
      this.pinned = pinned;
    }

    @Override
    public ByteBuffer[] buffers() {
      return new ByteBuffer[] {bytes};
    }

    @Override
    public int length() {
      return bytes.remaining();
    }

    @Override
    public int pinned() {
      return pinned;
    }

    @Override
    public void release() {
      released++;
    }
  }
}
