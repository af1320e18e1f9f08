package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.ClosedPatch;
import org.latticelift.sim.systems.alloy.AlloyConfig.EvolveConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.Hierarchy;
import org.latticelift.sim.systems.alloy.AlloyConfig.PatchAtoms;
import org.latticelift.sim.systems.alloy.AlloyConfig.RelaxConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.Tiles;
import org.latticelift.sim.systems.alloy.AlloyConfig.UpsampleConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.VacancySites;
import org.latticelift.sim.systems.alloy.CopiedTile.CompositionRepair;
import org.latticelift.sim.systems.alloy.JoinedTiles.RecordWindow;
import org.latticelift.sim.systems.alloy.JoinedTiles.Tiling;
import org.latticelift.sim.systems.alloy.LocalRelax.PairRelaxation;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;

/**
 * How large lattices are made of small ones, and how their patches evolve.
 *
 * @param lattices sizes and atoms
 * @param upsample section {@code upsample}
 * @param relax section {@code relax}
 * @param evolve section {@code evolve}
 */
record LiftingRules(
    AlloyLattices lattices, UpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve) {
  /** Mean number of jumps of a vacancy in one partial evolution (AL-72, DI-26). */
  private static final double AUTO_EVOLVE_JUMPS = 125;

  /** Jumps of a relaxation above 3000 K, for estimates of work. */
  private static final double HOT_RELAXATION = 3000;

  /** Sampled blocks that stand for larger states: their counts scatter by a third of one's. */
  static final int BLOCKS = 8;

  /** The mean of so many records is known as well as is of use: an eighth of what one scatters. */
  private static final int MOST_RECORDS = 64;

  private static final double BURN_IN_OF_AGE = 0.5;

  /** Mean number of jumps of a vacancy in one window of LocalRelax (AL-63, DI-26). */
  static final double AUTO_RELAX_JUMPS = 8;

  /** Patches of a lattice: one per vacancy, or one per tile when patches are closed (DI-03). */
  long patches(Cells cells) {
    long sites = lattices.sites(cells);
    return Math.max(
        1,
        evolve.environment() == Environment.PERIODIC
            ? sites / lattices.smallSites()
            : lattices.counts(sites)[0]);
  }

  boolean ownAtoms() {
    return evolve.patchObservable() == PatchAtoms.OWN;
  }

  /** Whether the tiles of an upsampled state evolve, each closed onto itself (EX-41). */
  boolean tilesArePatches() {
    return evolve.closedPatch() != ClosedPatch.VACANCY;
  }

  /** Whether these go on as their small runs did. */
  boolean tilesContinueRuns() {
    return evolve.closedPatch() == ClosedPatch.RUN;
  }

  long vacanciesPerTile() {
    return lattices.counts(lattices.smallSites())[0];
  }

  boolean vacanciesToCentres() {
    return upsample.vacancies() == VacancySites.TILE_CENTRES;
  }

  boolean independentTiles() {
    return upsample.tiles() == Tiles.INDEPENDENT;
  }

  /** Whether large states are sampled and not tiled. */
  boolean sampled() {
    return upsample.tiles() == Tiles.MAXENT;
  }

  /** Shells of the Hamiltonian that they are sampled from. */
  int shells() {
    return Math.min(upsample.shells(), lattices.crystal().environment(0).shellCount());
  }

  /** Whether large states are copies of one block, and so are their vacancies. */
  boolean copies() {
    return upsample.tiles() == Tiles.REPLICATE && lattices.largeSites() > lattices.smallSites();
  }

  /**
   * Whether nothing looks at all sites of an upsampled state, so that it can stay in parts (EX-25).
   */
  boolean inParts(Cells target) {
    if (relax.windows() != Windows.NONE || vacanciesToCentres() || sampled()) {
      return false;
    }
    return tilesArePatches()
        ? sharesTiles(target)
        : !lattices.tileMean() && lattices.sites(target) > lattices.smallSites();
  }

  /**
   * The blocks that a larger sampled state is known by: along each axis the shortest that fill it
   * and are as long as wanted, or else twice as long as the small lattice, which is several times
   * the range of order above an ordering temperature.
   */
  Cells block(Cells target) {
    Cells small = lattices.small();
    return new Cells(
        block(small.nx(), target.nx()),
        block(small.ny(), target.ny()),
        block(small.nz(), target.nz()));
  }

  private int block(int small, int target) {
    int length = Math.min(target, upsample.block() > 0 ? upsample.block() : 2 * small);
    while (target % length != 0) {
      length++;
    }
    return length;
  }

  /** Whether a sampled state of a size is known by blocks only (EX-25). */
  boolean inBlocks(Cells target) {
    long blocks = lattices.sites(target) / lattices.sites(block(target));
    return sampled() && !lattices.tileMean() && blocks > BLOCKS;
  }

  /**
   * Sites per code of all blocks of a state: shares of those of the whole, rounded so that no block
   * is off by more than one and all together by no more than one.
   */
  List<long[]> blockCounts(Cells target) {
    long sites = lattices.sites(block(target));
    double share = (double) sites / lattices.sites(target);
    long[] all = lattices.counts(lattices.sites(target));
    List<long[]> counts = new ArrayList<>();
    for (int i = 0; i < BLOCKS; i++) {
      long[] one = new long[all.length];
      long left = sites;
      for (int code = 0; code < all.length - 1; code++) {
        one[code] = Math.round((i + 1) * share * all[code]) - Math.round(i * share * all[code]);
        left -= one[code];
      }
      one[all.length - 1] = left;
      counts.add(one);
    }
    return counts;
  }

  /** Vacancies of a state that can be evolved, the rest being copies or not there. */
  long knownVacancies(Cells target) {
    if (inBlocks(target)) {
      return blockCounts(target).stream().mapToLong(counts -> counts[0]).sum();
    }
    if (sharesTiles(target)) {
      return distinctTiles(target);
    }
    return copies() ? 1 : lattices.counts(lattices.sites(target))[0];
  }

  /** Factors per axis by which the small lattice grows to a size. */
  List<Integer> levels(Cells target) {
    return Tiling.levels(lattices.small(), target, upsample.hierarchy() == Hierarchy.DOUBLING);
  }

  private RecordWindow window() {
    return new RecordWindow(upsample.window());
  }

  /**
   * Records whose mean pairs a sampled state has: of as many as fill it the mean scatters as a
   * large lattice does by itself.
   */
  int records(Cells target) {
    long fill = lattices.sites(target) / lattices.smallSites();
    return upsample.records().orElse((int) Math.max(1, Math.min(fill, MOST_RECORDS)));
  }

  /** Of states without tiles. */
  SampledUpsampling sampling(GroupedEnsembles ensembles) {
    return new SampledUpsampling(lattices, ensembles, window());
  }

  Tiling tiling(Cells target) {
    return new Tiling(
        lattices.small(), levels(target), window(), tilesContinueRuns(), drawnLevels(target));
  }

  /** Levels of tiles that are drawn independently, until there are as many as wanted. */
  private int drawnLevels(Cells target) {
    if (!independentTiles()) {
      return 0;
    }
    List<Integer> factors = levels(target);
    int wanted = upsample.distinct().orElse(tilesArePatches() ? BLOCKS : Integer.MAX_VALUE);
    long tiles = 1;
    int level = 0;
    while (level < factors.size() && tiles < wanted) {
      long factor = factors.get(level++);
      tiles *= factor * factor * factor;
    }
    return level;
  }

  /** Tiles of a state that are not copies of others. */
  long distinctTiles(Cells target) {
    long tiles = 1;
    for (long factor : levels(target).subList(0, drawnLevels(target))) {
      tiles *= factor * factor * factor;
    }
    return tiles;
  }

  /** Whether tiles that evolve by themselves are copies of a few. */
  boolean sharesTiles(Cells target) {
    return independentTiles()
        && tilesArePatches()
        && (tilesContinueRuns() || drawnLevels(target) < levels(target).size());
  }

  Duration evolution(Condition condition, TimeScales scales) {
    DurationSpec spec = evolve.duration();
    if (spec.isEvents() && !tilesContinueRuns()) {
      return Duration.events((long) spec.value(condition));
    }
    double time = spec.time(condition, scales, AUTO_EVOLVE_JUMPS);
    return Duration.time(tilesContinueRuns() ? scales.wholeRecords(time) : time);
  }

  /** Empty where windows are none. */
  Optional<LocalRelax> localRelax(Condition condition, double meanEventTime) {
    if (relax.windows() == Windows.NONE) {
      return Optional.empty();
    }
    DurationSpec spec = relax.duration();
    Duration duration =
        spec.isEvents()
            ? Duration.events((long) spec.value(condition))
            : Duration.time(
                spec.time(condition, TimeScales.ofEvents(meanEventTime), AUTO_RELAX_JUMPS));
    return Optional.of(
        new LocalRelax(
            lattices.small(),
            relax.windows() == Windows.OVERLAPPING,
            relax.environment() == Environment.PERIODIC,
            duration));
  }

  /**
   * How long a new state of largest entropy moves before it is used: not so long that the young
   * become old.
   */
  double burnIn(double meanEventTime, double age) {
    return Math.min(upsample.burnIn() * meanEventTime, BURN_IN_OF_AGE * age);
  }

  /** Before there are runs, a relaxation of equimolar NbMoTa stands for that of any alloy. */
  private double evolutionJumps(Condition condition) {
    DurationSpec spec = evolve.duration();
    if (!spec.isRelaxations()) {
      return spec.estimatedEvents(condition, AUTO_EVOLVE_JUMPS);
    }
    long sites = lattices.smallSites();
    double vacancies = Math.max(1, lattices.counts(sites)[0]);
    return spec.value(condition)
        * PairRelaxation.jumps(condition.value(), vacancies / sites).orElse(HOT_RELAXATION);
  }

  /** Jumps per sample: relaxation of all windows at all levels, and the evolution itself. */
  double eventsPerSample(Condition condition) {
    if (tilesContinueRuns()) {
      return 0;
    }
    double evolution = evolutionJumps(condition);
    if (sampled()) {
      return evolution + (double) upsample.burnIn() * knownVacancies(lattices.large());
    }
    if (relax.windows() == Windows.NONE) {
      return evolution;
    }
    double perWindow = relax.duration().estimatedEvents(condition, AUTO_RELAX_JUMPS);
    double perVacancy =
        relax.passes() * perWindow * (relax.windows() == Windows.OVERLAPPING ? 8 : 1);
    int levels = levels(lattices.large()).size();
    return evolution + levels * perVacancy * lattices.counts(lattices.largeSites())[0];
  }

  /** What upsampling and partial evolution need: whole tiles, their vacancies, and durations. */
  void check(List<Condition> conditions) {
    lattices.requireVacancy(lattices.smallSites());
    lattices.requireVacancy(lattices.largeSites());
    requireSpecies();
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("s");
    relax.duration().requireUnit("s");
    relax.duration().forbidRelaxations();
    if (relax.windows() != Windows.NONE) {
      relax.duration().requireAll(conditions);
    }
    if (sampled()) {
      checkClosedPatch();
      checkSampled();
      return;
    }
    tiling(lattices.large());
    long tiles = lattices.largeSites() / lattices.smallSites();
    long brought = tiles * lattices.counts(lattices.smallSites())[0];
    long sites = lattices.largeSites();
    CompositionRepair.requireVacancies(brought, lattices.counts(sites)[0], sites);
    checkClosedPatch();
  }

  private void requireSpecies() {
    long[] small = lattices.counts(lattices.smallSites());
    lattices.requireEverySpecies(small, "the small lattice", "lattice.small");
    long[] all = lattices.counts(lattices.largeSites());
    lattices.requireEverySpecies(all, "the large lattice", "lattice.large");
  }

  private void checkClosedPatch() {
    if (!tilesArePatches()) {
      return;
    }
    if (evolve.environment() != Environment.PERIODIC) {
      throw LatticeLiftException.badData(
          "a patch that is a tile and not closed",
          "evolve.closed_patch",
          "vacancy; tile with evolve.environment: periodic",
          "Change one of the two keys");
    }
    if (sampled() || (tilesContinueRuns() && !sharesTiles(lattices.large()))) {
      throw LatticeLiftException.badData(
          "a patch that is a tile of a state without such tiles",
          "evolve.closed_patch",
          "vacancy; tile with upsample.tiles: independent or replicate; run with independent",
          "Change one of the two keys");
    }
    if (tilesContinueRuns() && !inParts(lattices.large())) {
      throw LatticeLiftException.badData(
          "a patch that goes on as its small run did, in a state that is changed",
          "evolve.closed_patch",
          "vacancy, tile; run with relax.windows: none and upsample.vacancies: keep",
          "Change one of these keys");
    }
    long tiles = lattices.largeSites() / lattices.smallSites();
    long vacancies = lattices.counts(lattices.largeSites())[0];
    if (vacancies != tiles * vacanciesPerTile()) {
      throw LatticeLiftException.badData(
          vacancies + " vacancies in " + tiles + " tiles",
          "evolve.closed_patch",
          "vacancy; tile where every tile has as many (lattice.vacancy_concentration)",
          "Change one of the two keys");
    }
  }

  /** Sampled states may have any size, but for what needs whole tiles. */
  private void checkSampled() {
    if (evolve.environment() == Environment.PERIODIC || lattices.tileMean()) {
      levels(lattices.large());
    }
    Cells small = lattices.small();
    Cells large = lattices.large();
    if (large.nx() < small.nx() || large.ny() < small.ny() || large.nz() < small.nz()) {
      throw LatticeLiftException.badData(
          "a large lattice of " + large.text(),
          "lattice.large",
          "at least " + small.text() + " (lattice.small), the size of a patch",
          "Enlarge it");
    }
    requireBlocks();
    if (vacanciesToCentres()) {
      throw LatticeLiftException.badData(
          "vacancies at the centres of tiles",
          "upsample.vacancies",
          "keep, as upsample.tiles: maxent has no tiles",
          "Change one of the two keys");
    }
  }

  /** Blocks hold a patch, and vacancies. */
  private void requireBlocks() {
    Cells small = lattices.small();
    int longest = Math.max(small.nx(), Math.max(small.ny(), small.nz()));
    if (upsample.block() > 0 && upsample.block() < longest) {
      throw LatticeLiftException.badData(
          "blocks of " + upsample.block() + " cells",
          "upsample.block",
          "0 for twice the small lattice, or at least " + longest + ", the size of a patch",
          "Enlarge it");
    }
    if (inBlocks(lattices.large()) && knownVacancies(lattices.large()) == 0) {
      throw LatticeLiftException.badData(
          BLOCKS + " blocks of " + block(lattices.large()).text() + " without a vacancy",
          "upsample.block",
          "so large that one of them has one",
          "Enlarge it, or raise lattice.vacancy_concentration");
    }
  }
}
