package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Small chains and their laws by plain linear algebra. For tests. */
final class Chains {
  private Chains() {}

  /**
   * A tree with a number of further connections per state and rates over several decades; leaving
   * is slower than returning by a factor.
   */
  static AbsorbingChain random(int states, double loops, double depth, long seed) {
    RandomStream random = new Streams(seed).stream(Purpose.CHECK, 42);
    AbsorbingChain chain = new AbsorbingChain();
    for (int i = 0; i < states; i++) {
      chain.add();
      chain.leaving(i, i % 3 == 0 ? 0 : rate(random) / depth);
      if (i > 0) {
        chain.connect(i, random.below(i), rate(random), rate(random));
      }
    }
    for (int k = 0; k < loops * states; k++) {
      int i = random.below(states);
      int j = random.below(states);
      if (i != j) {
        chain.connect(i, j, rate(random), k % 5 == 0 ? 0 : rate(random));
      }
    }
    return chain;
  }

  private static double rate(RandomStream random) {
    return Math.exp(4 * random.uniform() - 2);
  }

  /** Generator among the transient states. */
  static double[][] generator(AbsorbingChain chain) {
    int n = Long.bitCount(chain.states());
    double[][] q = new double[n][n];
    for (int i = 0; i < n; i++) {
      q[i][i] = -chain.leaving(i);
      for (int j = 0; j < n; j++) {
        if (j != i) {
          q[i][j] = chain.rate(i, j);
          q[i][i] -= chain.rate(i, j);
        }
      }
    }
    return q;
  }

  /** Probabilities of the state from which the chain is left: mean times times rates of leaving. */
  static double[] exits(AbsorbingChain chain, int start) {
    double[][] q = generator(chain);
    int n = q.length;
    // Mean times m solve m (-Q) = unit vector of the start.
    double[][] a = new double[n][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = -q[j][i];
      }
    }
    a[start][n] = 1;
    double[] m = solve(a);
    double[] exits = new double[AbsorbingChain.MOST];
    for (int i = 0; i < n; i++) {
      exits[i] = m[i] * chain.leaving(i);
    }
    return exits;
  }

  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k; i < n; i++) {
        if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) {
          pivot = i;
        }
      }
      double[] row = a[pivot];
      a[pivot] = a[k];
      a[k] = row;
      for (int i = 0; i < n; i++) {
        if (i != k) {
          double f = a[i][k] / row[k];
          for (int j = k; j <= n; j++) {
            a[i][j] -= f * row[j];
          }
        }
      }
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = a[i][n] / a[i][i];
    }
    return x;
  }

  /** Row start of exp(Q t), by a Taylor series over short steps. */
  static double[] distribution(AbsorbingChain chain, int start, double t) {
    double[][] q = generator(chain);
    int n = q.length;
    double fastest = 0;
    for (int i = 0; i < n; i++) {
      fastest = Math.max(fastest, -q[i][i]);
    }
    int steps = 1 + (int) (2 * fastest * t);
    double[] p = new double[n];
    p[start] = 1;
    for (int s = 0; s < steps; s++) {
      double[] term = p.clone();
      for (int k = 1; k < 30; k++) {
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            next[j] += term[i] * q[i][j] * t / steps / k;
          }
        }
        term = next;
        for (int i = 0; i < n; i++) {
          p[i] += term[i];
        }
      }
    }
    return p;
  }
}
