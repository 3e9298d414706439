package dev.sidelight.core.codec;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The refusal a call must end with. */
final class Faults {

  private Faults() {}

  static CodecException of(ThrowingCallable call) {
    CodecException fault = catchThrowableOfType(CodecException.class, call);
    if (fault == null) {
      throw new AssertionError("was not refused");
    }
    return fault;
  }
}
