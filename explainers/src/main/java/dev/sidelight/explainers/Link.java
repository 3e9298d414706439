package dev.sidelight.explainers;

/** The scale in which attributions add up. */
public enum Link {
  /** Output units. */
  IDENTITY,
  /** The logit of each row, before averaging over the background. */
  MARGIN,
  /** The logit of the mean over the background, as in shap. */
  LOGIT
}
