package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.CalmSamples;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.PairSet.Split;

/**
 * Fits the polynomial of the drift in closed form: weighted least squares of increments over
 * durations on its terms, with a ridge on those of second and third order. A pair counts as its
 * noise says, by duration times number of runs, and less where the drift is fast ({@link Speeds}).
 * Moments are summed for each condition alone; those of coefficients that are polynomials in u
 * follow from them.
 *
 * @param baseline the polynomial, with the degree in u that was chosen
 * @param ridge strength, relative to the moments
 * @param speeds what pairs count less by; nothing for all alike
 */
record BaselineFit(Baseline baseline, SdeScaling scaling, double ridge, Optional<Speeds> speeds) {
  /** Weaker ones fit paths a little better, and have states near these that do not come back. */
  private static final double[] STRENGTHS = {1e-4, 1e-3, 1e-2, 1e-1};

  /** Where nothing is held out that could choose. */
  private static final double USUAL = 1e-4;

  /** So that terms that no pair shows have no coefficients. */
  private static final double LEAST = 1e-9;

  private static final double FASTEST_PULL = 10;

  /** Fewer conditions say nothing of the degree that others need. */
  private static final int FEWEST_CONDITIONS = 4;

  /** So many determine the highest degree, which follows the trained ones best. */
  private static final int ENOUGH_CONDITIONS = 8;

  /** Pairs that move twice as fast as those near equilibrium do count half. */
  private static final double FAST = 2;

  /** The weights change by little after so many fits. */
  private static final int WEIGHTED_FITS = 2;

  /**
   * How fast pairs move: the drift of an earlier fit. A polynomial of low order cannot be right
   * both where a path begins and where it ends; counted alike, pairs that move ten times as fast
   * decide, and what they leave shifts the equilibrium. So a pair counts in inverse proportion to
   * its speed: by its square the beginning of a path would hardly count, and a polynomial for many
   * conditions would be free to be wrong there.
   *
   * @param drift an earlier fit
   * @param coefficients its coefficients
   * @param calm mean square of the drift of the calm half of the pairs of each condition
   */
  record Speeds(BaselineFit drift, List<float[]> coefficients, double[] calm) {
    static Speeds of(BaselineFit drift, PairSet pairs) {
      List<float[]> coefficients = drift.fit(pairs);
      double[] squares = drift.squares(coefficients, pairs);
      double[] calm = new double[pairs.values().length];
      Arrays.setAll(
          calm,
          c ->
              Arrays.stream(CalmSamples.of(pairs.rowsAt(c), k -> squares[k]))
                  .mapToDouble(k -> squares[k])
                  .average()
                  .orElse(0));
      return new Speeds(drift, coefficients, calm);
    }

    /** The share that each pair counts with. */
    double[] shares(PairSet pairs) {
      double[] shares = drift.squares(coefficients, pairs);
      for (int k = 0; k < shares.length; k++) {
        double slow = FAST * Math.sqrt(calm[pairs.condition()[k]]);
        shares[k] = slow > 0 ? slow / (slow + Math.sqrt(shares[k])) : 1;
      }
      return shares;
    }
  }

  /** The half of the pairs of each condition that move least; ascending. */
  static int[] calmest(double[] squares, PairSet pairs) {
    return IntStream.range(0, pairs.values().length)
        .mapToObj(c -> CalmSamples.of(pairs.rowsAt(c), k -> squares[k]))
        .flatMapToInt(Arrays::stream)
        .sorted()
        .toArray();
  }

  /** Squares of the drift of some coefficients at the states of pairs, [N]. */
  double[] squares(List<float[]> coefficients, PairSet pairs) {
    double[] drift = drift(coefficients, pairs);
    double[] squares = new double[pairs.count()];
    for (int at = 0; at < drift.length; at++) {
      squares[at / pairs.variables()] += drift[at] * drift[at];
    }
    return squares;
  }

  /**
   * Chooses the strength by what pairs that were not fitted say, and with four to seven conditions
   * the degree in u by conditions that were not.
   *
   * @param splits which pairs are fitted and which are held out, once or several times
   */
  static BaselineFit choose(
      Baseline baseline, SdeScaling scaling, PairSet pairs, List<Split> splits) {
    BaselineFit usual = new BaselineFit(baseline, scaling, USUAL, Optional.empty());
    for (int fit = 0; fit < WEIGHTED_FITS; fit++) {
      usual = new BaselineFit(baseline, scaling, USUAL, Optional.of(Speeds.of(usual, pairs)));
    }
    List<Moments[]> fitted = new ArrayList<>();
    List<Moments[]> held = new ArrayList<>();
    for (Split split : splits) {
      if (split.validation().length > 0) {
        fitted.add(usual.moments(pairs, split.training()));
        held.add(usual.moments(pairs, split.validation()));
      }
    }
    if (fitted.isEmpty()) {
      return usual;
    }
    BaselineFit best = usual;
    double least = Double.POSITIVE_INFINITY;
    for (double strength : STRENGTHS) {
      BaselineFit fit = new BaselineFit(baseline, scaling, strength, usual.speeds);
      double error = 0;
      for (int k = 0; k < fitted.size(); k++) {
        error += fit.error(fit.solve(fitted.get(k)), held.get(k));
      }
      if (error < least) {
        least = error;
        best = fit;
      }
    }
    return best.withDegree(pairs);
  }

