package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.MethodSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A seed that follows from what is explained: asked again, an explanation is the same. */
final class DefaultSeed {

  private DefaultSeed() {}

  static long of(Instances x, String revision, String referenceId, MethodSettings settings) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      x.writeRow(0, (bits, bytes) -> digest.update(ByteBuffer.allocate(8).putLong(0, bits)));
      digest.update(
          (revision + '\0' + referenceId + '\0' + settings).getBytes(StandardCharsets.UTF_8));
      // 53 bits, so that the seed survives a client that reads JSON numbers as doubles
      return ByteBuffer.wrap(digest.digest()).getLong() >>> 11;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }
}
