package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

class TrianglesTest {
  @Test
  void everySiteIsTheApexOfTwelveInBccAndOfTwentyFourInFcc() {
    Lattice bcc = RandomAlloy.of(Crystal.bcc(), 5, 6, 5, 3, 0, 1);
    assertThat(Arrays.stream(new Triangles(Crystal.bcc(), 3).perSite(bcc)).sum())
        .isCloseTo(12, within(1e-12));
    Lattice fcc = RandomAlloy.of(Crystal.fcc(), 4, 4, 5, 2, 0, 2);
    assertThat(Arrays.stream(new Triangles(Crystal.fcc(), 2).perSite(fcc)).sum())
        .isCloseTo(24, within(1e-12));
  }

  /** Perfect B2: the neighbours of one species are the other. */
  @Test
  void orderShowsInTriangles() {
    Lattice lattice = new Lattice(Crystal.bcc(), 5, 5, 5);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (1 + site % 2));
    }
    // apex 1 with (1,1), (1,2), (2,2), apex 2 likewise
    assertThat(new Triangles(Crystal.bcc(), 2).perSite(lattice)).containsExactly(0, 0, 6, 6, 0, 0);
  }

  @Test
  void randomStatesHaveTheNumbersOfRandomStates() {
    Triangles triangles = new Triangles(Crystal.bcc(), 3);
    double[] mean = new double[triangles.types()];
    double[] square = new double[triangles.types()];
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 6, 6, 3, 5, 3);
    ExchangeLattice sites = new ExchangeLattice(lattice, 1);
    sites.load(lattice);
    ExchangeSampler sampler =
        new ExchangeSampler(EffectiveHamiltonian.none(new PairKinds(3), 1), sites);
    var stream = RandomAlloy.stream(8, 8);
    int states = 300;
    for (int k = 0; k < states; k++) {
      sampler.attempt(3 * sites.sites(), stream);
      sites.store(lattice);
      double[] one = triangles.perSite(lattice);
      Arrays.setAll(mean, t -> mean[t] + one[t] / states);
      Arrays.setAll(square, t -> square[t] + one[t] * one[t] / states);
    }
    double[] random = triangles.random(lattice.counts());
    for (int t = 0; t < mean.length; t++) {
      double error = Math.sqrt((square[t] - mean[t] * mean[t]) / states);
      assertThat(mean[t]).isCloseTo(random[t], within(4 * error));
      assertThat(error).isLessThan(0.03 * random[t]);
    }
    assertThat(random).doesNotContain(0);
  }
}
