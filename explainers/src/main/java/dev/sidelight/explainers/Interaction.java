package dev.sidelight.explainers;

/**
 * The Shapley interaction index of two players (Grabisch &amp; Roubens 1999): what they add
 * together beyond what each adds alone, averaged over the coalitions of the others.
 *
 * @param first name of one player, the earlier in schema order
 * @param second name of the other
 * @param value in link space
 * @param stdError 0 where every coalition was evaluated
 */
public record Interaction(String first, String second, double value, double stdError) {

  public Interaction {
    if (!(stdError >= 0)) {
      throw new IllegalArgumentException("a standard error must be >= 0, got " + stdError);
    }
  }
}
