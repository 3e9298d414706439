package dev.sidelight.explainers.shap;

import java.util.Arrays;

/**
 * Shapley values and interaction indices of the game S -> k(S, T), in closed form: both are
 * integrals over [-1, 1] of products of linear factors, and Gauss and Legendre integrate those
 * exactly with n/2 nodes. A fitted game is a sum of such games, so its values are the sums of
 * theirs.
 */
final class KernelReadout {

  private final double[] a;
  private final GaussLegendre rule;

  KernelReadout(PlayerWeights weights) {
    this.a = weights.a();
    this.rule = GaussLegendre.of((a.length + 1) / 2);
  }

  /**
   * phi_i = -(a_i t_i / (1 + a_i)) times the integral over u of the product over j != i of (1 + u
   * a_j t_j) / (1 + a_j). Cost O(q n^2).
   *
   * @param chi shape [n][q]; column T holds t_j = chi_j(T)
   * @return shape [n][q]
   */
  double[][] shapley(double[][] chi) {
    int q = chi[0].length;
    double[][] phi = new double[a.length][q];
    for (int node = 0; node < rule.nodes().length; node++) {
      double u = rule.nodes()[node];
      double[] product = product(chi, node);
      for (int i = 0; i < a.length; i++) {
        divide(product, chi[i], a[i], u, -1, phi[i]);
      }
    }
    return phi;
  }

  /** The node's weight times the product over all j of (1 + u a_j t_j) / (1 + a_j), per column. */
  private double[] product(double[][] chi, int node) {
    double u = rule.nodes()[node];
    double[] product = new double[chi[0].length];
    Arrays.fill(product, rule.weights()[node]);
    for (int j = 0; j < a.length; j++) {
      double slope = u * a[j] / (1 + a[j]);
      double one = 1 / (1 + a[j]);
      double[] t = chi[j];
      for (int c = 0; c < product.length; c++) {
        product[c] *= Math.fma(slope, t[c], one);
      }
    }
    return product;
  }

  /**
   * to += sign * product * a t / (1 + u a t). Since t is 1 or -1 the quotient takes one of two
   * values, mean * t + half; so no division is left in the loop.
   */
  private static void divide(
      double[] product, double[] t, double a, double u, double sign, double[] to) {
    double plus = sign * a / (1 + u * a);
    double minus = sign * a / (1 - u * a);
    double mean = (plus + minus) / 2;
    double half = (plus - minus) / 2;
    for (int c = 0; c < to.length; c++) {
      to[c] = Math.fma(product[c], Math.fma(mean, t[c], half), to[c]);
    }
  }

  /**
   * SII_ij = 2 a_i a_j t_i t_j times the integral over u of the product over l other than i, j of
   * (1 + u a_l t_l), over prod_l (1 + a_l), for games that are sums of even kernels. Cost O(q n^3 /
   * 4).
   *
   * @param alphas several sums: shape [sums][q]
   * @return shape [sums][n (n - 1) / 2], pairs (0, 1), (0, 2), ..., (1, 2), ...
   */
  double[][] interactions(double[][] chi, double[][] alphas) {
    int n = a.length;
    double[][] products = new double[rule.nodes().length][];
    for (int node = 0; node < products.length; node++) {
      products[node] = product(chi, node);
    }
    double[][] sii = new double[alphas.length][n * (n - 1) / 2];
    double[] one = new double[chi[0].length];
    double[] both = new double[chi[0].length];
    for (int i = 0, pair = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++, pair++) {
        Arrays.fill(both, 0);
        for (int node = 0; node < products.length; node++) {
          double u = rule.nodes()[node];
          Arrays.fill(one, 0);
          divide(products[node], chi[i], a[i], u, 2, one);
          divide(one, chi[j], a[j], u, 1, both);
        }
        for (int s = 0; s < sii.length; s++) {
          sii[s][pair] = Rows.dot(alphas[s], both, 0, both.length);
        }
      }
    }
    return sii;
  }

  /**
   * Variance of each player's value before anything is seen, for a process of scale 1: the readout
   * applied to both sides of the kernel. Cost O(n^3 / 4).
   */
  double[] priorVariances() {
    double[] variances = new double[a.length];
    for (int one = 0; one < rule.nodes().length; one++) {
      for (int other = 0; other < rule.nodes().length; other++) {
        double u = rule.nodes()[one] * rule.nodes()[other];
        double product = rule.weights()[one] * rule.weights()[other];
        for (double weight : a) {
          product *= (1 + u * weight) / (1 + weight);
        }
        for (int i = 0; i < a.length; i++) {
          variances[i] += product * a[i] / (1 + u * a[i]);
        }
      }
    }
    return variances;
  }
}
