package dev.sidelight.explainers.shap;

/** Binomial coefficients that stop at a bound instead of overflowing. */
final class Binomials {

  /** What every larger coefficient is taken for; still a factor of 2,048 below overflow. */
  static final long MANY = 1L << 52;

  private Binomials() {}

  /** min(C(n, k), {@link #MANY}). */
  static long choose(int n, int k) {
    if (k < 0 || k > n) {
      return 0;
    }
    int smaller = Math.min(k, n - k);
    long product = 1;
    for (int i = 1; i <= smaller; i++) {
      product = product * (n - smaller + i) / i; // exact: a product of i neighbours over i!
      if (product >= MANY) {
        return MANY;
      }
    }
    return product;
  }
}