  /** The degree whose coefficients, without a condition between others, are least off there. */
  private BaselineFit withDegree(PairSet pairs) {
    int conditions = scaling.condition().length;
    if (conditions < FEWEST_CONDITIONS || conditions >= ENOUGH_CONDITIONS) {
      return this;
    }
    Moments[] all = moments(pairs, all(pairs));
    BaselineFit best = this;
    double least = Double.POSITIVE_INFINITY;
    for (int degree = 1; degree <= baseline.powers(); degree++) {
      BaselineFit fit = new BaselineFit(baseline.withPowers(degree), scaling, ridge, speeds);
      double error = 0;
      for (int c = 1; c < conditions - 1; c++) {
        Moments[] others = all.clone();
        others[c] = new Moments(all[c].terms(), all[c].variables());
        Moments[] one = new Moments[conditions];
        Arrays.setAll(one, k -> new Moments(all[0].terms(), all[0].variables()));
        one[c] = all[c];
        error += fit.error(fit.solve(others), one);
      }
      if (error < least) {
        least = error;
        best = fit;
      }
    }
    return best;
  }

  private static int[] all(PairSet pairs) {
    return IntStream.range(0, pairs.count()).toArray();
  }

  /** Coefficients from pairs: for each power of u an array [variables, terms]. */
  List<float[]> fit(PairSet pairs) {
    RealMatrix solved = solve(moments(pairs, all(pairs)));
    int d = pairs.variables();
    int p = baseline.terms(d).size();
    List<float[]> coefficients = new ArrayList<>();
    for (int power = 0; power <= baseline.powers(); power++) {
      float[] values = new float[d * p];
      for (int i = 0; i < d; i++) {
        for (int t = 0; t < p; t++) {
          values[i * p + t] = (float) solved.getEntry(power * p + t, i);
        }
      }
      coefficients.add(values);
    }
    return coefficients;
  }

  /**
   * The drift of some coefficients at the states of pairs, scaled variables and time, [N,d].
   *
   * @param coefficients of {@link #fit}
   */
  double[] drift(List<float[]> coefficients, PairSet pairs) {
    int d = pairs.variables();
    Terms terms = new Terms(d);
    double[] drift = new double[pairs.count() * d];
    for (int k = 0; k < pairs.count(); k++) {
      double[] x = terms.at(pairs, k);
      double u = baseline.input(pairs.values()[pairs.condition()[k]]);
      double factor = 1;
      for (float[] of : coefficients) {
        for (int i = 0; i < d; i++) {
          double sum = 0;
          for (int t = 0; t < x.length; t++) {
            sum += of[i * x.length + t] * x[t];
          }
          drift[k * d + i] += factor * sum;
        }
        factor *= u;
      }
    }
    return drift;
  }

  /**
   * The polynomial with a region of a radius. States outside come back as fast as the fastest
   * variable relaxes, by a bound on the rates of the linear terms at all conditions, but not so
   * fast that a step of a prediction would overshoot.
   */
  Baseline within(double radius, List<float[]> of) {
    int d = scaling.mean().length;
    int p = baseline.terms(d).size();
    double fastest = 1;
    for (double condition : scaling.condition()) {
      double u = baseline.input(condition);
      for (int i = 0; i < d; i++) {
        double row = 0;
        for (int j = 0; j < d; j++) {
          double rate = 0;
          for (int power = of.size() - 1; power >= 0; power--) {
            rate = rate * u + of.get(power)[i * p + 1 + j];
          }
          row += Math.abs(rate);
        }
        fastest = Math.max(fastest, row);
      }
    }
    return baseline.within(radius, Math.min(FASTEST_PULL, fastest));
  }

  /** What the drift of some coefficients makes of pairs in their time, physical units, [N,d]. */
  double[] increments(List<float[]> coefficients, PairSet pairs) {
    int d = pairs.variables();
    double[] made = drift(coefficients, pairs);
    for (int at = 0; at < made.length; at++) {
      int k = at / d;
      double unit = scaling.timeUnit(pairs.values()[pairs.condition()[k]], false);
      made[at] *= pairs.dt()[k] / unit * scaling.deviation()[at % d];
    }
    return made;
  }

  /** Values of the terms at the states of pairs. */
  private final class Terms {
    private final List<int[]> terms;
    private final double[] state;
    private final double[] values;

