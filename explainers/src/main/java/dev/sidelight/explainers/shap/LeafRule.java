package dev.sidelight.explainers.shap;

/**
 * Shapley values of one leaf of a tree for one background row, in closed form: the leaf is reached
 * exactly where all players of F come from x and all of G from the background row (Lundberg et al.
 * 2020, interventional TreeSHAP). A tree's values are the sums over its leaves; a leaf that needs
 * one player from both is never reached and adds nothing.
 */
final class LeafRule {

  private LeafRule() {}

  /**
   * i in F gets leaf (|F|-1)! |G|! / (|F|+|G|)!, i in G loses leaf |F|! (|G|-1)! / (|F|+|G|)!.
   *
   * @param fromX F; disjoint from G
   * @param fromBackground G
   * @param phi added to
   */
  static void add(double leaf, int[] fromX, int[] fromBackground, double[] phi) {
    int f = fromX.length;
    int g = fromBackground.length;
    double orders = 1; // C(f + g, f)
    for (int i = 1; i <= f; i++) {
      orders = orders * (g + i) / i;
    }
    for (int player : fromX) {
      phi[player] += leaf / (orders * f);
    }
    for (int player : fromBackground) {
      phi[player] -= leaf / (orders * g);
    }
  }
}
