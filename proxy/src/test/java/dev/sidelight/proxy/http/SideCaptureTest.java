package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.Side;
import dev.sidelight.core.event.Truncation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SideCaptureTest {

  private static final PooledByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

  private final LongAdder held = new LongAdder();
  private final SideCapture capture = new SideCapture(held);

  private static ByteBuf buffer(int capacity, String text) {
    ByteBuf buffer = ALLOCATOR.directBuffer(capacity);
    buffer.writeCharSequence(text, StandardCharsets.US_ASCII);
    return buffer;
  }

  @Test
  void headAndBodyOfOneRead_chargedOnce_notCopied() {
    ByteBuf read = buffer(2048, "HEAD" + "b".repeat(1000));
    int head = capture.head(read.slice(0, 4), "application/json", "");
    int body = capture.body(read.slice(4, 1000), 4096);

    Side side = capture.take(ALLOCATOR);

    assertThat(head).isEqualTo(2048);
    assertThat(body).isZero();
    assertThat(side.head().pinned() + side.body().pinned()).isEqualTo(2048);
    assertThat(side.body().length()).isEqualTo(1000);
    assertThat(side.contentType()).isEqualTo("application/json");
    assertThat(held.sum()).isEqualTo(2048);
    read.release();
    assertThat(read.refCnt()).isEqualTo(2);
    side.head().release();
    side.body().release();
    assertThat(read.refCnt()).isZero();
    assertThat(held.sum()).isZero();
  }

  @Test
  void smallMessageInALargeBuffer_isCopied() {
    ByteBuf read = buffer(16384, "HEADbody");
    capture.head(read.slice(0, 4), "", "");
    capture.body(read.slice(4, 4), 4096);

    Side side = capture.take(ALLOCATOR);

    assertThat(read.refCnt()).isEqualTo(1);
    assertThat(side.head().pinned() + side.body().pinned()).isLessThan(100);
    assertThat(new String(side.body().copy(), StandardCharsets.US_ASCII)).isEqualTo("body");
    read.release();
    side.head().release();
    side.body().release();
  }

  @Test
  void withoutBody_countsButKeepsNothing() {
    ByteBuf read = buffer(64, "abcdef");
    capture.withoutBody(Truncation.PRESSURE);

    assertThat(capture.body(read, 4096)).isZero();

    Side side = capture.take(ALLOCATOR);
    assertThat(side.bodyBytes()).isEqualTo(6);
    assertThat(side.body().length()).isZero();
    assertThat(side.truncation()).isEqualTo(Truncation.PRESSURE);
    read.release();
  }

  @Test
  void giveUpBody_givesBackAllButASmallHead() {
    ByteBuf first = buffer(16384, "HEADbody");
    ByteBuf second = buffer(16384, "more");
    int pinned = capture.head(first.slice(0, 4), "", "");
    pinned += capture.body(first.slice(4, 4), 6);
    pinned += capture.body(second, 6);

    int given = capture.giveUpBody(ALLOCATOR);

    assertThat(pinned).isEqualTo(2 * 16384);
    assertThat(pinned - given).isEqualTo(capture.pinned()).isLessThan(100);
    assertThat(first.refCnt()).isEqualTo(1);
    assertThat(second.refCnt()).isEqualTo(1);
    assertThat(capture.body(second, 6)).isZero();
    assertThat(capture.giveUpBody(ALLOCATOR)).isZero();
    first.release();
    second.release();
    Side side = capture.take(ALLOCATOR);
    assertThat(new String(side.head().copy(), StandardCharsets.US_ASCII)).isEqualTo("HEAD");
    assertThat(side.truncation()).isEqualTo(Truncation.PRESSURE);
    assertThat(side.bodyBytes()).isEqualTo(12);
    assertThat(side.body().length()).isZero();
    assertThat(side.bodyCrc()).isZero();
    side.head().release();
    assertThat(held.sum()).isZero();
  }

  @Test
  void giveUpBody_withoutOne_saysNothingIsMissing() {
    ByteBuf read = buffer(16, "HEAD");
    capture.head(read, "", "");

    assertThat(capture.giveUpBody(ALLOCATOR)).isZero();

    assertThat(capture.truncation()).isEqualTo(Truncation.NONE);
    read.release();
    capture.release();
  }

  @Property(tries = 200)
  void anyPieces_lengthPrefixAndSumAreRight(
      @ForAll @IntRange(min = 0, max = 3000) int length,
      @ForAll @IntRange(min = 1, max = 700) int piece,
      @ForAll @IntRange(min = 0, max = 2000) int cap) {
    SideCapture fresh = new SideCapture(held);
    byte[] body = new byte[length];
    new java.util.Random(length).nextBytes(body);
    for (int at = 0; at < length; at += piece) {
      ByteBuf part = ALLOCATOR.directBuffer(piece);
      part.writeBytes(body, at, Math.min(piece, length - at));
      fresh.body(part, cap);
      part.release();
    }

    Side side = fresh.take(ALLOCATOR);

    assertThat(side.bodyBytes()).isEqualTo(length);
    assertThat(side.body().copy()).isEqualTo(java.util.Arrays.copyOf(body, Math.min(length, cap)));
    if (length > cap) {
      CRC32C crc = new CRC32C();
      crc.update(body);
      assertThat(side.truncation()).isEqualTo(Truncation.CAP);
      assertThat(side.bodyCrc()).isEqualTo((int) crc.getValue());
    } else {
      assertThat(side.truncation()).isEqualTo(Truncation.NONE);
    }
    side.body().release();
  }
}
