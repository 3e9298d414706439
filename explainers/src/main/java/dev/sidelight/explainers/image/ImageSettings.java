package dev.sidelight.explainers.image;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.ExplainException;
import java.util.Optional;

/**
 * How an image is taken apart and what hides a part of it.
 *
 * @param input name of the input tensor that holds it; empty takes the only one that can
 * @param layout of a raw tensor; AUTO by where 1, 3 or 4 channels can be
 * @param players how many are wanted, in [2, 100]: SLIC comes near it, a grid takes the largest
 *     square below
 */
public record ImageSettings(
    Optional<String> input, Layout layout, Segmenter segmenter, int players, Fill fill) {

  /** Players of one image. */
  public static final int PLAYERS_MAX = 100;

  public ImageSettings {
    if (players > PLAYERS_MAX) {
      throw new ExplainException(
          "explain_too_large",
          "/parameters/players",
          "an image has at most %d players, got %d".formatted(PLAYERS_MAX, players));
    }
    if (players < 2) {
      throw new ExplainException(
          "parameter_range", "/parameters/players", "players must be >= 2, got " + players);
    }
  }

  /** An 8 x 8 grid over channel means. */
  public static ImageSettings defaults() {
    return new ImageSettings(Optional.empty(), Layout.AUTO, Segmenter.GRID, 64, new Fill.Mean());
  }

  /** SLIC with 50 segments over channel means. */
  public static ImageSettings slic() {
    return new ImageSettings(Optional.empty(), Layout.AUTO, Segmenter.SLIC, 50, new Fill.Mean());
  }

  public ImageSettings withFill(Fill other) {
    return new ImageSettings(input, layout, segmenter, players, other);
  }

  /** The axes of one row's tensor, without leading ones of length 1. */
  public enum Layout {
    AUTO,
    HWC,
    CHW,
    HW
  }

  /** How segments are found. */
  public enum Segmenter {
    GRID,
    /** Achanta et al. 2012. */
    SLIC
  }

  /** What hides a segment. */
  public sealed interface Fill {

    /** The image's mean, per channel. */
    record Mean() implements Fill {}

    /** The image itself, blurred with a standard deviation of a sixteenth of the shorter side. */
    record Blur() implements Fill {}

    /**
     * Another image.
     *
     * @param row n = 1, an image of the same size in the same form as the explained one
     */
    record Reference(Instances row) implements Fill {}
  }
}
