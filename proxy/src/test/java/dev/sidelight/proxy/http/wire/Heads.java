package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Heads from text in which {@code |} is CR LF, and back. */
final class Heads {

  private Heads() {}

  static Head request(String text, String... identityFields) {
    WireSettings limits = WireSettings.DEFAULT;
    WireSettings settings =
        new WireSettings(
            limits.headBytesMax(),
            limits.fieldsMax(),
            limits.targetBytesMax(),
            limits.trailerBytesMax(),
            limits.encodedSlashes(),
            Set.of(identityFields));
    return parse(
        HeadParser.ofRequests(settings, UnpooledByteBufAllocator.DEFAULT), text, Asked.PLAIN);
  }

  static Head response(String text, Asked asked) {
    return parse(
        HeadParser.ofResponses(WireSettings.DEFAULT, UnpooledByteBufAllocator.DEFAULT),
        text,
        asked);
  }

  private static Head parse(HeadParser parser, String text, Asked asked) {
    Head head = new Head();
    ByteBuf in = Unpooled.wrappedBuffer(Vector.bytes(text));
    assertThat(parser.parse(in, head, asked))
        .as("%s", parser.refusal())
        .isEqualTo(Progress.COMPLETE);
    return head;
  }

  static String text(ByteBuf out) {
    return out.toString(StandardCharsets.ISO_8859_1).replace("\r\n", "|");
  }

  /** {@code name: value} of each field, in order. */
  static List<String> lines(Fields fields) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < fields.count(); i++) {
      lines.add(fields.name(i) + ": " + fields.value(i));
    }
    return lines;
  }
}
