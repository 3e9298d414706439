package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Masker;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns, or groups of columns, as players: wire values of x inside the coalition and of the
 * background row outside it, bit for bit. Columns that are nobody's stay x's. NaN equals NaN.
 */
final class TabularMasker implements Masker {

  /** x in row 0, then the background. */
  private final Instances stacked;

  private final double[] weights;
  private final List<FeatureGroup> players;
  private final int[][] columnsOf;
  private final Tensor[] tensorOf;
  private final int[] columnInTensor;

  /**
   * @param row x, n = 1
   */
  TabularMasker(Instances row, ReferenceSet reference) {
    this.stacked = Instances.stack(List.of(row, reference.rows()));
    this.weights = reference.weights();
    this.players = reference.schema().players();
    this.columnsOf = new int[players.size()][];
    for (int p = 0; p < columnsOf.length; p++) {
      columnsOf[p] = players.get(p).members().stream().mapToInt(column -> column).toArray();
    }
    this.tensorOf = new Tensor[stacked.width()];
    this.columnInTensor = new int[stacked.width()];
    int column = 0;
    for (NamedTensor named : stacked.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++) {
        tensorOf[column] = named.tensor();
        columnInTensor[column++] = c;
      }
    }
  }

  @Override
  public List<FeatureGroup> players() {
    return players;
  }

  @Override
  public int backgroundRows() {
    return weights.length;
  }

  @Override
  public double[] weights() {
    return weights.clone();
  }

  @Override
  public int[] codes(int player) {
    Map<List<Object>, Integer> numbers = new HashMap<>();
    numbers.put(value(player, 0), 0);
    int[] codes = new int[weights.length];
    for (int row = 0; row < codes.length; row++) {
      Integer known = numbers.putIfAbsent(value(player, row + 1), numbers.size());
      codes[row] = known == null ? numbers.size() - 1 : known;
    }
    return codes;
  }

  /** Wire values, never values carried through a double. */
  private List<Object> value(int player, int row) {
    List<Object> value = new ArrayList<>(columnsOf[player].length);
    for (int column : columnsOf[player]) {
      value.add(wireValue(tensorOf[column], row, columnInTensor[column]));
    }
    return value;
  }

  private static Object wireValue(Tensor tensor, int row, int column) {
    return switch (tensor) {
      case IntegerTensor integers -> integers.value(row, column);
      case FloatTensor floats -> Float.floatToIntBits(floats.value(row, column));
      case DoubleTensor doubles -> Double.doubleToLongBits(doubles.value(row, column));
      case BytesTensor texts -> ByteBuffer.wrap(texts.value(row, column));
    };
  }

  @Override
  public double[] differences(int player) {
    int column = columnsOf[player][0];
    if (columnsOf[player].length > 1 || tensorOf[column] instanceof BytesTensor) {
      return new double[0];
    }
    double[] differences = new double[weights.length];
    double x = tensorOf[column].number(0, columnInTensor[column]);
    for (int row = 0; row < differences.length; row++) {
      differences[row] = x - tensorOf[column].number(row + 1, columnInTensor[column]);
      if (!Double.isFinite(differences[row])) {
        return new double[0];
      }
    }
    return differences;
  }

  @Override
  public Instances rows(Hybrids hybrids) {
    int[][] rowOf = new int[hybrids.size()][stacked.width()];
    for (int i = 0; i < rowOf.length; i++) {
      int from = hybrids.backgroundRow(i) + 1;
      for (int player = 0; player < columnsOf.length; player++) {
        if (!hybrids.isFromX(i, player)) {
          for (int column : columnsOf[player]) {
            rowOf[i][column] = from;
          }
        }
      }
    }
    return stacked.pick(rowOf);
  }

  @Override
  public long rowBytes() {
    long[] most = new long[1];
    for (int row = 0; row < stacked.rows(); row++) {
      long[] bytes = new long[1];
      stacked.writeRow(row, (_, count) -> bytes[0] += count);
      most[0] = Math.max(most[0], bytes[0]);
    }
    return most[0] + 4L * stacked.width();
  }
}
