package dev.sidelight.logger.filter;

/** How a field is compared with a value. */
public enum Op {
  EQ("="),
  NE("!="),
  LT("<"),
  LE("<="),
  GT(">"),
  GE(">=");

  private final String sign;

  Op(String sign) {
    this.sign = sign;
  }

  public String sign() {
    return sign;
  }

  /** True for equal and not equal. */
  public boolean isEquality() {
    return this == EQ || this == NE;
  }

  /**
   * @param comparison as of {@link Comparable}: negative, zero, positive
   */
  public boolean holds(int comparison) {
    return switch (this) {
      case EQ -> comparison == 0;
      case NE -> comparison != 0;
      case LT -> comparison < 0;
      case LE -> comparison <= 0;
      case GT -> comparison > 0;
      case GE -> comparison >= 0;
    };
  }
}
