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
 * What is kept of one side of an exchange: retained slices of its head and body, up to a cap.
 * Nothing is copied, except small messages that would keep much larger buffers alive.
 */
final class SideCapture {

  /** A message below this size is copied if it pins more than four times as much. */
  private static final int COPY_BELOW = 4 << 10;

  private static final int COPY_FACTOR = 4;

  private final CRC32C crc = new CRC32C();
  private ByteBuf[] slices = new ByteBuf[8];
  private int count;
  private int kept;
  private int headPinned;
  private int bodyPinned;
  private long seen;
  private @Nullable ByteBuf head;
  private @Nullable ByteBuf lastRoot;
  private Truncation truncation = Truncation.NONE;
  private String contentType = "";
  private String contentEncoding = "";

  /** Keeps a head. Returns the bytes it pins. */
  int head(ByteBuf received, String type, String encoding) {
    contentType = type;
    contentEncoding = encoding;
    if (received.readableBytes() == 0) {
      return 0;
    }
    head = received.retainedSlice();
    headPinned = pins(received);
    return headPinned;
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
        update(slices[i]);
      }
      update(data);
    }
    return room == 0 ? 0 : keep(data, Math.min(length, room));
  }

  private int keep(ByteBuf data, int length) {
    if (count == slices.length) {
      slices = Arrays.copyOf(slices, count * 2);
    }
    slices[count++] = data.retainedSlice(data.readerIndex(), length);
    kept += length;
    int pinned = pins(data);
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
    ByteBuf first = head;
    if (first != null && headPinned > COPY_FACTOR * first.readableBytes()) {
      copyHead(first, allocator);
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
    return headPinned + bodyPinned;
  }

  /** An answer of our own, kept as it was sent. */
  Side own(byte[] body, String type) {
    return new Side(Payload.EMPTY, Payload.of(body), body.length, 0, type, "", Truncation.NONE);
  }

  /** Hands over what was kept and forgets it. */
  Side take(ByteBufAllocator allocator, LongAdder held) {
    int headLength = head == null ? 0 : head.readableBytes();
    int total = headLength + kept;
    if (total > 0 && total < COPY_BELOW && pinned() > COPY_FACTOR * total) {
      copySmall(allocator);
    }
    ByteBuf first = head;
    Payload headPayload =
        first == null
            ? Payload.EMPTY
            : new BufferPayload(new ByteBuf[] {first}, headLength, headPinned, held);
    Payload body =
        count == 0
            ? Payload.EMPTY
            : new BufferPayload(Arrays.copyOf(slices, count), kept, bodyPinned, held);
    int sum = truncation == Truncation.CAP ? (int) crc.getValue() : 0;
    Side side = new Side(headPayload, body, seen, sum, contentType, contentEncoding, truncation);
    head = null;
    Arrays.fill(slices, 0, count, null);
    count = 0;
    clear();
    return side;
  }

  private void copySmall(ByteBufAllocator allocator) {
    ByteBuf first = head;
    if (first != null) {
      copyHead(first, allocator);
    }
    if (count > 0) {
      ByteBuf copy = allocator.directBuffer(kept);
      for (int i = 0; i < count; i++) {
        copy.writeBytes(slices[i]);
        slices[i].release();
      }
      slices[0] = copy;
      Arrays.fill(slices, 1, count, null);
      count = 1;
      bodyPinned = copy.capacity();
    }
  }

  private void copyHead(ByteBuf first, ByteBufAllocator allocator) {
    ByteBuf copy = allocator.directBuffer(first.readableBytes()).writeBytes(first);
    first.release();
    head = copy;
    headPinned = copy.capacity();
  }

  /** Gives everything back. */
  void release() {
    if (head != null) {
      head.release();
      head = null;
    }
    releaseBody();
    clear();
  }

  private void releaseBody() {
    for (int i = 0; i < count; i++) {
      slices[i].release();
    }
    Arrays.fill(slices, 0, count, null);
    count = 0;
  }

  private void clear() {
    kept = 0;
    headPinned = 0;
    bodyPinned = 0;
    seen = 0;
    lastRoot = null;
    truncation = Truncation.NONE;
    contentType = "";
    contentEncoding = "";
  }
}
