package dev.sidelight.explainers.shap;

/** Neumaier's sum: the error does not grow with the number of terms. */
final class CompensatedSum {

  private double sum;
  private double lost;

  void add(double term) {
    double next = sum + term;
    if (Math.abs(sum) >= Math.abs(term)) {
      lost += (sum - next) + term;
    } else {
      lost += (term - next) + sum;
    }
    sum = next;
  }

  double value() {
    return sum + lost;
  }
}
