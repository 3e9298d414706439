package dev.sidelight.explainers.shap;

/** The inner loops of the linear algebra, written so that the compiler vectorises them. */
final class Rows {

  /** Rows taken together by {@link #addPanel}. */
  static final int PANEL = 8;

  private Rows() {}

  /** to[j] += factor * from[j] for j in [begin, end). */
  static void add(double[] to, double factor, double[] from, int begin, int end) {
    for (int j = begin; j < end; j++) {
      to[j] = Math.fma(factor, from[j], to[j]);
    }
  }

  /** to[j] += the sum over k of factors[k] * from[k][j], for j in [begin, end). */
  static void addAll(double[] to, double[] factors, double[][] from, int begin, int end) {
    int k = 0;
    for (; k + PANEL <= factors.length; k += PANEL) {
      addPanel(to, factors, k, from, k, begin, end);
    }
    for (; k < factors.length; k++) {
      add(to, factors[k], from[k], begin, end);
    }
  }

  static double dot(double[] one, double[] other, int begin, int end) {
    double even = 0;
    double odd = 0;
    int j = begin;
    for (; j + 1 < end; j += 2) {
      even = Math.fma(one[j], other[j], even);
      odd = Math.fma(one[j + 1], other[j + 1], odd);
    }
    return j < end ? Math.fma(one[j], other[j], even + odd) : even + odd;
  }

  /** to[j] += the sum over k < 8 of factors[at + k] * from[top + k][j], for j in [begin, end). */
  static void addPanel(
      double[] to, double[] factors, int at, double[][] from, int top, int begin, int end) {
    double f0 = factors[at];
    double f1 = factors[at + 1];
    double f2 = factors[at + 2];
    double f3 = factors[at + 3];
    double f4 = factors[at + 4];
    double f5 = factors[at + 5];
    double f6 = factors[at + 6];
    double f7 = factors[at + 7];
    double[] r0 = from[top];
    double[] r1 = from[top + 1];
    double[] r2 = from[top + 2];
    double[] r3 = from[top + 3];
    double[] r4 = from[top + 4];
    double[] r5 = from[top + 5];
    double[] r6 = from[top + 6];
    double[] r7 = from[top + 7];
    for (int j = begin; j < end; j++) {
      double a = Math.fma(f0, r0[j], Math.fma(f1, r1[j], to[j]));
      double b = Math.fma(f4, r4[j], f5 * r5[j]);
      a = Math.fma(f2, r2[j], Math.fma(f3, r3[j], a));
      b = Math.fma(f6, r6[j], Math.fma(f7, r7[j], b));
      to[j] = a + b;
    }
  }
}
