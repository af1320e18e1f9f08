package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyDynamics.VacancyPlacement;
import org.latticelift.sim.systems.alloy.AlloyDynamics.WholeBlocks;
import org.latticelift.sim.systems.alloy.JoinedTiles.RecordWindow;
import org.latticelift.sim.systems.alloy.JoinedTiles.Tiling;
import org.latticelift.sim.systems.alloy.LocalRelax.CutOut;
import org.latticelift.sim.systems.alloy.ShapeSimulator.Shapes;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

class TilingTest {
  private static final Cells SMALL = new Cells(5, 6, 7);
  private final RandomStream stream = new Streams(11).stream(Purpose.CHECK);

  /** Every snapshot has its own composition, so that tiles tell where they come from. */
  private final SnapshotPool<AlloyState> pool =
      SnapshotPool.of(
          3,
          40,
          (run, record) -> {
            long sites = SMALL.sites(Crystal.bcc());
            long[] counts = {1, 10 + run, 50 + record, sites - 61 - run - record};
            return AlloyState.random(new Shapes(Crystal.bcc()).of(SMALL), counts, stream);
          });

  private static WholeBlocks whole(WholeBlocks.Finish finish) {
    return new WholeBlocks(new Shapes(Crystal.bcc()), finish);
  }

  private static Lattice cut(Lattice lattice, CellBox box) {
    Lattice cut = new Lattice(lattice.crystal(), box.nx(), box.ny(), box.nz());
    CutOut.cut(lattice, box, cut);
    return cut;
  }

  @Test
  void levelsDoubleAsLongAsTheyCan() {
    assertThat(Tiling.levels(SMALL, new Cells(20, 24, 28), true)).containsExactly(2, 2);
    assertThat(Tiling.levels(SMALL, new Cells(20, 24, 28), false)).containsExactly(4);
    assertThat(Tiling.levels(SMALL, new Cells(30, 36, 42), true)).containsExactly(2, 3);
    assertThat(Tiling.levels(SMALL, SMALL, true)).isEmpty();
    assertThatThrownBy(() -> Tiling.levels(SMALL, new Cells(10, 12, 13), true))
        .hasMessageContaining("no multiple");
  }

  @Test
  void tilesComeFromNearbyRecordsAndKeepTheirAtoms() {
    int[] calls = {0};
    Tiling tiling = new Tiling(SMALL, List.of(2), new RecordWindow(3), false, 1);
    Lattice block = tiling.build(pool, stream, whole(lattice -> calls[0]++));
    assertThat(calls[0]).isEqualTo(1);
    assertThat(block.nx()).isEqualTo(10);
    assertThat(block.nz()).isEqualTo(14);
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    for (int tile = 0; tile < 8; tile++) {
      CellBox box = new CellBox((tile >> 2) * 5, (tile >> 1 & 1) * 6, (tile & 1) * 7, 5, 6, 7);
      long[] counts = cut(block, box).counts();
      assertThat(counts[0]).isEqualTo(1);
      assertThat(counts[1]).isBetween(10L, 12L);
      lowest = Math.min(lowest, counts[2]);
      highest = Math.max(highest, counts[2]);
    }
    assertThat(highest - lowest).isLessThanOrEqualTo(5);
    assertThat(highest).isGreaterThan(lowest);
  }

  /**
   * Runs 0 and 2 were begun alike, and 1: eight tiles are four of each, eight of one of them, or
   * eight of the other.
   */
  @Test
  void tilesByTurnsAreOfRunsThatWereBegunAlike() {
    Tiling tiling = new Tiling(SMALL, List.of(2), new RecordWindow(3), true, 1);
    SnapshotPool<AlloyState> two = pool.with(new double[40], run -> run % 2);
    Set<List<Long>> seen = new HashSet<>();
    for (int build = 0; build < 80; build++) {
      Lattice block = tiling.build(two, stream, whole(lattice -> {}));
      Map<Long, Long> tiles =
          IntStream.range(0, 8)
              .mapToObj(i -> new CellBox((i >> 2) * 5, (i >> 1 & 1) * 6, (i & 1) * 7, 5, 6, 7))
              .map(box -> cut(block, box).counts()[1] - 10)
              .collect(Collectors.groupingBy(run -> run, TreeMap::new, Collectors.counting()));
      seen.add(List.copyOf(tiles.keySet()));
      assertThat(tiles)
          .isIn(Map.of(0L, 4L, 2L, 4L), Map.of(0L, 8L), Map.of(2L, 8L), Map.of(1L, 8L));
    }
    assertThat(seen).hasSize(4);
  }

