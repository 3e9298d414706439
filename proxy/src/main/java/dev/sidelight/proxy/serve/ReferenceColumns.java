package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The columns of the rows taken as normal, for telling where one value stands. Immutable. */
public final class ReferenceColumns {

  /**
   * Where a value stands among the rows.
   *
   * @param numeric ordered: then {@code below} means something
   * @param below share of rows with a smaller value, in [0, 1]
   * @param equal share of rows with the same value, in [0, 1]
   */
  public record Place(boolean numeric, double below, double equal) {

    /** Beyond the least or the greatest row, or a category that no row has. */
    public boolean isOutside() {
      return equal == 0 && (!numeric || below == 0 || below == 1);
    }
  }

  private sealed interface Column {}

  private record Numbers(double[] sorted) implements Column {}

  private record Categories(Map<String, Integer> counts) implements Column {}

  private final int rows;
  private final Map<String, Column> byName = new HashMap<>();

  /** Costs a sort per numeric column. The schema must have the rows' width. */
  ReferenceColumns(FeatureSchema schema, Instances reference) {
    this.rows = reference.rows();
    FeatureValues values = new FeatureValues(schema, reference);
    for (int c = 0; c < schema.width(); c++) {
      boolean number =
          schema.features().get(c).kind() == FeatureKind.NUMERIC
              && values.value(0, c) instanceof Number;
      byName.put(schema.features().get(c).name(), number ? numbers(values, c) : texts(values, c));
    }
  }

  private Column numbers(FeatureValues values, int column) {
    double[] sorted = new double[rows];
    for (int r = 0; r < rows; r++) {
      sorted[r] = ((Number) values.value(r, column)).doubleValue();
    }
    Arrays.sort(sorted);
    return new Numbers(sorted);
  }

  private Column texts(FeatureValues values, int column) {
    Map<String, Integer> counts = new HashMap<>();
    for (int r = 0; r < rows; r++) {
      counts.merge(values.text(r, column), 1, Integer::sum);
    }
    return new Categories(counts);
  }

  /** Rows behind the shares. */
  public int rows() {
    return rows;
  }

  /** Empty for a feature the rows do not have, and for what is no number where numbers are. */
  public Optional<Place> place(RowView.NamedValue feature) {
    return switch (byName.get(feature.name())) {
      case Numbers(double[] sorted) when feature.value() instanceof Number number ->
          Optional.of(number(sorted, number.doubleValue()));
      case Categories(Map<String, Integer> counts) ->
          Optional.of(new Place(false, 0, counts.getOrDefault(feature.text(), 0) / (double) rows));
      case Numbers _ -> Optional.empty();
      case null -> Optional.empty();
    };
  }

  private static Place number(double[] sorted, double value) {
    int below = firstNotBelow(sorted, value);
    int upTo = firstNotBelow(sorted, Math.nextUp(value));
    double n = sorted.length;
    return new Place(true, below / n, (upTo - below) / n);
  }

  /** Number of elements smaller than {@code value}. */
  private static int firstNotBelow(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
