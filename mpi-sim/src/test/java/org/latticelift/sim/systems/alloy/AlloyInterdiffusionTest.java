package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.Jackknife;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.systems.alloy.AlloyInterdiffusion.Energy;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;
import org.latticelift.sim.vacancy.transport.TransportSeries;

/** Thermodynamic factors of states whose pair energies are known. */
@Tag("law")
class AlloyInterdiffusionTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final Condition CONDITION = Condition.of("temperature_K", 2000);
  private static final int RUNS = 40;
  private static final double[] SHARES = {0.5, 0.5};

  @TempDir private Path folder;

  private static RandomStream stream(long task) {
    return new Streams(2).stream(Purpose.CHECK, task);
  }

  /** Energies in another gauge: like pairs have some, too. */
  private static EffectiveHamiltonian known() {
    LinearTerms energies =
        new LinearTerms(
            List.of(0.5, 0.5),
            List.of(List.of(List.of(0.03, -0.02), List.of(-0.02, 0.01))),
            Optional.of(List.of(List.of(0.02, -0.03))),
            0.02);
    return AlloyInterdiffusion.ofEnergies(energies, CONDITION);
  }

  private static Jackknife theta(EffectiveHamiltonian hamiltonian, RandomStream stream) {
    return AlloyInterdiffusion.factors(hamiltonian, BCC, SHARES, 100, stream).theta();
  }

  @Test
  void energiesAreTakenInTheGaugeOfTheHamiltonian() {
    EffectiveHamiltonian hamiltonian = known();
    double kT = EffectiveHamiltonian.BOLTZMANN * CONDITION.value();
    assertThat(hamiltonian.of(1, 1, 2) * kT).isCloseTo(-0.04, within(1e-12));
    assertThat(hamiltonian.of(1, 0, 1) * kT).isCloseTo(0.02 - 0.015 + 0.03 + 0.005, within(1e-12));
    assertThat(hamiltonian.of(1, 0, 2)).isZero();
  }

  @Test
  void aFittedHamiltonianHasTheFactorsOfTheOneThatMadeTheStates() {
    EffectiveHamiltonian known = known();
    LatticeShape shape = new LatticeShape(BCC, 6, 6, 6);
    long[] counts = {1, 215, 216};
    try (Hdf5Writer file = Hdf5Writer.create(folder.resolve("final.h5"))) {
      file.group("/T2000");
      for (int run = 0; run < RUNS; run++) {
        RandomStream stream = stream(run);
        Lattice lattice = AlloyState.random(shape, counts, stream).lattice();
        SampledUpsampling.order(known, lattice, new ExchangeLattice(lattice, 1), stream);
        file.group("/T2000/run" + run);
        byte[] species = new byte[(int) lattice.sites()];
        for (int site = 0; site < species.length; site++) {
          species[site] = lattice.get(site);
        }
        file.dataset(
            "/T2000/run" + run + "/species",
            species,
            new long[] {6, 6, 6, 2},
            DatasetInfo.of("1", "species codes", "x", "y", "z", "basis"));
      }
    }
    Columns layout = new Columns(2, 0, false);
    TransportSeries.Run run =
        new TransportSeries.Run(new double[] {0, 1}, new double[2 * layout.columns()], 0);
    AlloyTransport at =
        new AlloyTransport(
            CONDITION,
            List.of("vacancy", "A", "B"),
            1,
            1,
            new TransportSeries(
                layout, counts, IntStream.range(0, RUNS).mapToObj(i -> run).toList()),
            1,
            true,
            true);
    Energy fitted = AlloyInterdiffusion.fitted(folder, BCC, new PairKinds(2), at, stream(100));
    assertThat(fitted.misfit()).isLessThan(3);
    double expected = theta(known, stream(101)).all()[0][0];
    Jackknife found = theta(fitted.hamiltonian(), stream(102));
    double error =
        Math.hypot(
            found.error()[0][0], AlloyInterdiffusion.ofFit(found.all(), fitted, BCC).error()[0][0]);
    assertThat(expected).isGreaterThan(6);
    assertThat(error).isBetween(0.02 * expected, 0.12 * expected);
    assertThat(found.all()[0][0]).isCloseTo(expected, within(3 * error));
  }
}
