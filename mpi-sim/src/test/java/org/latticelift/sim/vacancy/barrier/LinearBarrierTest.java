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
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The linear model against a full recount of the energy, against its plain twin, and against
 * detailed balance.
 */
class LinearBarrierTest {
  private static LinearTerms random(int species, int shells, double floor, RandomStream random) {
    return random(species, shells, 0, floor, random);
  }

  private static LinearTerms random(
      int species, int shells, int saddleShells, double floor, RandomStream random) {
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
    List<List<List<Double>>> saddle = new java.util.ArrayList<>();
    for (int s = 0; s < saddleShells; s++) {
      Double[][] m = new Double[species][species];
      for (Double[] row : m) {
        java.util.Arrays.setAll(row, i -> 0.03 * random.normal());
      }
      saddle.add(java.util.Arrays.stream(m).map(List::of).toList());
    }
    return new LinearTerms(
        activation, matrices, Optional.of(vacancy), Optional.of(saddle), floor, List.of());
  }

  private static double energy(Lattice lattice, LinearTerms energies) {
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

  private static void differencesAreEnergyChanges(Crystal crystal, LinearTerms energies) {
    RandomStream random = new Streams(5).stream(Purpose.CHECK);
    BarrierKernel kernel = new LinearBarrier("pairwise", crystal, energies, 1e13).newKernel();
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
    differencesAreEnergyChanges(Crystal.bcc(), LinearTerms.defaults(Crystal.bcc()));
    differencesAreEnergyChanges(Crystal.bcc(), random(5, 3, 0.02, random));
    differencesAreEnergyChanges(Crystal.bcc(), random(2, 2, 0.7, random));
    differencesAreEnergyChanges(Crystal.bcc(), random(3, 2, 5, 0.02, random));
  }

  @Test
  void faceCentredCubic() {
    RandomStream random = new Streams(2).stream(Purpose.CHECK);
    differencesAreEnergyChanges(Crystal.fcc(), LinearTerms.defaults(Crystal.fcc()));
    differencesAreEnergyChanges(Crystal.fcc(), random(4, 1, 0.5, random));
    differencesAreEnergyChanges(Crystal.fcc(), random(3, 1, 3, 0.02, random));
  }

  @Test
  void refusesShellsBeyondTheEnvironment() {
    RandomStream random = new Streams(3).stream(Purpose.CHECK);
    assertFails(
        ExitCode.BAD_DATA,
        () -> new LinearBarrier("pairwise", Crystal.bcc(), random(3, 4, 0, random), 1e13),
        "shell 4",
        "'bcc'");
    assertFails(
        ExitCode.BAD_DATA,
        () -> new LinearBarrier("pairwise", Crystal.fcc(), random(4, 2, 0, random), 1e13),
        "shell 2",
        "'fcc'");
    int most = HopNeighbourhood.mostSaddleShells(Crystal.fcc());
    assertFails(
        ExitCode.BAD_DATA,
        () -> new LinearBarrier("linear", Crystal.fcc(), random(3, 1, most + 1, 0, random), 1e13),
        "saddle point",
        "'fcc'");
  }

  /**
   * Sites nearest to the saddle point: in bcc the six of the hop's rings, in fcc the four beside.
   */
  @Test
  void shellsAroundTheSaddlePoint() {
    assertThat(sitesInSaddleShells(Crystal.bcc(), 3)).containsExactly(6, 6, 8);
    assertThat(sitesInSaddleShells(Crystal.fcc(), 2)).containsExactly(4, 4);
  }

  private static int[] sitesInSaddleShells(Crystal crystal, int shells) {
    int[] count = new int[shells];
    for (int d = 0; d < crystal.hopCount(); d++) {
      HopNeighbourhood hop = HopNeighbourhood.of(crystal, 0, d, 1, shells);
      java.util.Arrays.fill(count, 0);
      for (int j = 0; j < crystal.environmentSize(); j++) {
        if (hop.saddle(j) > 0) {
          count[hop.saddle(j) - 1]++;
        }
      }
    }
    return count;
  }

  /** One call for many environments or one for each, whichever kernel: the same bits. */
  @Test
  void batchesChangeNoBit() {
    RandomStream random = new Streams(8).stream(Purpose.CHECK);
    Crystal crystal = Crystal.fcc();
    BarrierModel model = new LinearBarrier("linear", crystal, random(4, 1, 3, 0.02, random), 1e13);
    byte[] codes = RandomWeights.environments(new java.util.Random(2), crystal, 4, 9);
    float[] together = new float[9 * crystal.hopCount()];
    model.newKernel().barriers(9, codes, new int[9], together);
    float[] single = new float[together.length];
    BarrierKernel kernel = model.newKernel();
    for (int i = 8; i >= 0; i--) {
      int at = i * crystal.environmentSize();
      kernel.barriers(codes, at, 0, single, i * crystal.hopCount());
    }
    assertThat(single).isEqualTo(together);
  }

  @Test
  void hasTheBitsOfItsPlainTwin() {
    RandomStream random = new Streams(6).stream(Purpose.CHECK);
    sameBits(Crystal.bcc(), LinearTerms.defaults(Crystal.bcc()));
    sameBits(Crystal.bcc(), random(5, 3, 4, 0.3, random));
    sameBits(Crystal.fcc(), random(3, 1, 3, 0.02, random));
  }

  private static void sameBits(Crystal crystal, LinearTerms terms) {
    int count = 50;
    byte[] codes =
        RandomWeights.environments(new java.util.Random(1), crystal, terms.species(), count);
    int[] basis = new int[count];
    java.util.Arrays.setAll(basis, i -> i % crystal.basisCount());
    float[] barriers = new float[count * crystal.hopCount()];
    new LinearBarrier("linear", crystal, terms, 1e13)
        .newKernel()
        .barriers(count, codes, basis, barriers);
    for (int i = 0; i < barriers.length; i++) {
      int environment = i / crystal.hopCount();
      float plain =
          plain(
              crystal,
              terms,
              codes,
              environment * crystal.environmentSize(),
              basis[environment],
              i % crystal.hopCount());
      assertThat(Float.floatToIntBits(barriers[i])).isEqualTo(Float.floatToIntBits(plain));
    }
  }

  /** The model as its definition has it, site by site. */
  private static float plain(
      Crystal crystal, LinearTerms terms, byte[] codes, int at, int basis, int d) {
    HopNeighbourhood hop =
        HopNeighbourhood.of(crystal, basis, d, terms.shells().size(), terms.saddleShells());
    int atom = codes[at + hop.target()];
    if (atom == 0) {
      return Float.POSITIVE_INFINITY;
    }
    double placed = 0;
    double left = 0;
    double saddle = 0;
    for (int j = 0; j < crystal.environmentSize(); j++) {
      int other = codes[at + j];
      int shell = crystal.environment(basis).shellOf(j);
      placed += shell <= terms.shells().size() ? weight(terms, shell, atom, other) : 0;
      left += hop.before(j) > 0 ? weight(terms, hop.before(j), atom, other) : 0;
      saddle += hop.saddle(j) > 0 ? terms.saddle(hop.saddle(j), atom, other) : 0;
    }
    double change = placed - weight(terms, 1, atom, atom) - left;
    double base = terms.activation().get(atom - 1) + saddle;
    return (float) Math.max(base + change / 2, terms.floor() + Math.max(0, change));
  }

  private static double weight(LinearTerms terms, int shell, int atom, int other) {
    return terms.pair(shell, atom, other) - terms.pair(shell, 0, other);
  }

  /** Bits of earlier versions, of environments drawn by java.util.Random. */
  @Test
  void pairwiseKeepsItsBits() {
    assertThat(checksum(Crystal.bcc())).isEqualTo("add9e933");
    assertThat(checksum(Crystal.fcc())).isEqualTo("30ade019");
  }

  private static String checksum(Crystal crystal) {
    BarrierModel model =
        BarrierModels.fromConfig(ConfigNode.parse("model: pairwise", "t.yaml"), crystal);
    int count = 500;
    byte[] codes =
        RandomWeights.environments(new java.util.Random(11), crystal, model.species(), count);
    int[] basis = new int[count];
    java.util.Arrays.setAll(basis, i -> i % crystal.basisCount());
    float[] barriers = new float[count * crystal.hopCount()];
    model.newKernel().barriers(count, codes, basis, barriers);
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(Float.BYTES * barriers.length);
    for (float barrier : barriers) {
      bytes.putFloat(barrier);
    }
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(bytes.array());
    return Long.toHexString(crc.getValue());
  }

  /** Kolmogorov's criterion: kept by this model, not by networks. */
  @Test
  void loops() {
    RandomStream numbers = new Streams(7).stream(Purpose.CHECK);
    for (BarrierModel model :
        List.of(
            new LinearBarrier("linear", Crystal.bcc(), random(3, 3, 4, 0.02, numbers), 1e13),
            new LinearBarrier("linear", Crystal.fcc(), random(3, 1, 3, 0.02, numbers), 1e13))) {
      LoopMismatch linear = LoopMismatch.measure(model, 40, new Streams(4).stream(Purpose.CHECK));
      assertThat(linear.largest()).isLessThan(1e-5);
    }
    for (Crystal crystal : List.of(Crystal.bcc(), Crystal.fcc())) {
      BarrierModel model =
          new LinearBarrier("pairwise", crystal, LinearTerms.defaults(crystal), 1e13);
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
    refused("{model: linear}", "model 'linear' without weights");
    refused(
        "{model: linear, pairwise: {activation: [1], shells: []}}", "'pairwise' has no meaning");
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
