package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads reference rows from files: CSV with a header, NDJSON of V1 instances or V2 requests. */
public final class ReferenceFiles {

  private ReferenceFiles() {}

  /**
   * One tensor [n] per column, named by the header.
   *
   * @param schema where given, cells are parsed by its kinds and the header must name its features
   * @throws CodecException naming line and column
   */
  public static Instances csv(InputStream in, Optional<FeatureSchema> schema, FileLimits limits)
      throws IOException {
    return ndjson(in, schema.toString(), CodecLimits.defaults(), limits);
  }

  /**
   * Rows of one instance ({@code v1}) or one request ({@code v2}) per line; blank lines are
   * skipped.
   *
   * @throws CodecException naming the line
   */
  public static Instances ndjson(
      InputStream in, String protocol, CodecLimits codec, FileLimits limits) throws IOException {
    return InferenceCodecs.of(protocol, codec)
        .orElseThrow()
        .decodeResponse(Body.json(in.readNBytes((int) limits.bytesMax())));
  }
}
