package dev.sidelight.proxy.demo;

import java.util.List;

/**
 * The model {@code income} and its versions. Version 1 is served alone until {@link #rollOut}; then
 * version 2 answers whoever names no version, as when a team replaces its model. Thread-safe.
 */
final class IncomeModel {

  private final TreeEnsemble first = TreeEnsemble.load("income-1.trees");
  private final TreeEnsemble second = TreeEnsemble.load("income-2.trees");
  private volatile List<String> versions = List.of("1");

  /** The inputs, equal for both versions. */
  List<CensusFeature> features() {
    return first.features();
  }

  /** Those served, the current one last. */
  List<String> versions() {
    return versions;
  }

  String current() {
    return versions().getLast();
  }

  /** Version 2 becomes the current one. */
  void rollOut() {
    versions = List.of("1", "2");
  }

  /**
   * @param version one of {@link #versions}
   * @param rows [n][features]
   * @return [n], the probability of {@code >50K}
   */
  double[] probabilities(String version, double[][] rows) {
    TreeEnsemble trees = version.equals("1") ? first : second;
    double[] probabilities = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      probabilities[i] = trees.probability(rows[i]);
    }
    return probabilities;
  }
}
