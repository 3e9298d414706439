package dev.sidelight.explainers.shap;

import java.util.Random;

/**
 * sum over T of c_T [T is in S]: any game is one, and the Shapley value of i is the sum of c_T /
 * |T| over the T that hold i.
 */
record UnanimitySum(int players, int[][] members, double[] coefficients) {

  static UnanimitySum random(int players, int terms, int sizeMax, long seed) {
    Random random = new Random(seed);
    int[][] members = new int[terms][];
    double[] coefficients = new double[terms];
    for (int t = 0; t < terms; t++) {
      members[t] = random.ints(0, players).distinct().limit(1 + random.nextInt(sizeMax)).toArray();
      coefficients[t] = random.nextGaussian();
    }
    return new UnanimitySum(players, members, coefficients);
  }

  /** A player is in where the row has a 1. */
  double value(double[] row) {
    double value = 0;
    for (int t = 0; t < members.length; t++) {
      boolean all = true;
      for (int i : members[t]) {
        all &= row[i] == 1;
      }
      value += all ? coefficients[t] : 0;
    }
    return value;
  }

  double[] shapley() {
    double[] phi = new double[players];
    for (int t = 0; t < members.length; t++) {
      for (int i : members[t]) {
        phi[i] += coefficients[t] / members[t].length;
      }
    }
    return phi;
  }
}
