package dev.sidelight.core.codec;

/**
 * A message body with the two header fields that say how to read it; both empty where the message
 * has none.
 */
public record Body(byte[] bytes, String contentType, String contentEncoding) {

  public static Body json(byte[] bytes) {
    return new Body(bytes, "application/json", "");
  }
}