  @Test
  void copiesJoinWithoutSeams() {
    Tiling tiling = new Tiling(SMALL, List.of(2), new RecordWindow(3), false, 0);
    Lattice block = tiling.build(pool, stream, whole(lattice -> {}));
    Lattice tile = cut(block, new CellBox(0, 0, 0, 5, 6, 7));
    for (long site = 0; site < block.sites(); site++) {
      int x = org.latticelift.sim.vacancy.lattice.SiteIndex.x(site, 12, 14, 2);
      int y = org.latticelift.sim.vacancy.lattice.SiteIndex.y(site, 12, 14, 2);
      int z = org.latticelift.sim.vacancy.lattice.SiteIndex.z(site, 14, 2);
      int b = org.latticelift.sim.vacancy.lattice.SiteIndex.b(site, 2);
      assertThat(block.get(site)).isEqualTo(tile.get(x % 5, y % 6, z % 7, b));
    }
  }

  @Test
  void everyLevelIsFinished() {
    int[] calls = {0};
    Tiling tiling = new Tiling(SMALL, List.of(2, 2), new RecordWindow(3), false, 2);
    tiling.build(pool, stream, whole(lattice -> calls[0]++));
    assertThat(calls[0]).isEqualTo(8 + 1);
  }

  @Test
  void cutAndPasteAreInverseAcrossTheBorder() {
    Lattice lattice =
        AlloyState.random(
                new Shapes(Crystal.bcc()).of(new Cells(9, 10, 11)),
                new long[] {3, 900, 577, 500},
                stream)
            .lattice();
    CellBox box = new CellBox(7, 8, 9, 5, 6, 7);
    Lattice cut = cut(lattice, box);
    assertThat(cut.get(3, 4, 5, 1)).isEqualTo(lattice.get(1, 2, 3, 1));
    Lattice copy = lattice.copy();
    CutOut.paste(cut, copy, box);
    assertThat(copy).isEqualTo(lattice);
    cut.set(0, 0, 0, 0, (byte) 0);
    CutOut.paste(cut, copy, box);
    assertThat(copy.get(7, 8, 9, 0)).isZero();
  }

  @Test
  void overlappingWindowsCoverEverySiteEightTimesAndShiftedOnesOnce() {
    Lattice lattice = new Lattice(Crystal.bcc(), 16, 16, 16);
    Cells window = new Cells(8, 8, 8);
    assertThat(coverage(new LocalRelax(window, true, false, Duration.events(7)), lattice))
        .containsOnly(8);
    LocalRelax shifted = new LocalRelax(window, false, true, Duration.events(7));
    assertThat(coverage(shifted, lattice)).containsOnly(1);
    assertThat(shifted.windows(lattice).get(0)).isEqualTo(new CellBox(4, 4, 4, 8, 8, 8));
  }

  private static int[] coverage(LocalRelax relax, Lattice lattice) {
    int[] covered = new int[lattice.nx() * lattice.ny() * lattice.nz()];
    for (CellBox box : relax.windows(lattice)) {
      for (int x = 0; x < box.nx(); x++) {
        for (int y = 0; y < box.ny(); y++) {
          for (int z = 0; z < box.nz(); z++) {
            int cx = (box.x() + x) % lattice.nx();
            int cy = (box.y() + y) % lattice.ny();
            covered[(cx * lattice.ny() + cy) * lattice.nz() + (box.z() + z) % lattice.nz()]++;
          }
        }
      }
    }
    return covered;
  }

  @Test
  void vacanciesMoveToTileCentresWithoutGettingLost() {
    Lattice lattice =
        AlloyState.random(
                new Shapes(Crystal.bcc()).of(new Cells(10, 12, 14)),
                new long[] {8, 1000, 1352, 1000},
                stream)
            .lattice();
    // one vacancy already sits on the centre of another tile (DI-25)
    long first = lattice.vacancies()[0];
    long centre = lattice.index(7, 9, 10, 0);
    byte atom = lattice.get(centre);
    lattice.set(first, atom);
    lattice.set(centre, (byte) 0);
    long[] counts = lattice.counts();
    VacancyPlacement.toTileCentres(lattice, SMALL);
    assertThat(lattice.counts()).isEqualTo(counts);
    long[] vacancies = lattice.vacancies();
    assertThat(vacancies).hasSize(8);
    assertThat(Arrays.stream(vacancies).boxed())
        .contains(lattice.index(2, 3, 3, 0), lattice.index(7, 9, 10, 0));
  }
}
