package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.RandomStream;

/**
 * Exact binomial numbers: inversion where the rarer outcome is expected fewer than 10 times, else
 * transformed rejection (Hoermann 1993, BTRS). The probability comes as two weights, so that
 * outcomes of any rarity keep full precision. No allocation.
 */
public final class BinomialLaw {
  private static final double SMALL = 10;

  private BinomialLaw() {}

  /**
   * Draws how many of some trials succeed.
   *
   * @param trials 0 to 2^53
   * @param success weight of success, 0 or more
   * @param failure weight of failure, 0 or more, not both 0
   * @param stream nothing is taken if the outcome is certain
   * @return 0 to {@code trials}
   */
  public static long draw(long trials, double success, double failure, RandomStream stream) {
    if (trials == 0 || success == 0) {
      return 0;
    }
    if (failure == 0) {
      return trials;
    }
    if (trials == 1) {
      return stream.uniform() * (success + failure) <= success ? 1 : 0;
    }
    return success <= failure
        ? rare(trials, success / (success + failure), stream)
        : trials - rare(trials, failure / (success + failure), stream);
  }

  private static long rare(long trials, double p, RandomStream stream) {
    if (p == 0) {
      return 0;
    }
    return trials * p < SMALL ? invert(trials, p, stream.uniform()) : reject(trials, p, stream);
  }

  private static long invert(long trials, double p, double uniform) {
    double probability = StrictMath.exp(trials * StrictMath.log1p(-p));
    double odds = p / (1 - p);
    double rest = uniform - probability;
    long k = 0;
    while (rest > 0 && k < trials && probability > 0) {
      k++;
      probability *= (trials - k + 1) / (double) k * odds;
      rest -= probability;
    }
    return k;
  }

  private static long reject(long trials, double p, RandomStream stream) {
    double q = 1 - p;
    double deviation = Math.sqrt(trials * p * q);
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = trials * p + 0.5;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double sure = 0.92 - 4.2 / b;
    while (true) {
      double u = stream.uniform() - 0.5;
      double v = stream.uniform();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + centre);
      if (us >= 0.07 && v <= sure) {
        return (long) k;
      }
      if (k >= 0 && k <= trials) {
        double mode = Math.floor((trials + 1) * p);
        double ratio =
            SaddlePoint.logBinomial(k, trials, p, q) - SaddlePoint.logBinomial(mode, trials, p, q);
        if (StrictMath.log(v * alpha / (a / (us * us) + b)) <= ratio) {
          return (long) k;
        }
      }
    }
  }
}
