package dev.sidelight.explainers.shap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairKernelTest {

  private static double[][] column(Coalition coalition) {
    double[][] chi = new double[coalition.players()][1];
    for (int i = 0; i < chi.length; i++) {
      chi[i][0] = coalition.has(i) ? -1 : 1;
    }
    return chi;
  }

  /** 1/2 [prod(1 + a s t) -+ prod(1 - a s t)] / prod(1 + a), straight from the definition. */
  private static double kernel(double[] a, int s, int t, double sign) {
    double plus = 1;
    double minus = 1;
    for (int j = 0; j < a.length; j++) {
      double agree = ((s >> j) & 1) == ((t >> j) & 1) ? 1 : -1;
      plus *= (1 + a[j] * agree) / (1 + a[j]);
      minus *= (1 - a[j] * agree) / (1 + a[j]);
    }
    return (plus + sign * minus) / 2;
  }

  @Test
  void knownNumbers_ofThreePlayers() {
    PlayerWeights weights = new PlayerWeights(new double[] {0.5, 0.3, 0.1});
    double[][] chi = column(Coalition.of(3, 0));

    double[][] phi = new KernelReadout(weights).shapley(chi);

    assertThat(phi[0][0]).isEqualTo(0.4708624709, within(1e-10));
    assertThat(phi[1][0]).isEqualTo(-0.2750582751, within(1e-10));
    assertThat(phi[2][0]).isEqualTo(-0.0885780886, within(1e-10));
    assertThat(new PairKernel(weights).odd(chi)[0][0]).isEqualTo(0.4265734266, within(1e-10));
    assertThat(new PairKernel(weights).diagonal()).isEqualTo(0.4265734266, within(1e-10));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7})
  void readouts_equalEnumeration(int n) {
    double[] a = Arrays.stream(Games.random(1, n, n)[0]).map(r -> 0.02 + 0.9 * r).toArray();
    KernelReadout readout = new KernelReadout(new PlayerWeights(a));
    for (int t = 0; t < 1 << n; t += 3) {
      double[] odd = new double[1 << n];
      double[] even = new double[1 << n];
      for (int s = 0; s < odd.length; s++) {
        odd[s] = kernel(a, s, t, -1);
        even[s] = kernel(a, s, t, 1);
      }
      double[][] chi = column(new Coalition(n, new long[] {t}));

      double[] phi = Arrays.stream(readout.shapley(chi)).mapToDouble(row -> row[0]).toArray();
      double[] sii = readout.interactions(chi, new double[][] {{1}})[0];

      assertThat(phi).containsExactly(Games.bruteForce(odd, n), within(1e-12));
      assertThat(sii).containsExactly(ExactShapley.interactions(even, n), within(1e-12));
    }
  }

  @Test
  void matrix_isTheDefinition_oddAndEven() {
    double[] a = {0.6, 0.05, 0.3, 0.9, 0.2, 0.4, 0.1, 0.7, 0.33, 0.5};
    PairKernel kernel = new PairKernel(new PlayerWeights(a));
    int[] masks = {0, 1, 77, 512, 1023, 682, 341};
    double[][] chi = new double[10][masks.length];
    for (int c = 0; c < masks.length; c++) {
      for (int i = 0; i < 10; i++) {
        chi[i][c] = ((masks[c] >> i) & 1) != 0 ? -1 : 1;
      }
    }

    double[][] odd = kernel.odd(chi);
    double[][] even = kernel.even(chi);

    for (int i = 0; i < masks.length; i++) {
      for (int j = i; j < masks.length; j++) {
        assertThat(odd[i][j]).isEqualTo(kernel(a, masks[i], masks[j], -1), within(1e-14));
        assertThat(even[i][j]).isEqualTo(kernel(a, masks[i], masks[j], 1), within(1e-14));
        assertThat(kernel.odd(new Coalition(10, new long[] {masks[i]}), chi)[j])
            .isEqualTo(kernel(a, masks[i], masks[j], -1), within(1e-14));
      }
    }
  }

  @Test
  void manyStrongPlayers_nothingOverflows() {
    double[] a = new double[1_000];
    Arrays.fill(a, 0.95);
    PairKernel kernel = new PairKernel(new PlayerWeights(a));

    double[][] odd = kernel.odd(column(Coalition.of(1_000, 3)));

    assertThat(odd[0][0]).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void priorVariances_areTheReadoutOnBothSides() {
    double[] a = {0.5, 0.2, 0.7, 0.1, 0.35};
    KernelReadout readout = new KernelReadout(new PlayerWeights(a));
    double[][] byCentre = new double[5][32];
    for (int t = 0; t < 32; t++) {
      double[][] one = readout.shapley(column(new Coalition(5, new long[] {t})));
      for (int i = 0; i < 5; i++) {
        byCentre[i][t] = one[i][0];
      }
    }

    double[] prior = readout.priorVariances();

    for (int i = 0; i < 5; i++) {
      assertThat(prior[i]).isEqualTo(Games.bruteForce(byCentre[i], 5)[i], within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 16, 64})
  void gaussLegendre_isExactForPolynomials(int m) {
    GaussLegendre rule = GaussLegendre.of(m);
    for (int degree = 0; degree < 2 * m; degree++) {
      double sum = 0;
      for (int i = 0; i < m; i++) {
        sum += rule.weights()[i] * Math.pow(rule.nodes()[i], degree);
      }
      assertThat(sum).isEqualTo(degree % 2 == 1 ? 0 : 2.0 / (degree + 1), within(1e-13));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 30, 67})
  void cholesky_solvesAndInverts(int n) {
    Random random = new Random(n);
    double[][] root = new double[n][n];
    for (double[] row : root) {
      Arrays.setAll(row, _ -> random.nextGaussian());
    }
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = Rows.dot(root[i], root[j], 0, n) + (i == j ? 1 : 0);
      }
    }
    double[] solution = random.doubles(n).toArray();
    double[] right = new double[n];
    Arrays.setAll(right, i -> Rows.dot(matrix[i], solution, 0, n));

    Cholesky factor =
        Objects.requireNonNull(
            Cholesky.of(Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new)));

    double[] half = right.clone();
    factor.halfSolve(half);
    assertThat(Rows.dot(half, half, 0, n)).isEqualTo(Rows.dot(right, solution, 0, n), within(1e-8));
    factor.solve(right);
    assertThat(right).containsExactly(solution, within(1e-8));
    double[][] v = factor.inverseFactor();
    double[] product = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        product[i] += matrix[0][k] * Rows.dot(v[k], v[i], Math.max(i, k), n);
      }
    }
    product[0] -= 1;
    assertThat(product).containsExactly(new double[n], within(1e-8));
  }

  @Test
  void cholesky_singular_isNull() {
    assertThat(Cholesky.of(new double[][] {{1, 1}, {0, 1}})).isNull();
    assertThat(Cholesky.of(new double[][] {{Double.NaN}})).isNull();
  }
}
