package org.latticelift.learn.barrierfit;

import java.util.Optional;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.sim.random.RandomStream;

/** How the composition of a random alloy is drawn. */
public record AtomMixConfig(
    @Doc("parameter of a symmetric Dirichlet distribution of compositions; absent: equal shares")
        @Range(min = 0.01, max = 1000)
        Optional<Double> dirichlet) {

  /** Cumulative shares of the species, ending at 1. */
  double[] draw(int species, RandomStream stream) {
    double[] weight = new double[species];
    double sum = 0;
    for (int s = 0; s < species; s++) {
      weight[s] = dirichlet.isPresent() ? gamma(dirichlet.get(), stream) : 1;
      sum += weight[s];
    }
    double below = 0;
    for (int s = 0; s < species; s++) {
      below += weight[s];
      weight[s] = below / sum;
    }
    return weight;
  }

  /** A species from cumulative shares, 1 for the first. */
  static byte species(double[] cumulative, RandomStream stream) {
    double u = stream.uniform();
    int s = 0;
    while (s < cumulative.length - 1 && u > cumulative[s]) {
      s++;
    }
    return (byte) (s + 1);
  }

  /** A gamma variate of unit scale (Marsaglia and Tsang 2000). */
  static double gamma(double shape, RandomStream stream) {
    if (shape < 1) {
      return gamma(shape + 1, stream) * StrictMath.pow(stream.uniform(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = stream.normal();
      double v = StrictMath.pow(1 + c * x, 3);
      if (v > 0
          && StrictMath.log(stream.uniform()) < x * x / 2 + d - d * v + d * StrictMath.log(v)) {
        return d * v;
      }
    }
  }
}
