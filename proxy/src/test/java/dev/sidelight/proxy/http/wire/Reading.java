package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole connection's bytes as the exchange would and tells what came of it in one line:
 * {@code POST /p [body] + GET / []}, a refusal, {@code more} for an unfinished head, {@code cut}
 * for an unfinished body. Checks on the way that every slice can be released.
 */
final class Reading {

  private final HeadParser parser;
  private final BodyDecoder body;
  private final Asked asked;
  private final boolean requests;
  private final Head head = new Head();
  private final StringBuilder told = new StringBuilder();
  private boolean inBody;
  private boolean stopped;

  private Reading(WireSettings settings, boolean requests, Asked asked) {
    this.parser =
        requests
            ? HeadParser.ofRequests(settings, UnpooledByteBufAllocator.DEFAULT)
            : HeadParser.ofResponses(settings, UnpooledByteBufAllocator.DEFAULT);
    this.body = new BodyDecoder(settings);
    this.requests = requests;
    this.asked = asked;
  }

  static String requests(byte[] bytes, int... splits) {
    return new Reading(WireSettings.DEFAULT, true, Asked.PLAIN).read(bytes, splits);
  }

  static String responses(byte[] bytes, Asked asked, int... splits) {
    return new Reading(WireSettings.DEFAULT, false, asked).read(bytes, splits);
  }

  static int[] everyByte(int length) {
    int[] splits = new int[Math.max(0, length - 1)];
    Arrays.setAll(splits, i -> i + 1);
    return splits;
  }

  private String read(byte[] bytes, int[] splits) {
    int from = 0;
    for (int i = 0; i <= splits.length; i++) {
      int to = i < splits.length ? splits[i] : bytes.length;
      ByteBuf in = Unpooled.copiedBuffer(bytes, from, to - from);
      feed(in);
      head.release();
      if (in.refCnt() != 1) {
        throw new AssertionError("a slice was not released");
      }
      in.release();
      from = to;
    }
    if (!stopped && inBody) {
      told.append(body.inputClosed() ? "]" : "] cut");
    } else if (!stopped && parser.isMidHead()) {
      told.append(" more");
    }
    return told.toString().trim();
  }

  private void feed(ByteBuf in) {
    while (!stopped && in.isReadable()) {
      if (inBody) {
        readBody(in);
      } else {
        readHead(in);
      }
    }
  }

  private void readHead(ByteBuf in) {
    switch (parser.parse(in, head, asked)) {
      case NEED_MORE -> {}
      case REFUSED -> refused(parser.refusal());
      case COMPLETE -> {
        told.append(told.isEmpty() ? "" : " + ");
        String start = requests ? head.method() + " " + head.path() : String.valueOf(head.status());
        told.append(start).append(" [");
        body.begin(head);
        inBody = true;
        readBody(in);
      }
    }
  }

  private void readBody(ByteBuf in) {
    switch (body.next(in)) {
      case NEED_MORE -> {}
      case DATA -> {
        ByteBuf data = body.data();
        told.append(data.toString(StandardCharsets.ISO_8859_1));
        data.release();
        readBody(in);
      }
      case REFUSED -> {
        told.append("] ");
        refused(body.refusal());
      }
      case END -> {
        inBody = false;
        told.append(']');
        Fields trailers = body.trailers();
        for (int i = 0; i < trailers.count(); i++) {
          told.append(' ').append(trailers.name(i)).append('=').append(trailers.value(i));
        }
        told.append(body.droppedTrailers() > 0 ? " -" + body.droppedTrailers() : "");
        if (!requests && head.status() >= 200) {
          stopped = true; // a response's surplus is not a second response
          told.append(in.isReadable() ? " surplus" : "");
        }
      }
    }
  }

  private void refused(@Nullable Refusal refusal) {
    stopped = true;
    if (refusal == null) {
      throw new AssertionError("refused without a refusal");
    }
    told.append(told.isEmpty() || told.charAt(told.length() - 1) == ' ' ? "" : " + ");
    told.append(refusal.status()).append(' ').append(refusal.code());
    told.append(refusal.close() ? " close" : "");
  }
}
