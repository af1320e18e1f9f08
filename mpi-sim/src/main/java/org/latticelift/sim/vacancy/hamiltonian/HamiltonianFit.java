package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Finds the Hamiltonian whose ensemble has given mean numbers of pairs (EX-21), which is inverse
 * Monte Carlo: J += f C^-1 (n - n*), n the mean numbers per site of sampled states, n* those
 * wanted, C their covariance times the number of sites. Steps are small, as large ones cross the
 * ordering transition: f 0.5, no parameter by more than 0.05 kT. They end when n agrees with n*
 * within the noise of the samples; what is left is taken away by a full step from four times as
 * many states, and as many tell what the result has.
 *
 * <p>Cost: a step of 400 states of 1024 sites takes 0.1 to 0.3 s, a fit from the parameters of a
 * neighbouring temperature or stage of a relaxation about ten steps, a shift to one group of runs
 * one or two of half as many states.
 */
public final class HamiltonianFit {
  private static final double FACTOR = 0.5;
  private static final double LARGEST_STEP = 0.05;
  private static final int MANY = 4;

  /** States that are skipped after a shift: sixty attempts per site. */
  private static final int SETTLING = 20;

  /** Of a parameter by a correction of a shift, kT. */
  private static final double LARGEST_CORRECTION = 0.2;

  private static final int CORRECTIONS = 3;

  /** Mean of the squared misfit per parameter, in units of its noise, that ends the small steps. */
  private static final double GOOD = 1.5;

  /** That ends the full steps, which bring the noise of the states before them. */
  private static final double FOUND = 2.5;

  private final Settings settings;
  private final Lattice lattice;
  private final ExchangeLattice sites;
  private final RandomStream stream;

  /**
   * How much is sampled.
   *
   * @param states per step
   * @param attemptsPerSite between two states
   * @param steps at most
   */
  public record Settings(int states, int attemptsPerSite, int steps) {
    /** What suits boxes of about a thousand sites. */
    public static final Settings DEFAULT = new Settings(400, 3, 60);
  }

  /**
   * A fit of states of one size and composition ({@code state}: any state of that size and
   * composition, whose sites the sampler exchanges; not modified).
   */
  public HamiltonianFit(Settings settings, Lattice state, int shells, RandomStream stream) {
    this.settings = settings;
    this.stream = stream;
    lattice = state.copy();
    sites = new ExchangeLattice(lattice, shells);
    sites.load(lattice);
  }

  /**
   * What was found.
   *
   * @param hamiltonian the Hamiltonian
   * @param averages of its ensemble, triangles among them
   * @param misfit mean over parameters of the squared difference to the wanted numbers, in units of
   *     its noise: about 1 where the fit has succeeded
   */
  public record Result(EffectiveHamiltonian hamiltonian, EnsembleAverages averages, double misfit) {
    /**
     * The changes of the parameters, to first order, that lower the mean numbers of pairs by some
     * ({@code lower}: per site, as for {@link HamiltonianFit#fit}; not modified).
     */
    public double[] change(double[] lower) {
      return new CountCovariance(averages.covariance()).solve(lower);
    }
  }

  /**
   * Fits ({@code start}: parameters to begin with, best those of a similar target; {@code wanted}:
   * mean numbers of pairs per site, in the order of {@link EffectiveHamiltonian#parameters}; not
   * modified); the result; the caller decides whether its misfit is small enough.
   */
  public Result fit(EffectiveHamiltonian start, double[] wanted) {
    return fit(start, wanted, true);
  }

  /** The same ({@code triangles}: whether averages have them, which take most of the time). */
  public Result fit(EffectiveHamiltonian start, double[] wanted, boolean triangles) {
    EffectiveHamiltonian hamiltonian = start;
    sample(hamiltonian, settings.states() / MANY, false);
    boolean close = false;
    for (int step = 0; ; step++) {
      int states = close ? MANY * settings.states() : settings.states();
      EnsembleAverages averages = sample(hamiltonian, states, close && triangles);
      double misfit = misfit(averages, wanted);
      if (close && (misfit < FOUND || step >= settings.steps())) {
        return new Result(hamiltonian, averages, misfit);
      }
      hamiltonian = moved(hamiltonian, averages, wanted, close ? 1 : FACTOR);
      close |= misfit < GOOD || step >= settings.steps();
    }
  }

