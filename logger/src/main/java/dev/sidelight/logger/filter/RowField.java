package dev.sidelight.logger.filter;

/** A field that is read out of the bodies. */
public sealed interface RowField {

  /** A feature by its public name. */
  record Feature(String name) implements RowField {
    @Override
    public String toString() {
      return "features." + Quotes.bareOrQuoted(name);
    }
  }

  /** The label or value the model gave. */
  record Prediction() implements RowField {
    @Override
    public String toString() {
      return "prediction";
    }
  }

  /** The probability of the prediction. */
  record Score() implements RowField {
    @Override
    public String toString() {
      return "score";
    }
  }
}
