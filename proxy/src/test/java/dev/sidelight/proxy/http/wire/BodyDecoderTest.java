package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyDecoderTest {

  private final BodyDecoder body = new BodyDecoder(WireSettings.DEFAULT);

  @Test
  void next_slicesShareTheMemoryRead() {
    body.begin(Heads.request("POST / HTTP/1.1|Host: a|Content-Length: 3||"));
    ByteBuf in = Unpooled.buffer().writeBytes(Vector.bytes("abcGET"));

    assertThat(body.next(in)).isEqualTo(BodyDecoder.Step.DATA);
    ByteBuf data = body.data();
    in.setByte(0, 'x');

    assertThat(data.toString(StandardCharsets.US_ASCII)).isEqualTo("xbc");
    assertThat(in.refCnt()).isEqualTo(2);
    assertThat(body.next(in)).isEqualTo(BodyDecoder.Step.END);
    assertThat(in.readableBytes()).isEqualTo(3);
  }

  @Test
  void remaining_andSeen() {
    body.begin(Heads.request("POST / HTTP/1.1|Host: a|Content-Length: 5000000000||"));
    assertThat(body.remaining()).isEqualTo(5_000_000_000L);

    body.next(Unpooled.wrappedBuffer(new byte[10]));

    assertThat(body.remaining()).isEqualTo(4_999_999_990L);
    assertThat(body.seen()).isEqualTo(10);
    assertThat(body.isOver()).isFalse();
    assertThat(body.inputClosed()).isFalse();
  }

  @Test
  void bodiless_isOverAtOnce() {
    body.begin(Heads.request("GET / HTTP/1.1|Host: a||"));

    assertThat(body.isOver()).isTrue();
    assertThat(body.next(Unpooled.wrappedBuffer(new byte[1]))).isEqualTo(BodyDecoder.Step.END);
  }

  @Test
  void untilClose_endsWithTheConnection() {
    body.begin(Heads.response("HTTP/1.1 200 OK||", Asked.PLAIN));

    assertThat(body.next(Unpooled.wrappedBuffer(new byte[1]))).isEqualTo(BodyDecoder.Step.DATA);
    assertThat(body.remaining()).isEqualTo(-1);
    assertThat(body.inputClosed()).isTrue();
  }

  @Test
  void data_takenOnce() {
    assertThatThrownBy(body::data).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void chunksWrittenAreChunksRead() {
    ByteBuf out = Unpooled.buffer();
    int[] sizes = {1, 9, 15, 16, 17, 255, 256, 4095, 4096, 65536};
    for (int size : sizes) {
      ByteBuf prefix = ChunkWriter.prefix(UnpooledByteBufAllocator.DEFAULT, size);
      ByteBuf suffix = ChunkWriter.suffix();
      out.writeBytes(prefix).writeZero(size).writeBytes(suffix);
      prefix.release();
      suffix.release();
    }
    body.begin(Heads.request("POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||"));
    ByteBuf trailers = Unpooled.wrappedBuffer(Vector.bytes("0|A: 1|Host: x|b:2||rest"));
    read(trailers);
    ByteBuf last = ChunkWriter.last(UnpooledByteBufAllocator.DEFAULT, body.trailers());
    assertThat(Heads.text(last)).isEqualTo("0|A: 1|b:2||");
    out.writeBytes(last);
    last.release();

    body.begin(Heads.request("POST / HTTP/1.1|Host: a|Transfer-Encoding: chunked||"));
    long total = read(out);

    assertThat(total).isEqualTo(1 + 9 + 15 + 16 + 17 + 255 + 256 + 4095 + 4096 + 65536);
    assertThat(body.isOver()).isTrue();
    assertThat(Heads.lines(body.trailers())).containsExactly("A: 1", "b: 2");
  }

  @Test
  void suffix_survivesBeingReleased() {
    for (int i = 0; i < 3; i++) {
      ByteBuf suffix = ChunkWriter.suffix();
      assertThat(Heads.text(suffix)).isEqualTo("|");
      suffix.release();
    }
    assertThatThrownBy(() -> ChunkWriter.appendPrefix(Unpooled.buffer(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private long read(ByteBuf in) {
    long total = 0;
    while (true) {
      switch (body.next(in)) {
        case DATA -> {
          ByteBuf data = body.data();
          total += data.readableBytes();
          data.release();
        }
        case END, NEED_MORE -> {
          return total;
        }
        case REFUSED -> throw new AssertionError(body.refusal());
      }
    }
  }
}
