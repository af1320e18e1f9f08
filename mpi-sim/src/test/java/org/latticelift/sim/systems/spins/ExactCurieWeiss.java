package org.latticelift.sim.systems.spins;

/**
 * The master equation of the number of up spins of a Curie-Weiss model, n + 1 states, solved by
 * Poisson-weighted powers of the jump chain (uniformisation), and its stationary law.
 */
final class ExactCurieWeiss {
  private final int n;
  private final double[] gain;
  private final double[] loss;

  ExactCurieWeiss(int n, double temperature, double field) {
    this.n = n;
    gain = new double[n + 1];
    loss = new double[n + 1];
    for (int ups = 0; ups <= n; ups++) {
      double total = 2.0 * ups - n;
      gain[ups] = (n - ups) / (1 + Math.exp(-2 * ((total + 1) / n + field) / temperature));
      loss[ups] = ups / (1 + Math.exp(2 * ((total - 1) / n + field) / temperature));
    }
  }

  /** Probabilities after a time, from a number of up spins. */
  double[] after(int ups, double time) {
    double[] power = new double[n + 1];
    power[ups] = 1;
    double[] law = new double[n + 1];
    double rate = n * time;
    int terms = (int) (rate + 12 * Math.sqrt(rate) + 40);
    double logWeight = -rate;
    for (int k = 0; k <= terms; k++) {
      double weight = Math.exp(logWeight);
      for (int i = 0; i <= n; i++) {
        law[i] += weight * power[i];
      }
      logWeight += Math.log(rate / (k + 1));
      power = step(power);
    }
    return law;
  }

  /** A step of the chain that jumps n times per unit of time, often to where it is. */
  private double[] step(double[] law) {
    double[] next = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      next[i] += law[i] * (1 - (gain[i] + loss[i]) / n);
      if (i < n) {
        next[i + 1] += law[i] * gain[i] / n;
      }
      if (i > 0) {
        next[i - 1] += law[i] * loss[i] / n;
      }
    }
    return next;
  }

  /** Stationary probabilities, by detailed balance. */
  double[] stationary() {
    double[] law = new double[n + 1];
    double[] log = new double[n + 1];
    double most = 0;
    for (int i = 1; i <= n; i++) {
      log[i] = log[i - 1] + Math.log(gain[i - 1] / loss[i]);
      most = Math.max(most, log[i]);
    }
    double sum = 0;
    for (int i = 0; i <= n; i++) {
      law[i] = Math.exp(log[i] - most);
      sum += law[i];
    }
    for (int i = 0; i <= n; i++) {
      law[i] /= sum;
    }
    return law;
  }

  double magnetisation(int ups) {
    return (2.0 * ups - n) / n;
  }

  double mean(double[] law) {
    double mean = 0;
    for (int i = 0; i <= n; i++) {
      mean += law[i] * magnetisation(i);
    }
    return mean;
  }

  double variance(double[] law) {
    double mean = mean(law);
    double variance = 0;
    for (int i = 0; i <= n; i++) {
      variance += law[i] * (magnetisation(i) - mean) * (magnetisation(i) - mean);
    }
    return variance;
  }

  /** Stationary flips per unit of time and spin. */
  double flipRate(double[] law) {
    double rate = 0;
    for (int i = 0; i <= n; i++) {
      rate += law[i] * (gain[i] + loss[i]) / n;
    }
    return rate;
  }
}
