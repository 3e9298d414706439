package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Compares wire values of x and the background, never values carried through a double. NaN equals
 * NaN.
 */
final class BackgroundBuilder {

  private final Instances stacked;
  private final double[] weights;
  private final Tensor[] tensorOf;
  private final int[] columnInTensor;

  /**
   * @param stacked x in row 0, then the reference rows
   * @param weights of the reference rows, not yet normalised
   */
  BackgroundBuilder(Instances stacked, double[] weights) {
    this.stacked = stacked;
    this.weights = weights;
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

  /** Per row of {@code stacked}: 0 where the player has x's value, else a number per value. */
  int[] codes(FeatureGroup player) {
    Map<List<Object>, Integer> numbers = new HashMap<>();
    int[] codes = new int[stacked.rows()];
    for (int row = 0; row < codes.length; row++) {
      List<Object> value = new ArrayList<>(player.members().size());
      for (int column : player.members()) {
        value.add(wireValue(tensorOf[column], row, columnInTensor[column]));
      }
      Integer known = numbers.putIfAbsent(value, numbers.size());
      codes[row] = known == null ? numbers.size() - 1 : known;
    }
    return codes;
  }

  private static Object wireValue(Tensor tensor, int row, int column) {
    return switch (tensor) {
      case IntegerTensor integers -> integers.value(row, column);
      case FloatTensor floats -> Float.floatToIntBits(floats.value(row, column));
      case DoubleTensor doubles -> Double.doubleToLongBits(doubles.value(row, column));
      case BytesTensor texts -> ByteBuffer.wrap(texts.value(row, column));
    };
  }

  /**
   * @param active codes of the n players that differ from x somewhere
   */
  Background build(List<int[]> active) {
    double sum = Arrays.stream(weights).sum();
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < weights.length; row++) {
      if (weights[row] > 0) {
        List<Integer> profile = new ArrayList<>(active.size());
        for (int[] codes : active) {
          profile.add(codes[row + 1]);
        }
        groups.computeIfAbsent(profile, _ -> new ArrayList<>()).add(row);
      }
    }
    int count = groups.size();
    int[][] codes = new int[count][];
    int[][] differing = new int[count][];
    double[] weight = new double[count];
    double[] squared = new double[count];
    int[] rowsOf = new int[count];
    int[] firstRow = new int[count];
    int g = 0;
    for (Map.Entry<List<Integer>, List<Integer>> group : groups.entrySet()) {
      int[] profile = group.getKey().stream().mapToInt(code -> code).toArray();
      codes[g] = profile;
      differing[g] = IntStream.range(0, profile.length).filter(p -> profile[p] != 0).toArray();
      for (int row : group.getValue()) {
        weight[g] += weights[row] / sum;
        squared[g] += weights[row] / sum * weights[row] / sum;
      }
      rowsOf[g] = group.getValue().size();
      firstRow[g++] = group.getValue().get(0);
    }
    return new Background(active.size(), codes, differing, weight, squared, rowsOf, firstRow);
  }
}
