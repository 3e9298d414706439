package dev.sidelight.proxy.http.wire;

import java.util.Set;

/**
 * Limits of heads and trailers, and the names only a trusted peer may send. Made once per listener:
 * it carries the table of field names that all its connections share, which is why it is no record.
 */
public final class WireSettings {

  public static final WireSettings DEFAULT =
      new WireSettings(32 << 10, 200, 8 << 10, 8 << 10, false, Set.of());

  private final int headBytesMax;
  private final int fieldsMax;
  private final int targetBytesMax;
  private final int trailerBytesMax;
  private final boolean encodedSlashes;
  private final FieldTable names;

  /**
   * @param headBytesMax start line and fields together; more is 431
   * @param fieldsMax more fields are 431
   * @param targetBytesMax a longer request target is 414
   * @param trailerBytesMax a longer trailer block is 400 chunk_invalid
   * @param encodedSlashes whether {@code %2F} and {@code %5C} may stand in a path
   * @param identityFields names of fields that say who the caller is, any case
   */
  public WireSettings(
      int headBytesMax,
      int fieldsMax,
      int targetBytesMax,
      int trailerBytesMax,
      boolean encodedSlashes,
      Set<String> identityFields) {
    this.headBytesMax = atLeast("limits.head-bytes-max", 256, headBytesMax);
    this.fieldsMax = atLeast("limits.fields-max", 1, fieldsMax);
    this.targetBytesMax = atLeast("limits.target-bytes-max", 16, targetBytesMax);
    this.trailerBytesMax = atLeast("limits.trailer-bytes-max", 16, trailerBytesMax);
    this.encodedSlashes = encodedSlashes;
    this.names = new FieldTable(identityFields);
  }

  private static int atLeast(String name, int min, int value) {
    if (value < min) {
      throw new IllegalArgumentException(name + " must be >= " + min + ", got " + value);
    }
    return value;
  }

  public int headBytesMax() {
    return headBytesMax;
  }

  public int fieldsMax() {
    return fieldsMax;
  }

  public int targetBytesMax() {
    return targetBytesMax;
  }

  public int trailerBytesMax() {
    return trailerBytesMax;
  }

  public boolean encodedSlashes() {
    return encodedSlashes;
  }

  FieldTable names() {
    return names;
  }
}
