package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation.LoopMismatch;
import org.latticelift.sim.vacancy.barrier.BarrierModel.BarrierKernel;
import org.latticelift.sim.vacancy.barrier.BarrierModels.PairwiseBarrier;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** The analytic model against a full recount of the energy, and against detailed balance. */
class PairwiseBarrierTest {
  private static PairEnergiesConfig random(
      int species, int shells, double floor, RandomStream random) {
    List<List<List<Double>>> matrices = new java.util.ArrayList<>();
    List<List<Double>> vacancy = new java.util.ArrayList<>();
    for (int s = 0; s < shells; s++) {
      Double[][] m = new Double[species][species];
      Double[] v = new Double[species];
      for (int i = 0; i < species; i++) {
        v[i] = 0.05 * random.normal();
        for (int j = 0; j <= i; j++) {
          m[i][j] = 0.05 * random.normal();
          m[j][i] = m[i][j];
        }
      }
      matrices.add(java.util.Arrays.stream(m).map(List::of).toList());
      vacancy.add(List.of(v));
    }
    List<Double> activation =
        java.util.stream.IntStream.range(0, species).mapToObj(i -> 0.6 + 0.1 * i).toList();
    return new PairEnergiesConfig(activation, matrices, Optional.of(vacancy), floor);
  }

  private static double energy(Lattice lattice, PairEnergiesConfig energies) {
    double sum = 0;
    Crystal crystal = lattice.crystal();
    for (long site = 0; site < lattice.sites(); site++) {
      EnvironmentGeometry g = crystal.environment((int) (site % crystal.basisCount()));
      for (int j = 0; j < g.sites(); j++) {
        int other = lattice.get(lattice.neighbour(site, g.offset(j)));
        sum += energies.pair(g.shellOf(j), lattice.get(site), other) / 2;
      }
    }
    return sum;
  }

  private static float[] barriers(BarrierKernel kernel, Lattice lattice, long site) {
    Crystal crystal = lattice.crystal();
    byte[] environment = new byte[crystal.environmentSize()];
    int basis = (int) (site % crystal.basisCount());
    EnvironmentGeometry g = crystal.environment(basis);
    for (int j = 0; j < environment.length; j++) {
      environment[j] = lattice.get(lattice.neighbour(site, g.offset(j)));
    }
    float[] barriers = new float[crystal.hopCount()];
    kernel.barriers(environment, 0, basis, barriers, 0);
    return barriers;
  }

  private static void differencesAreEnergyChanges(Crystal crystal, PairEnergiesConfig energies) {
    RandomStream random = new Streams(5).stream(Purpose.CHECK);
    BarrierKernel kernel = new PairwiseBarrier(crystal, energies, 1e13).newKernel();
    int cells = Lattice.fewestCells(crystal);
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    for (int trial = 0; trial < 25; trial++) {
      for (long s = 0; s < lattice.sites(); s++) {
        boolean vacant = random.below(40) == 0;
        lattice.set(s, (byte) (vacant ? 0 : 1 + random.below(energies.species())));
      }
      long from = random.below(lattice.sites());
      lattice.set(from, (byte) 0);
      EnvironmentGeometry g = crystal.environment((int) (from % crystal.basisCount()));
      int d = random.below(crystal.hopCount());
      long to = lattice.neighbour(from, g.offset(g.hopTarget(d)));
      float forward = barriers(kernel, lattice, from)[d];
      if (lattice.get(to) == 0) {
        assertThat(forward).isEqualTo(Float.POSITIVE_INFINITY);
        continue;
      }
      double before = energy(lattice, energies);
      lattice.set(from, lattice.get(to));
      lattice.set(to, (byte) 0);
      double after = energy(lattice, energies);
      float backward = barriers(kernel, lattice, to)[g.reverse(d)];
      assertThat((double) forward - backward).isCloseTo(after - before, within(1e-6));
      assertThat(Math.min(forward, backward)).isGreaterThanOrEqualTo((float) energies.floor());
    }
  }

