package dev.sidelight.explainers.gateway;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does the model answer the same row the same way? The first row of a revision rides a second time
 * in its own call and once more in a later one: no call is spent on it where two rows fit into one.
 * A difference beyond 1e-5 of the outputs' range, or of the value itself, is noise; less is the
 * order of a sum on somebody's GPU.
 */
final class NoiseProbe {

  private static final double TOLERANCE = 1e-5;
  private static final int RIDES = 2;

  private int rides;
  private @Nullable Lane lane;
  private @Nullable RowValues input;
  private @Nullable RowValues output;
  private double[] range = {};
  private boolean noisy;

  boolean isNoisy() {
    return noisy;
  }

  /** The row to add to a call with these, if it is time. */
  @Nullable RowValues ride(Lane of, RowValues first) {
    if (rides >= RIDES || (lane != null && (lane != of || output == null))) {
      return null;
    }
    lane = of;
    if (input == null) {
      input = first;
    }
    rides++;
    return input;
  }

  /** The row to send by itself, if it is time: it has been answered once, by this. */
  @Nullable RowValues rideAlone(Lane of, RowValues asked, RowValues answered) {
    if (rides >= RIDES || (input != null && output == null)) {
      return null;
    }
    rides = RIDES;
    lane = of;
    input = asked;
    output = answered;
    range = range(List.of(answered));
    return asked;
  }

  /** The call that carried the row failed: it rides again. */
  void lost(Lane of) {
    if (of != lane) {
      return; // a ride of the revision before
    }
    rides--;
    if (output == null) {
      lane = null;
      input = null;
    }
  }

  /**
   * @param outputs of the call's own rows; the first of them answers the row on its first ride
   */
  void answered(Lane of, List<RowValues> outputs, RowValues ridden) {
    if (of != lane) {
      return; // a ride of the revision before: says nothing of this one
    }
    RowValues before = output;
    if (before == null) {
      before = outputs.getFirst();
      output = before;
      range = range(outputs);
    }
    noisy |= differs(before, ridden);
  }

  private boolean differs(RowValues a, RowValues b) {
    if (!a.shape().fits(b.shape())) {
      return false; // somebody else's error
    }
    for (int i = 0; i < a.texts().length; i++) {
      if (!Arrays.equals(a.texts()[i], b.texts()[i])) {
        return true;
      }
    }
    for (int i = 0; i < a.bits().length; i++) {
      double one = a.shape().number(a, i);
      double two = b.shape().number(b, i);
      double scale = Math.max(range[i], Math.max(Math.abs(one), Math.abs(two)));
      if (Double.compare(one, two) != 0 && !(Math.abs(one - two) <= TOLERANCE * scale)) {
        return true;
      }
    }
    return false;
  }

  private static double[] range(List<RowValues> outputs) {
    double[] range = new double[outputs.getFirst().bits().length];
    for (int i = 0; i < range.length; i++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (RowValues row : outputs) {
        double value = row.shape().number(row, i);
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      range[i] = Math.max(0, high - low);
    }
    return range;
  }

  /** A new revision is a new model. */
  void reset() {
    rides = 0;
    lane = null;
    input = null;
    output = null;
    range = new double[0];
    noisy = false;
  }
}
