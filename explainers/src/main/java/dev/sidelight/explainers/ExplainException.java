package dev.sidelight.explainers;

/**
 * An explanation that cannot be given, with the word of the error table. The text holds no payload.
 */
public final class ExplainException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String pointer;

  /**
   * @param code {@code budget_too_small}, {@code target_unsupported}, {@code parameter_range},
   *     {@code perturbations_refused}, {@code row_refused} (the model gave no usable answer to the
   *     explained row itself), ...
   * @param pointer JSON pointer to the parameter at fault, empty where it is none
   */
  public ExplainException(String code, String pointer, String message) {
    super(message);
    this.code = code;
    this.pointer = pointer;
  }

  public String code() {
    return code;
  }

  public String pointer() {
    return pointer;
  }
}