  /**
   * Shifts a fit to numbers that are near those of its ensemble, such as the mean numbers of one
   * group of runs (EX-21): J + C^-1 (n - n*) at once. States of the result tell its misfit; as long
   * as that is bad they are also what it is corrected by, some times at most.
   *
   * @param from the fit, with the mean numbers and the covariance of its ensemble
   * @param wanted mean numbers of pairs per site, as for {@link #fit}; not modified
   * @return the best that was found; the caller decides whether its misfit is small enough
   */
  public Result shifted(FittedStage from, double[] wanted) {
    Result best = checked(shift(from, wanted), wanted);
    Result last = best;
    for (int step = 0; best.misfit() >= FOUND && step < CORRECTIONS; step++) {
      double[] left = difference(last.averages().fitted(), wanted);
      double[][] covariance = last.averages().covariance();
      last = checked(moved(last.hamiltonian(), covariance, left, LARGEST_CORRECTION), wanted);
      best = last.misfit() < best.misfit() ? last : best;
    }
    return best;
  }

  /** J + C^-1 (n - n*), unlimited: parameters of one vacancy differ by 1 kT between groups. */
  static EffectiveHamiltonian shift(FittedStage from, double[] wanted) {
    double[] excess = difference(from.fitted(), wanted);
    return moved(from.hamiltonian(), from.covariance(), excess, Double.POSITIVE_INFINITY);
  }

  /** A group's mean numbers are less certain than those of so many states. */
  private Result checked(EffectiveHamiltonian hamiltonian, double[] wanted) {
    sample(hamiltonian, SETTLING, false);
    EnsembleAverages averages = sample(hamiltonian, settings.states() / 2, true);
    return new Result(hamiltonian, averages, misfit(averages, wanted));
  }

  private EnsembleAverages sample(EffectiveHamiltonian hamiltonian, int states, boolean triangles) {
    EnsembleAverages averages =
        new EnsembleAverages(lattice.crystal(), hamiltonian.kinds(), hamiltonian.shells());
    ExchangeSampler sampler = new ExchangeSampler(hamiltonian, sites);
    for (int k = 0; k < states; k++) {
      sampler.attempt((long) settings.attemptsPerSite() * sites.sites(), stream);
      sites.store(lattice);
      averages.add(lattice, triangles);
    }
    return averages;
  }

  private static double misfit(EnsembleAverages averages, double[] wanted) {
    if (wanted.length == 0) {
      return 0;
    }
    CountCovariance covariance = new CountCovariance(averages.covariance());
    double noise = (double) averages.states() * averages.sites() / wanted.length;
    return noise * covariance.distance(difference(averages.fitted(), wanted));
  }

  private static EffectiveHamiltonian moved(
      EffectiveHamiltonian from, EnsembleAverages averages, double[] wanted, double factor) {
    double[] excess = difference(averages.fitted(), wanted);
    Arrays.setAll(excess, i -> factor * excess[i]);
    return moved(from, averages.covariance(), excess, LARGEST_STEP);
  }

  private static EffectiveHamiltonian moved(
      EffectiveHamiltonian from, double[][] covariance, double[] excess, double largest) {
    double[] step = new CountCovariance(covariance).solve(excess);
    double[] parameters = from.parameters();
    for (int i = 0; i < step.length; i++) {
      double limited = Math.max(-largest, Math.min(largest, step[i]));
      parameters[i] =
          Math.max(
              -EffectiveHamiltonian.MOST,
              Math.min(EffectiveHamiltonian.MOST, parameters[i] + limited));
    }
    return new EffectiveHamiltonian(from.kinds(), from.shells(), parameters);
  }

  private static double[] difference(double[] a, double[] b) {
    double[] result = new double[a.length];
    Arrays.setAll(result, i -> a[i] - b[i]);
    return result;
  }
}
