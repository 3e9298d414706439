package dev.sidelight.core.codec;

/** What a codec refuses to read. Bytes, counts; all >= 1. */
public record CodecLimits(
    long bodyBytesMax,
    long decompressedBytesMax,
    int decompressedRatioMax,
    int jsonDepthMax,
    int numberCharsMax,
    int stringBytesMax,
    int namesMax,
    int tensorsMax,
    int rankMax,
    int elementsMax,
    int rowsMax) {

  public CodecLimits {
    if (bodyBytesMax < 1
        || decompressedBytesMax < 1
        || decompressedRatioMax < 1
        || jsonDepthMax < 1
        || numberCharsMax < 1
        || stringBytesMax < 1
        || namesMax < 1
        || tensorsMax < 1
        || rankMax < 1
        || elementsMax < 1
        || rowsMax < 1) {
      throw new IllegalArgumentException("every codec limit must be >= 1");
    }
  }

  public static CodecLimits defaults() {
    return new CodecLimits(
        64 << 20, 32 << 20, 100, 64, 64, 8_000_000, 10_000, 256, 16, 1 << 26, 100_000);
  }

  /** The same, but for the rows of one body. */
  public CodecLimits withRowsMax(int rows) {
    return new CodecLimits(
        bodyBytesMax,
        decompressedBytesMax,
        decompressedRatioMax,
        jsonDepthMax,
        numberCharsMax,
        stringBytesMax,
        namesMax,
        tensorsMax,
        rankMax,
        elementsMax,
        rows);
  }
}
