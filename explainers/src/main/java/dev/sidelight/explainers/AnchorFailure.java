package dev.sidelight.explainers;

/**
 * Why no rule was certified.
 *
 * @param hint what the caller may try, one sentence
 */
public record AnchorFailure(Reason reason, String hint) {

  public enum Reason {
    /** Every rule within reach was tried and is below the threshold. */
    NO_RULE("no_rule"),
    /** The rows or round trips ran out. */
    ROWS("rows"),
    /** The deadline, the caller or the backend ended it. */
    DEADLINE("deadline"),
    /** The best rule's precision cannot be told from the threshold. */
    NEAR_THRESHOLD("near_threshold");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
