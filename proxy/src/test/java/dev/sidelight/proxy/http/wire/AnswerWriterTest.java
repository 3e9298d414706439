package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerWriterTest {

  private final ByteBuf out = Unpooled.buffer();

  @Test
  void answer_withBody() {
    AnswerWriter.start(out, 405);
    AnswerWriter.field(out, "Allow", "GET, POST");
    AnswerWriter.end(out, 1234567890123L, false, false);

    assertThat(Heads.text(out))
        .isEqualTo(
            "HTTP/1.1 405 Method Not Allowed|Allow: GET, POST|content-length: 1234567890123|"
                + "connection: close||");
  }

  @Test
  void stream_chunkedOrUntilClose() {
    AnswerWriter.start(out, 200);
    assertThat(AnswerWriter.endStream(out, false, true)).isEqualTo(Framing.CHUNKED);
    assertThat(Heads.text(out)).isEqualTo("HTTP/1.1 200 OK|transfer-encoding: chunked||");

    out.clear();
    AnswerWriter.start(out, 200);
    assertThat(AnswerWriter.endStream(out, true, true)).isEqualTo(Framing.UNTIL_CLOSE);
    assertThat(Heads.text(out)).isEqualTo("HTTP/1.1 200 OK|connection: close||");
  }

  @Test
  void continueHead_whole() {
    AnswerWriter.continueHead(out);

    assertThat(Heads.text(out)).isEqualTo("HTTP/1.1 100 Continue||");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\0", "\u0100"})
  void field_valueThatCouldBreakTheHead_refused(String value) {
    assertThatThrownBy(() -> AnswerWriter.field(out, "X", value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(out.readableBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a:", "\u0161"})
  void field_notAName_refused(String name) {
    assertThatThrownBy(() -> AnswerWriter.field(out, name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9, 10, 99, 100, 65536, Long.MAX_VALUE})
  void decimal_asJavaWritesIt(long value) {
    AnswerWriter.decimal(out, value);

    assertThat(Heads.text(out)).isEqualTo(Long.toString(value));
  }
}