  @Test
  void bodyCentredCubic() {
    RandomStream random = new Streams(1).stream(Purpose.CHECK);
    differencesAreEnergyChanges(Crystal.bcc(), PairEnergiesConfig.defaults(Crystal.bcc()));
    differencesAreEnergyChanges(Crystal.bcc(), random(5, 3, 0.02, random));
    differencesAreEnergyChanges(Crystal.bcc(), random(2, 2, 0.7, random));
  }

  @Test
  void faceCentredCubic() {
    RandomStream random = new Streams(2).stream(Purpose.CHECK);
    differencesAreEnergyChanges(Crystal.fcc(), PairEnergiesConfig.defaults(Crystal.fcc()));
    differencesAreEnergyChanges(Crystal.fcc(), random(4, 1, 0.5, random));
  }

  @Test
  void refusesShellsBeyondTheEnvironment() {
    RandomStream random = new Streams(3).stream(Purpose.CHECK);
    assertFails(
        ExitCode.BAD_DATA,
        () -> new PairwiseBarrier(Crystal.bcc(), random(3, 4, 0, random), 1e13),
        "shell 4",
        "'bcc'");
    assertFails(
        ExitCode.BAD_DATA,
        () -> new PairwiseBarrier(Crystal.fcc(), random(4, 2, 0, random), 1e13),
        "shell 2",
        "'fcc'");
  }

  /** Kolmogorov's criterion: kept by this model, not by networks. */
  @Test
  void loops() {
    for (Crystal crystal : List.of(Crystal.bcc(), Crystal.fcc())) {
      BarrierModel model = new PairwiseBarrier(crystal, PairEnergiesConfig.defaults(crystal), 1e13);
      LoopMismatch pairwise = LoopMismatch.measure(model, 40, new Streams(4).stream(Purpose.CHECK));
      assertThat(pairwise.largest()).isLessThan(5e-6);
    }
    BarrierModel network =
        new NetworkBarrier(
            "random",
            RandomWeights.oneHot(Crystal.bcc(), 3, Activation.SILU, 1, 8),
            Crystal.bcc(),
            Optional.empty(),
            Optional.empty());
    LoopMismatch found = LoopMismatch.measure(network, 20, new Streams(4).stream(Purpose.CHECK));
    assertThat(found.rms()).isGreaterThan(1e-3);
  }

  @Test
  void fromConfiguration() {
    String yaml =
        "{model: pairwise, attempt_frequency: 2e12, pairwise: {activation: [0.5, 0.6],"
            + " shells: [[[0, -0.1], [-0.1, 0]]]}}";
    BarrierModel model = BarrierModels.fromConfig(ConfigNode.parse(yaml, "t.yaml"), Crystal.fcc());
    assertThat(model.species()).isEqualTo(2);
    assertThat(model.attemptFrequency(2)).isEqualTo(2e12);
    refused("{model: pairwise, order: nnk}", "'order' has no meaning");
    refused("{model: compact, weights: a.h5}", "'weights' has no meaning");
    refused("{model: network}", "without weights");
    refused("{model: pairwise, pairwise: {activation: [1], shells: [[[0, 1]]]}}", "symmetric");
    refused("{model: smal}", "small");
    refused("{model: pairwise, atempt_frequency: 1}", "attempt_frequency");
  }

  private static void refused(String yaml, String... parts) {
    assertFails(
        ExitCode.BAD_DATA,
        () -> BarrierModels.fromConfig(ConfigNode.parse(yaml, "t.yaml"), Crystal.bcc()),
        parts);
  }

  @Test
  void namesTheMissingShippedNetwork() {
    String before = System.getProperty("latticelift.home");
    System.setProperty("latticelift.home", "/nonexistent");
    try {
      assertFails(
          ExitCode.MISSING_INPUT,
          () ->
              BarrierModels.fromConfig(ConfigNode.parse("{model: small}", "t.yaml"), Crystal.bcc()),
          "'small'",
          "/nonexistent/configs/models/small.h5");
    } finally {
      if (before == null) {
        System.clearProperty("latticelift.home");
      } else {
        System.setProperty("latticelift.home", before);
      }
    }
  }
}
