package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the trailer block of a chunked body. Fields are judged like those of a head; those that
 * frame, route, authenticate or describe the content would change a message already judged, so they
 * are removed and counted.
 */
final class Trailers {

  private final int bytesMax;
  private final Fields fields = new Fields();
  private final FieldScanner lines;
  private int dropped;

  Trailers(WireSettings settings) {
    this.bytesMax = settings.trailerBytesMax();
    this.lines =
        new FieldScanner(
            settings.names(),
            settings.fieldsMax(),
            Refusal.chunk("more than " + settings.fieldsMax() + " trailers"));
  }

  void begin() {
    fields.clear();
    lines.begin(0);
    dropped = 0;
  }

  @Nullable Refusal read(ByteBuf in) {
    while (in.isReadable() && !lines.isDone()) {
      HeadBytes.take(in, fields, bytesMax - fields.filled);
      lines.scan(fields);
      if (lines.refusal() != null) {
        return lines.refusal();
      }
      if (!lines.isDone() && fields.filled == bytesMax) {
        return Refusal.chunk("the trailer block exceeds " + bytesMax + " bytes");
      }
    }
    if (lines.isDone()) {
      dropForbidden();
    }
    return null;
  }

  private void dropForbidden() {
    for (int i = fields.count() - 1; i >= 0; i--) {
      int kind = fields.kind(i);
      if (kind != Kind.OTHER && kind != Kind.REQUEST_ID && kind != Kind.PUID) {
        fields.remove(i);
        dropped++;
      }
    }
  }

  boolean isDone() {
    return lines.isDone();
  }

  Fields fields() {
    return fields;
  }

  int dropped() {
    return dropped;
  }
}
