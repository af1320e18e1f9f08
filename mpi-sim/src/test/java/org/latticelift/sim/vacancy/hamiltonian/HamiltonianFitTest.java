package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

class HamiltonianFitTest {
  private static final HamiltonianFit.Settings SETTINGS = new HamiltonianFit.Settings(150, 3, 60);

  /** Parameters come back within the error that finite numbers of states on both sides cause. */
  private static void recovers(Lattice state, EffectiveHamiltonian truth, long seed) {
    int shells = truth.shells();
    RandomStream stream = RandomAlloy.stream(seed, 3);
    ExchangeLattice sites = new ExchangeLattice(state, shells);
    sites.load(state);
    Lattice sampled = state.copy();
    ExchangeSampler sampler = new ExchangeSampler(truth, sites);
    sampler.attempt(20L * sites.sites(), stream);
    EnsembleAverages wanted = new EnsembleAverages(state.crystal(), truth.kinds(), shells);
    int states = 1500;
    for (int k = 0; k < states; k++) {
      sampler.attempt(3L * sites.sites(), stream);
      sites.store(sampled);
      wanted.add(sampled, false);
    }
    HamiltonianFit.Result found =
        new HamiltonianFit(SETTINGS, state, shells, RandomAlloy.stream(seed, 4))
            .fit(EffectiveHamiltonian.none(truth.kinds(), shells), wanted.fitted());
    assertThat(found.misfit()).isLessThan(3);
    CountCovariance covariance = new CountCovariance(wanted.covariance());
    double[] error = errors(covariance, truth.parameters().length, state.sites(), states);
    double[] j = found.hamiltonian().parameters();
    double square = 0;
    for (int i = 0; i < j.length; i++) {
      double z = (j[i] - truth.parameters()[i]) / error[i];
      assertThat(z).as("parameter %d", i).isBetween(-5.0, 5.0);
      square += z * z / j.length;
    }
    assertThat(square).isLessThan(2.5);
  }

  /** Of J: from the states of the target and the last states of the fit. */
  private static double[] errors(CountCovariance covariance, int n, long sites, int states) {
    double[] error = new double[n];
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      double inverse = covariance.solve(unit)[i];
      error[i] = Math.sqrt(inverse / sites * (1.0 / states + 1.0 / (4 * SETTINGS.states())));
    }
    return error;
  }

  @Test
  void aKnownHamiltonianIsFoundFromItsCounts() {
    double[] j = {-.4, .3, .1, .25, -.5, .2, -.1, .05, -.1, .1};
    recovers(
        RandomAlloy.of(Crystal.bcc(), 5, 5, 6, 3, 4, 1),
        new EffectiveHamiltonian(new PairKinds(3), 2, j),
        1);
  }

  @Test
  void crystalsAndNumbersOfSpeciesAreFree() {
    RandomStream stream = RandomAlloy.stream(5, 5);
    PairKinds kinds = new PairKinds(4);
    double[] j = new double[kinds.parameters().length];
    java.util.Arrays.setAll(j, i -> 0.3 * (2 * stream.uniform() - 1));
    recovers(
        RandomAlloy.of(Crystal.fcc(), 4, 4, 4, 4, 5, 2), new EffectiveHamiltonian(kinds, 1, j), 2);
  }

  /** Where there are too few pairs of a kind, J falls, by what the covariance says at once. */
  @Test
  void aShiftGoesTowardsTheWantedNumbers() {
    PairKinds kinds = new PairKinds(2);
    double[] sampled = new double[2 * kinds.pairs()];
    int[] fitted = EnsembleAverages.fitted(kinds, 1);
    double[][] covariance = new double[fitted.length][fitted.length];
    double[] wanted = new double[fitted.length];
    for (int i = 0; i < fitted.length; i++) {
      sampled[fitted[i]] = 1;
      covariance[i][i] = 0.5;
      wanted[i] = 1 + 0.1 * (i + 1);
    }
    EffectiveHamiltonian start = new EffectiveHamiltonian(kinds, 1, new double[] {0.3, 0.3});
    double[] none = new double[0];
    FittedStage from = new FittedStage(0, 1, 9, start, sampled, sampled, none, none, covariance, 1);
    double[] shifted = HamiltonianFit.shift(from, wanted).parameters();
    assertThat(shifted[0]).isCloseTo(0.3 - 0.1 / 0.5, within(1e-3));
    assertThat(shifted[1]).isCloseTo(0.3 - 0.2 / 0.5, within(1e-3));
  }

  /** Without vacancies, or with species that do not occur, their parameters stay. */
  @Test
  void whatNeverVariesIsLeftAlone() {
    Lattice state = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 2, 0, 3);
    PairKinds kinds = new PairKinds(4);
    double[] wanted = new double[kinds.parameters().length];
    EnsembleAverages averages = new EnsembleAverages(state.crystal(), kinds, 1);
    averages.add(state, false);
    System.arraycopy(averages.fitted(), 0, wanted, 0, wanted.length);
    HamiltonianFit.Result found =
        new HamiltonianFit(SETTINGS, state, 1, RandomAlloy.stream(6, 1))
            .fit(EffectiveHamiltonian.none(kinds, 1), wanted);
    for (int a = 0; a <= 4; a++) {
      for (int b = a + 1; b <= 4; b++) {
        if (a != 1 || b != 2) {
          assertThat(found.hamiltonian().of(1, a, b)).isZero();
        }
      }
    }
    assertThat(found.hamiltonian().of(1, 2, 1)).isNotZero();
  }
}
