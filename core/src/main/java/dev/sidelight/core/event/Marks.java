package dev.sidelight.core.event;

/**
 * @param sampleRate in (0, 1]; 1 when every request was kept
 * @param redacted comma list of the redaction rules that applied, empty for none
 * @param synthetic perturbed rows, not traffic
 * @param origin {@code demo-history} and the like; empty for ordinary traffic
 */
public record Marks(double sampleRate, String redacted, boolean synthetic, String origin) {

  public static final Marks NONE = new Marks(1, "", false, "");

  public Marks {
    if (!(sampleRate > 0 && sampleRate <= 1)) {
      throw new IllegalArgumentException("a sample rate must be in (0, 1], got " + sampleRate);
    }
  }
}
