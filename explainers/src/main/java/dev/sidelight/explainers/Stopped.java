package dev.sidelight.explainers;

/** Why an explanation ended. */
public enum Stopped {
  EXACT("exact"),
  CONVERGED("converged"),
  ROWS("rows"),
  ROUND_TRIPS("roundTrips"),
  DEADLINE("deadline"),
  CANCELLED("cancelled"),
  /** The backend failed after a first result was there. */
  BACKEND("backend");

  private final String word;

  Stopped(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