    Terms(int d) {
      terms = baseline.terms(d);
      state = new double[d];
      values = new double[terms.size()];
    }

    double[] at(PairSet pairs, int k) {
      Arrays.setAll(state, i -> scaling.toScaled(i, pairs.z0()[k * pairs.variables() + i]));
      Baseline.values(terms, state, values);
      return values;
    }
  }

  /**
   * Weighted sums over pairs of one condition.
   *
   * @param square of terms with terms
   * @param product of terms with rates
   * @param rates squares of the rates
   */
  private record Moments(double[][] square, double[][] product, double[] rates) {
    Moments(int terms, int variables) {
      this(new double[terms][terms], new double[terms][variables], new double[variables]);
    }

    int terms() {
      return product.length;
    }

    int variables() {
      return rates.length;
    }
  }

  private Moments[] moments(PairSet pairs, int[] rows) {
    int d = pairs.variables();
    Terms terms = new Terms(d);
    Moments[] sums = new Moments[pairs.values().length];
    Arrays.setAll(sums, c -> new Moments(terms.terms.size(), d));
    double[] unit = new double[sums.length];
    Arrays.setAll(unit, c -> scaling.timeUnit(pairs.values()[c], false));
    PairSet targets = pairs.targets();
    Optional<double[]> shares = speeds.map(each -> each.shares(pairs));
    for (int k : rows) {
      int c = pairs.condition()[k];
      double[] x = terms.at(pairs, k);
      double time = pairs.dt()[k] / unit[c];
      double weight = time * pairs.runs(k) * (shares.isPresent() ? shares.get()[k] : 1);
      Moments sum = sums[c];
      for (int a = 0; a < x.length; a++) {
        double left = weight * x[a];
        for (int b = 0; b <= a; b++) {
          sum.square[a][b] += left * x[b];
        }
        for (int i = 0; i < d; i++) {
          sum.product[a][i] += left * rate(targets, k, i, time);
        }
      }
      for (int i = 0; i < d; i++) {
        double rate = rate(targets, k, i, time);
        sum.rates[i] += weight * rate * rate;
      }
    }
    for (Moments sum : sums) {
      for (int a = 0; a < sum.terms(); a++) {
        for (int b = 0; b < a; b++) {
          sum.square[b][a] = sum.square[a][b];
        }
      }
    }
    return sums;
  }

  private double rate(PairSet targets, int k, int i, double time) {
    return targets.increment(k, i) / scaling.deviation()[i] / time;
  }

  /** Coefficients, [powers x terms, variables]. */
  private RealMatrix solve(Moments[] moments) {
    int p = moments[0].terms();
    int d = moments[0].variables();
    int powers = baseline.powers() + 1;
    RealMatrix square = new Array2DRowRealMatrix(powers * p, powers * p);
    RealMatrix product = new Array2DRowRealMatrix(powers * p, d);
    for (int c = 0; c < moments.length; c++) {
      double u = baseline.input(scaling.condition()[c]);
      for (int q = 0; q < powers; q++) {
        for (int a = 0; a < p; a++) {
          for (int i = 0; i < d; i++) {
            product.addToEntry(q * p + a, i, Math.pow(u, q) * moments[c].product[a][i]);
          }
          for (int r = 0; r < powers; r++) {
            for (int b = 0; b < p; b++) {
              square.addToEntry(q * p + a, r * p + b, Math.pow(u, q + r) * moments[c].square[a][b]);
            }
          }
        }
      }
    }
    List<int[]> terms = baseline.terms(d);
    for (int at = 0; at < powers * p; at++) {
      double strength = terms.get(at % p).length > 1 ? ridge : LEAST;
      double size = square.getEntry(at, at);
      square.addToEntry(at, at, size > 0 ? strength * size : 1);
    }
    return new CholeskyDecomposition(square, Double.MAX_VALUE, 0).getSolver().solve(product);
  }

  /** Sum of the weighted squares that coefficients leave. */
  private double error(RealMatrix coefficients, Moments[] moments) {
    int p = moments[0].terms();
    double error = 0;
    for (int c = 0; c < moments.length; c++) {
      double u = baseline.input(scaling.condition()[c]);
      for (int i = 0; i < moments[c].variables(); i++) {
        double[] at = new double[p];
        for (int q = 0; q <= baseline.powers(); q++) {
          for (int t = 0; t < p; t++) {
            at[t] += Math.pow(u, q) * coefficients.getEntry(q * p + t, i);
          }
        }
        error += moments[c].rates[i];
        for (int a = 0; a < p; a++) {
          error -= 2 * at[a] * moments[c].product[a][i];
          for (int b = 0; b < p; b++) {
            error += at[a] * at[b] * moments[c].square[a][b];
          }
        }
      }
    }
    return error;
  }
}
