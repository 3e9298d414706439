package dev.sidelight.explainers;

/**
 * Consecutive draws of one rule's stream: number {@code first} to {@code first + count - 1}. The
 * same numbers are the same rows, however they are asked for.
 *
 * @param stream a key of {@link RandomStream}: draw i takes its chance from {@code
 *     RandomStream.at(stream, i)} and nothing else
 */
public record AnchorDraws(AnchorRule rule, long stream, int first, int count) {

  public AnchorDraws {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException(
          "draws need first >= 0 and count >= 1, got " + first + ", " + count);
    }
  }

  /** The source of draw {@code first + i}. */
  public RandomStream random(int i) {
    return RandomStream.at(stream, (long) first + i);
  }
}
