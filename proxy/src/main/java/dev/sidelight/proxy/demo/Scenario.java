package dev.sidelight.proxy.demo;

/** What happens to the live traffic once {@code --drift-after} has passed. */
public enum Scenario {
  /** Nothing. */
  NONE("nothing changes"),
  /** The visitors become older and work less: rows are drawn with other weights. */
  COVARIATE("the visitors become older"),
  /** A work class appears that nobody had before. */
  CATEGORY("a new work class appears"),
  /** The same visitors, but version 2 of the model answers. */
  LABEL("version 2 of the model takes over");

  private final String announcement;

  Scenario(String announcement) {
    this.announcement = announcement;
  }

  /** For the terminal: {@code the visitors become older}. */
  public String announcement() {
    return announcement;
  }
}
