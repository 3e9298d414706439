package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Masker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Keeps the players that differ from x somewhere and merges background rows that are equal. */
final class BackgroundBuilder {

  private final double[] weights;
  private final List<Integer> active = new ArrayList<>();
  private final List<int[]> codesOf = new ArrayList<>();

  BackgroundBuilder(Masker masker) {
    this.weights = masker.weights();
    for (int p = 0; p < masker.players().size(); p++) {
      int[] codes = masker.codes(p);
      if (differs(codes)) {
        active.add(p);
        codesOf.add(codes);
      }
    }
  }

  private boolean differs(int[] codes) {
    for (int row = 0; row < weights.length; row++) {
      if (weights[row] > 0 && codes[row] != 0) {
        return true;
      }
    }
    return false;
  }

  Background build() {
    double sum = Arrays.stream(weights).sum();
    List<List<Integer>> groups = groups();
    int count = groups.size();
    int[][] codes = new int[count][];
    int[][] differing = new int[count][];
    double[] weight = new double[count];
    double[] squared = new double[count];
    int[] rowsOf = new int[count];
    int[] firstRow = new int[count];
    for (int g = 0; g < count; g++) {
      List<Integer> rows = groups.get(g);
      firstRow[g] = rows.get(0);
      rowsOf[g] = rows.size();
      int[] profile = profile(rows.get(0));
      codes[g] = profile;
      differing[g] = IntStream.range(0, profile.length).filter(p -> profile[p] != 0).toArray();
      for (int row : rows) {
        weight[g] += weights[row] / sum;
        squared[g] += weights[row] / sum * weights[row] / sum;
      }
    }
    int[] players = active.stream().mapToInt(p -> p).toArray();
    return new Background(players, codes, differing, weight, squared, rowsOf, firstRow);
  }

  /** Rows that are the same to every player, in the order of their first one. */
  private List<List<Integer>> groups() {
    Map<List<Integer>, List<Integer>> groups = new LinkedHashMap<>();
    for (int row = 0; row < weights.length; row++) {
      if (weights[row] > 0) {
        List<Integer> key = Arrays.stream(profile(row)).boxed().toList();
        groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
      }
    }
    return new ArrayList<>(groups.values());
  }

  private int[] profile(int row) {
    return codesOf.stream().mapToInt(codes -> codes[row]).toArray();
  }
}
