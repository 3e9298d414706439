package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.Budget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The identity of a question: rows, model and version, method, settings, seed, reference, what else
 * goes to the model, and who asks (a caller's answers are nobody else's). The deadline is no part
 * of it: whatever was not cut is the same.
 */
final class NaturalKey {

  private NaturalKey() {}

  static String of(ExplainPlan plan) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ExplainCall call = plan.call();
      text(digest, call.model().name());
      text(digest, call.version());
      text(digest, call.protocol());
      text(digest, plan.envelope().toString());
      text(digest, call.scope().authorization());
      text(digest, call.exchange().toString());
      text(digest, call.row().toString());
      text(digest, plan.fit().reference().id());
      text(digest, plan.options().method().word());
      text(digest, plan.options().settings().toString());
      text(digest, plan.parts());
      text(digest, plan.options().seed().toString());
      Budget budget = plan.options().budget();
      text(digest, budget.rowsMax() + " " + budget.roundTripsMax() + " " + budget.relativeError());
      for (Instances row : plan.rows()) {
        row.writeRow(0, (bits, bytes) -> digest.update(ByteBuffer.allocate(8).putLong(0, bits)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }

  /** With its length, so that no two sequences of texts are one. */
  private static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
    digest.update(bytes);
  }
}
