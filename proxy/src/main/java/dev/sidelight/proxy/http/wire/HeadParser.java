package dev.sidelight.proxy.http.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads heads, strictly, one after the other. A head may arrive in any pieces; what follows it
 * stays in the buffer. One per connection and direction.
 */
public final class HeadParser {

  private final int headBytesMax;
  private final ByteBufAllocator allocator;
  private final boolean requests;
  private final StartLine startLine;
  private final FieldScanner fieldLines;
  private final FramingGuard guard;

  private boolean begun;
  private boolean midHead;
  private boolean broken;
  private boolean startLineDone;
  private @Nullable Refusal refusal;

  private HeadParser(WireSettings settings, ByteBufAllocator allocator, boolean requests) {
    this.headBytesMax = settings.headBytesMax();
    this.allocator = allocator;
    this.requests = requests;
    this.startLine = requests ? new RequestLine(settings.targetBytesMax()) : new StatusLine();
    FieldTable table = settings.names();
    this.fieldLines =
        new FieldScanner(
            table,
            settings.fieldsMax(),
            tooLarge("the head has more than " + settings.fieldsMax() + " fields"));
    this.guard = new FramingGuard(table, settings);
  }

  private static Refusal tooLarge(String detail) {
    return new Refusal(431, "head_too_large", detail, true);
  }

  public static HeadParser ofRequests(WireSettings settings, ByteBufAllocator allocator) {
    return new HeadParser(settings, allocator, true);
  }

  public static HeadParser ofResponses(WireSettings settings, ByteBufAllocator allocator) {
    return new HeadParser(settings, allocator, false);
  }

  /**
   * Goes on reading a request head. The same {@code head} must be given until the answer is not
   * {@link Progress#NEED_MORE}; it is cleared when a new head begins. Takes the head's bytes from
   * {@code in} and leaves the rest; does not release {@code in}.
   *
   * <p>After a refusal that does not close, the head is filled, so that its body can be passed
   * over.
   */
  public Progress parse(ByteBuf in, Head head) {
    return parse(in, head, Asked.PLAIN);
  }

  /** The same for a response to {@code asked}. */
  public Progress parse(ByteBuf in, Head head, Asked asked) {
    if (broken) {
      return Progress.REFUSED;
    }
    if (!in.isReadable()) {
      return Progress.NEED_MORE;
    }
    if (!begun) {
      begin(head);
    }
    Fields fields = head.fields;
    int carried = fields.filled;
    while (in.isReadable()) {
      HeadBytes.take(in, fields, headBytesMax - fields.filled);
      scan(head);
      if (refusal != null) {
        return refused();
      }
      if (fieldLines.isDone()) {
        keepReceived(in, head, carried);
        refusal = requests ? guard.judgeRequest(head) : guard.judgeResponse(head, asked);
        return refusal == null ? complete() : refused();
      }
      if (fields.filled == headBytesMax) {
        refusal = tooLarge("the head exceeds " + headBytesMax + " bytes");
        return refused();
      }
      if (fields.filled == 0) {
        carried = 0; // an empty line before the request line was passed over
      }
    }
    midHead = fields.filled > 0;
    return Progress.NEED_MORE;
  }

  private void begin(Head head) {
    head.clear();
    startLine.begin();
    startLineDone = false;
    refusal = null;
    fieldLines.begin(0);
    begun = true;
  }

  private void scan(Head head) {
    if (!startLineDone) {
      startLine.scan(head);
      refusal = startLine.refusal;
      if (!startLine.done) {
        return;
      }
      startLineDone = true;
      fieldLines.begin(startLine.at);
    }
    fieldLines.scan(head.fields);
    refusal = fieldLines.refusal();
  }

  /** A slice when all of the head came in this buffer; only a head in pieces is copied. */
  private void keepReceived(ByteBuf in, Head head, int carried) {
    int size = head.fields.filled;
    head.received =
        carried == 0
            ? in.retainedSlice(in.readerIndex() - size, size)
            : allocator.buffer(size).writeBytes(head.fields.bytes, 0, size);
  }

  private Progress complete() {
    begun = midHead = false;
    return Progress.COMPLETE;
  }

  private Progress refused() {
    begun = midHead = false;
    broken = refusal == null || refusal.close();
    return Progress.REFUSED;
  }

  /** Whether a head has begun and is not complete: the head timeout runs. */
  public boolean isMidHead() {
    return midHead;
  }

  /** After {@link Progress#REFUSED}. */
  public @Nullable Refusal refusal() {
    return refusal;
  }
}
