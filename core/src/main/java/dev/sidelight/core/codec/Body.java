package dev.sidelight.core.codec;

/**
 * A message body with the header fields that say how to read it, each empty where the message has
 * none.
 *
 * @param jsonLength {@code Inference-Header-Content-Length}: how many bytes of JSON, counted after
 *     inflating, stand before the raw tensors of a V2 body
 */
public record Body(byte[] bytes, String contentType, String contentEncoding, String jsonLength) {

  /** Name of the field that {@link #jsonLength} holds, in lower case. */
  public static final String JSON_LENGTH = "inference-header-content-length";

  public Body(byte[] bytes, String contentType, String contentEncoding) {
    this(bytes, contentType, contentEncoding, "");
  }

  public static Body json(byte[] bytes) {
    return new Body(bytes, "application/json", "");
  }
}
