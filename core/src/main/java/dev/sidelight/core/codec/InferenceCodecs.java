package dev.sidelight.core.codec;

import java.util.List;
import java.util.Optional;

/** The codecs by their protocol's word. A codec is chosen by configuration, never by JSON keys. */
public final class InferenceCodecs {

  private InferenceCodecs() {}

  /** The words {@link #of} knows. */
  public static List<String> words() {
    return List.of("v1", "v2");
  }

  /** The codec of {@code v1} or {@code v2}; empty for a protocol that has none. */
  public static Optional<InferenceCodec> of(String word, CodecLimits limits) {
    return switch (word) {
      case "v1" -> Optional.of(new V1Codec(limits));
      case "v2" -> Optional.of(new V2Codec(limits));
      default -> Optional.empty();
    };
  }
}
