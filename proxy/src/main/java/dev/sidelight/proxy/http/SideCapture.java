package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Truncation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one side of an exchange: parts of the buffers with its head and body, up to a
 * cap. Nothing is copied, except small messages that would keep much larger buffers alive.
 */
final class SideCapture {

  /** A message below this size is copied if it pins more than four times as much. */
  private static final int COPY_BELOW = 4 << 10;

  private static final int COPY_FACTOR = 4;

  private final LongAdder held;
  private final CRC32C crc = new CRC32C();
  private BufferPayload[] parts = new BufferPayload[8];
  private int count;
  private int kept;
  private int bodyPinned;
  private long seen;
  private @Nullable BufferPayload head;
  private @Nullable ByteBuf lastRoot;
  private Truncation truncation = Truncation.NONE;
  private String contentType = "";
  private String contentEncoding = "";

  /**
   * @param held counts the bytes that are pinned until they are released
   */
  SideCapture(LongAdder held) {
    this.held = held;
  }

  /** Keeps a head. Returns the bytes it pins. */
  int head(ByteBuf received, String type, String encoding) {
    contentType = type;
    contentEncoding = encoding;
    int length = received.readableBytes();
    if (length == 0) {
      return 0;
    }
    BufferPayload kept = new BufferPayload(received, length, pins(received), held);
    head = kept;
    return kept.pinned();
  }

  /** Sees body bytes and keeps them up to the cap. Returns the bytes they pin besides. */
  int body(ByteBuf data, int cap) {
    int length = data.readableBytes();
    boolean wasWhole = truncation == Truncation.NONE;
    seen += length;
    if (!wasWhole) {
      if (truncation == Truncation.CAP) {
        update(data);
      }
      return 0;
    }
    int room = cap - kept;
    if (length > room) {
      truncation = Truncation.CAP;
      crc.reset();
      for (int i = 0; i < count; i++) {
        crc.update(parts[i].buffers()[0].duplicate());
      }
      update(data);
    }
    return room == 0 ? 0 : keep(data, Math.min(length, room));
  }

  private int keep(ByteBuf data, int length) {
    if (count == parts.length) {
      parts = Arrays.copyOf(parts, count * 2);
    }
    int pinned = pins(data);
    parts[count++] = new BufferPayload(data, length, pinned, held);
    kept += length;
    bodyPinned += pinned;
    return pinned;
  }

  /** The whole buffer that a slice keeps from being freed, unless the slice before did so. */
  private int pins(ByteBuf slice) {
    ByteBuf root = slice;
    for (ByteBuf under = root.unwrap(); under != null; under = root.unwrap()) {
      root = under;
    }
    if (isLast(root)) {
      return 0;
    }
    lastRoot = root;
    return root.capacity();
  }

  @SuppressWarnings("ReferenceEquality") // the same buffer is meant, not one with the same bytes
  private boolean isLast(ByteBuf root) {
    return root == lastRoot;
  }

  private void update(ByteBuf data) {
    for (ByteBuffer part : data.nioBuffers()) {
      crc.update(part);
    }
  }

  /** The body is not kept, for this reason. */
  void withoutBody(Truncation why) {
    truncation = why;
  }

  /**
   * Gives up a body that is being kept, and the large buffer that a small head keeps alive: under
   * pressure a message without its body is worth more than none.
   *
   * @return the bytes no longer pinned
   */
  int giveUpBody(ByteBufAllocator allocator) {
    int before = pinned();
    boolean keepsAll = truncation == Truncation.NONE && seen > 0;
    if (keepsAll || truncation == Truncation.CAP) {
      truncation = Truncation.PRESSURE;
    }
    releaseBody();
    kept = 0;
    bodyPinned = 0;
    lastRoot = null;
    BufferPayload first = head;
    if (first != null && first.pinned() > COPY_FACTOR * first.length()) {
      head = copied(allocator, first);
    }
    return before - pinned();
  }

  /** Cut for a reason that is not ours; a cap that was reached before keeps its word. */
  void truncated(Truncation why) {
    if (truncation == Truncation.NONE) {
      truncation = why;
    }
  }

  Truncation truncation() {
    return truncation;
  }

  int pinned() {
    return (head == null ? 0 : head.pinned()) + bodyPinned;
  }

  /** An answer of our own, kept as it was sent. */
  Side own(byte[] body, String type) {
    return new Side(Payload.EMPTY, Payload.of(body), body.length, 0, type, "", Truncation.NONE);
  }

  /** Hands over what was kept and forgets it. */
  Side take(ByteBufAllocator allocator) {
    int total = (head == null ? 0 : head.length()) + kept;
    if (total > 0 && total < COPY_BELOW && pinned() > COPY_FACTOR * total) {
      copySmall(allocator);
    }
    int sum = truncation == Truncation.CAP ? (int) crc.getValue() : 0;
    Payload first = head == null ? Payload.EMPTY : head;
    Side side = new Side(first, body(), seen, sum, contentType, contentEncoding, truncation);
    Arrays.fill(parts, 0, count, null);
    count = 0;
    clear();
    return side;
  }

  private Payload body() {
    return switch (count) {
      case 0 -> Payload.EMPTY;
      case 1 -> parts[0];
      default -> new JoinedPayload(Arrays.copyOf(parts, count), kept, bodyPinned);
    };
  }

  private void copySmall(ByteBufAllocator allocator) {
    BufferPayload first = head;
    if (first != null) {
      head = copied(allocator, first);
    }
    if (count > 0) {
      BufferPayload copy = copied(allocator, Arrays.copyOf(parts, count));
      Arrays.fill(parts, 0, count, null);
      parts[0] = copy;
      count = 1;
      bodyPinned = copy.pinned();
    }
  }

  /** Releases the originals. */
  private BufferPayload copied(ByteBufAllocator allocator, BufferPayload... originals) {
    int length = 0;
    for (BufferPayload original : originals) {
      length += original.length();
    }
    ByteBuf copy = allocator.directBuffer(length);
    for (BufferPayload original : originals) {
      original.copyTo(copy);
      original.release();
    }
    BufferPayload payload = new BufferPayload(copy, length, copy.capacity(), held);
    copy.release(); // the payload's own hold remains
    return payload;
  }

  /** Gives everything back. */
  void release() {
    if (head != null) {
      head.release();
    }
    releaseBody();
    clear();
  }

  private void releaseBody() {
    for (int i = 0; i < count; i++) {
      parts[i].release();
    }
    Arrays.fill(parts, 0, count, null);
    count = 0;
  }

  private void clear() {
    head = null;
    kept = 0;
    bodyPinned = 0;
    seen = 0;
    lastRoot = null;
    truncation = Truncation.NONE;
    contentType = "";
    contentEncoding = "";
  }
}
