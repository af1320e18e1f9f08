package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.HashModel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.HaloExchange;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.RandomFill;

class SublatticeSimulatorTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final double KELVIN = 1000;
  private static final int CYCLES = 12;
  private static final Streams SEEDS = new Streams(5);

  private record Outcome(Lattice whole, long jumps, long crossings) {}

  /** All ranks as threads; dense in vacancies so that blocks and ranks interact often. */
  private static Outcome run(BlockGrid blocks, RankGrid grid, double window) throws Exception {
    Domain[] domains = new Domain[grid.ranks()];
    Arrays.setAll(domains, rank -> new Domain(blocks, grid, rank));
    ThreadHalo halo = new ThreadHalo(domains);
    SublatticeSimulator[] parts = new SublatticeSimulator[grid.ranks()];
    ExecutorService threads = Executors.newFixedThreadPool(grid.ranks());
    try {
      Future<?>[] done = new Future<?>[grid.ranks()];
      for (int rank = 0; rank < grid.ranks(); rank++) {
        int me = rank;
        parts[rank] = part(domains[rank], halo.of(rank));
        done[rank] =
            threads.submit(
                () -> {
                  for (int i = 0; i < CYCLES; i++) {
                    parts[me].cycle(window);
                  }
                });
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return new Outcome(
        assembled(blocks, domains, parts),
        Arrays.stream(parts).mapToLong(SublatticeSimulator::jumps).sum(),
        Arrays.stream(parts).mapToLong(SublatticeSimulator::vacancies).sum());
  }

  private static SublatticeSimulator part(Domain domain, HaloExchange halo) {
    return part(domain, halo, kernel -> kernel);
  }

  private static SublatticeSimulator part(
      Domain domain, HaloExchange halo, UnaryOperator<VacancyKernel> wrap) {
    BlockGrid blocks = domain.blocks();
    long sites = 2L * blocks.nx() * blocks.ny() * blocks.nz();
    long vacancies = sites / 64;
    long third = (sites - vacancies) / 3;
    Permutation permutation = new Permutation(sites, SEEDS.stream(Purpose.CHECK));
    Lattice lattice = new Lattice(BCC, domain.local(0), domain.local(1), domain.local(2));
    new RandomFill(new long[] {vacancies, third, third, sites - vacancies - 2 * third}, permutation)
        .fill(null, domain, lattice);
    VacancySimulator kernel = new VacancySimulator(lattice, new HashModel(BCC, 3), KELVIN, null);
    return new SublatticeSimulator(
        domain, lattice, wrap.apply(kernel), halo, SEEDS, new long[] {7, 0}, Optional.empty());
  }

  /** The whole lattice from own cells, after a check that every halo is a true copy. */
  private static Lattice assembled(
      BlockGrid blocks, Domain[] domains, SublatticeSimulator[] parts) {
    Lattice whole = new Lattice(BCC, blocks.nx(), blocks.ny(), blocks.nz());
    for (int pass = 0; pass < 2; pass++) {
      for (int rank = 0; rank < parts.length; rank++) {
        Domain domain = domains[rank];
        Lattice local = parts[rank].lattice();
        for (int x = 0; x < local.nx(); x++) {
          for (int y = 0; y < local.ny(); y++) {
            for (int z = 0; z < local.nz(); z++) {
              for (int b = 0; b < 2; b++) {
                int gx = domain.global(x, 0);
                int gy = domain.global(y, 1);
                int gz = domain.global(z, 2);
                if (pass == 1) {
                  assertThat(local.get(x, y, z, b)).isEqualTo(whole.get(gx, gy, gz, b));
                } else if (domain.owns(x, y, z)) {
                  whole.set(gx, gy, gz, b, local.get(x, y, z, b));
                }
              }
            }
          }
        }
      }
    }
    return whole;
  }

  @ParameterizedTest
  @CsvSource({"2,1,1", "1,2,1", "1,1,2", "2,2,1", "1,2,2", "3,1,1", "2,2,2", "4,2,1", "3,2,2"})
  void anyGridOfRanksGivesTheSameTrajectory(int px, int py, int pz) throws Exception {
    BlockGrid blocks = new BlockGrid(24, 16, 16, 4);
    Outcome serial = run(blocks, new RankGrid(1, 1, 1), 2e-4);
    Outcome parallel = run(blocks, new RankGrid(px, py, pz), 2e-4);
    assertThat(parallel.jumps()).isEqualTo(serial.jumps()).isGreaterThan(1000);
    assertThat(parallel.whole()).isEqualTo(serial.whole());
  }

  /** Here vacancies move in a margin around their blocks; just wide enough for two of a colour. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({"6,4,1,1", "6,2,2,1", "7,4,1,1", "7,2,2,2", "8,4,1,1", "8,2,2,2", "9,4,2,1"})
  void noMarginIsSeenByTwo(int edge, int px, int py, int pz) throws Exception {
    BlockGrid blocks = new BlockGrid(4 * edge, 2 * edge, 2 * edge, edge);
    assertThat(blocks.margin()).isPositive();
    Outcome serial = run(blocks, new RankGrid(1, 1, 1), 4e-4);
    Outcome parallel = run(blocks, new RankGrid(px, py, pz), 4e-4);
    assertThat(parallel.jumps()).isEqualTo(serial.jumps()).isGreaterThan(1000);
    assertThat(parallel.whole()).isEqualTo(serial.whole());
  }

  /** Blocks that no other rank sees evolve while messages travel. */
  @Tag("ranks")
  @ParameterizedTest
  @CsvSource({"4,2,1,1", "4,2,2,2", "6,2,1,1", "8,1,2,1"})
  void innerBlocksChangeNothingThatOthersSee(int edge, int px, int py, int pz) throws Exception {
    BlockGrid blocks = new BlockGrid(8 * edge, 6 * edge, 6 * edge, edge);
    RankGrid ranks = new RankGrid(px, py, pz);
    OwnBlocks own = new OwnBlocks(new Domain(blocks, ranks, 0));
    int inner = IntStream.range(0, BlockGrid.COLOURS).map(c -> own.inner(c).length).sum();
    int all = 8 * 6 * 6 / ranks.ranks();
    assertThat(inner).isEqualTo((8 / px - 2) * (6 / py - 2) * (6 / pz - 2)).isLessThan(all);
    Outcome serial = run(blocks, new RankGrid(1, 1, 1), 4e-4);
    Outcome parallel = run(blocks, ranks, 4e-4);
    assertThat(parallel.jumps()).isEqualTo(serial.jumps()).isGreaterThan(1000);
    assertThat(parallel.whole()).isEqualTo(serial.whole());
  }

  @Test
  void everyVacancyHasOneTurnPerCycle() {
    Domain domain = new Domain(new BlockGrid(16, 16, 16, 8), new RankGrid(1, 1, 1), 0);
    long[] turns = {0};
    SublatticeSimulator simulator =
        part(domain, new ThreadHalo(new Domain[] {domain}).of(0), k -> counting(k, turns));
    for (int cycle = 1; cycle <= CYCLES; cycle++) {
      simulator.cycle(4e-4);
      assertThat(turns[0]).isEqualTo(cycle * simulator.vacancies());
    }
    assertThat(simulator.jumps()).isGreaterThan(CYCLES * simulator.vacancies());
  }

  private static VacancyKernel counting(VacancyKernel kernel, long[] turns) {
    return (VacancyKernel)
        Proxy.newProxyInstance(
            VacancyKernel.class.getClassLoader(),
            new Class<?>[] {VacancyKernel.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("activate")) {
                turns[0] += (int) arguments[1];
              }
              return method.invoke(kernel, arguments);
            });
  }

  @Test
  void atomsAndVacanciesAreConserved() throws Exception {
    BlockGrid blocks = new BlockGrid(12, 12, 18, 3);
    Outcome outcome = run(blocks, new RankGrid(2, 1, 1), 2e-4);
    long sites = 2L * 12 * 12 * 18;
    long[] counts = outcome.whole().counts();
    assertThat(counts[0]).isEqualTo(sites / 64).isEqualTo(outcome.crossings());
    assertThat(Arrays.stream(counts).sum()).isEqualTo(sites);
    assertThat(counts[1]).isEqualTo((sites - sites / 64) / 3);
  }
}
