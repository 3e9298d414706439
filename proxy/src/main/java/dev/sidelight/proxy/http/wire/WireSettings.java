package dev.sidelight.proxy.http.wire;

import java.util.Set;

/**
 * Limits of heads and trailers, and the names only a trusted peer may send.
 *
 * @param headBytesMax start line and fields together; more is 431
 * @param fieldsMax more fields are 431
 * @param targetBytesMax a longer request target is 414
 * @param trailerBytesMax a longer trailer block is 400 chunk_invalid
 * @param encodedSlashes whether {@code %2F} and {@code %5C} may stand in a path
 * @param identityFields names of fields that say who the caller is, any case
 */
public record WireSettings(
    int headBytesMax,
    int fieldsMax,
    int targetBytesMax,
    int trailerBytesMax,
    boolean encodedSlashes,
    Set<String> identityFields) {

  public static final WireSettings DEFAULT =
      new WireSettings(32 << 10, 200, 8 << 10, 8 << 10, false, Set.of());

  public WireSettings {
    atLeast("limits.head-bytes-max", 256, headBytesMax);
    atLeast("limits.fields-max", 1, fieldsMax);
    atLeast("limits.target-bytes-max", 16, targetBytesMax);
    atLeast("limits.trailer-bytes-max", 16, trailerBytesMax);
    identityFields = Set.copyOf(identityFields);
  }

  private static void atLeast(String name, int min, int value) {
    if (value < min) {
      throw new IllegalArgumentException(name + " must be >= " + min + ", got " + value);
    }
  }
}
