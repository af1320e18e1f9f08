package org.latticelift.sim.systems.alloy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

/** Everything that is fixed for an alloy: crystal, barriers, composition and choices. Immutable. */
final class AlloySetup {
  /** Mean number of jumps of a vacancy in one partial evolution (AL-72, DI-26). */
  static final double AUTO_EVOLVE_JUMPS = 125;

  /** Mean number of jumps of a vacancy in one window of LocalRelax (AL-63, DI-26). */
  static final double AUTO_RELAX_JUMPS = 8;

  private final Crystal crystal;
  private final BarrierModel barrier;
  private final long cacheBytes;
  private final KineticsConfig kinetics;
  private final LatticeConfig lattice;
  private final UpsampleConfig upsample;
  private final RelaxConfig relax;
  private final EvolveConfig evolve;
  private final Composition composition;
  private final ObservableList observables;
  private final Optional<StartFile> start;
  private final Shapes shapes;

  AlloySetup(
      Crystal crystal,
      BarrierModel barrier,
      long cacheBytes,
      KineticsConfig kinetics,
      LatticeConfig lattice,
      UpsampleConfig upsample,
      RelaxConfig relax,
      EvolveConfig evolve) {
    this.crystal = crystal;
    this.shapes = new Shapes(crystal);
    this.barrier = barrier;
    this.cacheBytes = cacheBytes;
    this.kinetics = kinetics;
    this.lattice = lattice;
    this.upsample = upsample;
    this.relax = relax;
    this.evolve = evolve;
    this.observables = lattice.observables();
    this.start = lattice.start().map(config -> StartFile.read(config, crystal, lattice));
    this.composition = Composition.of(lattice.species(), parts(), lattice.vacancyConcentration());
    this.start.ifPresent(this::requireComposition);
  }

  /** The configured parts; where there are none, those of the start file. */
  private Map<String, Double> parts() {
    if (start.isEmpty() || !lattice.composition().isEmpty()) {
      return lattice.composition();
    }
    long[] counts = start.get().state().lattice().counts();
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < lattice.species().size(); i++) {
      parts.put(lattice.species().get(i), (double) counts[i + 1]);
    }
    return parts;
  }

  /** A start file has the configured atoms, but for those whose places its vacancies took. */
  private void requireComposition(StartFile file) {
    Lattice state = file.state().lattice();
    long[] counts = firstCodes(state.counts());
    long[] configured = composition.counts(state.sites());
    long tolerance = Math.max(1, Math.max(counts[0], configured[0]));
    for (int i = 1; i < counts.length; i++) {
      if (Math.abs(counts[i] - configured[i]) > tolerance) {
        throw LatticeLiftException.badData(
            "the composition contradicts the initial state, which has " + text(counts),
            "lattice.composition, lattice.start: " + lattice.start().orElseThrow().file().path(),
            text(configured) + " within " + tolerance,
            "Remove lattice.composition, which is then that of the file, or correct it");
      }
    }
  }

  private String text(long[] counts) {
    List<String> species = lattice.species();
    return IntStream.range(0, species.size())
        .mapToObj(i -> species.get(i) + " " + counts[i + 1])
        .collect(Collectors.joining(", "));
  }

  /** The same for a few jumps, which need no memory for what recurs. */
  AlloySetup withoutCache() {
    return new AlloySetup(crystal, barrier, 0, kinetics, lattice, upsample, relax, evolve);
  }

  BarrierModel barrier() {
    return barrier;
  }

  Crystal crystal() {
    return crystal;
  }

  Shapes shapes() {
    return shapes;
  }

  long cacheBytes() {
    return cacheBytes;
  }

  KineticsConfig kinetics() {
    return kinetics;
  }

  Cells smallCells() {
    return lattice.small();
  }

  Cells largeCells() {
    return lattice.large();
  }

  long smallSites() {
    return lattice.small().sites(crystal);
  }

  LatticeConfig lattice() {
    return lattice;
  }

  /** Patches of a lattice: one per vacancy, or one per tile when patches are closed (DI-03). */
  long patches(Cells cells) {
    long sites = cells.sites(crystal);
    return Math.max(
        1, evolve.environment() == Environment.PERIODIC ? sites / smallSites() : counts(sites)[0]);
  }

  /** Refuses to simulate a lattice in which nothing can move. */
  void requireVacancy(long sites) {
    if (counts(sites)[0] == 0) {
      throw LatticeLiftException.badData(
          "no vacancy among " + sites + " sites",
          "lattice.vacancy_concentration",
          "above 0 where atoms are to move",
          "Raise it, or name empty sites under lattice.start.vacancy_at");
    }
  }

  /** Sites per code of a lattice with this number of sites. */
  long[] counts(long sites) {
    return start
        .map(file -> file.state().lattice())
        .filter(lattice -> lattice.sites() == sites)
        .map(lattice -> firstCodes(lattice.counts()))
        .orElseGet(() -> composition.counts(sites));
  }

  /** Sites per code of the species that are configured. */
  long[] countsOf(Lattice state) {
    return firstCodes(state.counts());
  }

  private long[] firstCodes(long[] counts) {
    return java.util.Arrays.copyOf(counts, lattice.species().size() + 1);
  }

  OrderParameters order(long[] counts) {
    return OrderParameters.of(
        crystal,
        lattice.species(),
        java.util.Arrays.copyOf(counts, lattice.species().size() + 1),
        observables);
  }

  boolean tileMean() {
    return lattice.measure() == Measure.TILE_MEAN;
  }

  boolean ownAtoms() {
    return evolve.patchObservable() == PatchAtoms.OWN;
  }

  boolean vacanciesToCentres() {
    return upsample.vacancies() == VacancySites.TILE_CENTRES;
  }

  Environment environment() {
    return evolve.environment();
  }

  int bufferCells() {
    return evolve.bufferCells();
  }

  Clock clock() {
    return evolve.clock();
  }

  DurationSpec evolveDuration() {
    return evolve.duration();
  }

  Tiling tiling(Cells target) {
    boolean doubling = upsample.hierarchy() == Hierarchy.DOUBLING;
    return new Tiling(
        shapes,
        lattice.small(),
        Tiling.levels(lattice.small(), target, doubling),
        upsample.window(),
        upsample.tiles() == Tiles.REPLICATE);
  }

  Optional<LocalRelax> localRelax(Condition condition, double meanEventSeconds) {
    if (relax.windows() == Windows.NONE) {
      return Optional.empty();
    }
    DurationSpec spec = relax.duration();
    Duration duration =
        spec.isEvents()
            ? Duration.events((long) spec.value(condition))
            : Duration.seconds(spec.seconds(condition, meanEventSeconds, AUTO_RELAX_JUMPS));
    return Optional.of(
        new LocalRelax(
            lattice.small(),
            relax.windows() == Windows.OVERLAPPING,
            relax.environment() == Environment.PERIODIC,
            duration));
  }

  /** Jumps per sample: relaxation of all windows at all levels, and the evolution itself. */
  double eventsPerSample(Condition condition) {
    double evolution = evolve.duration().estimatedEvents(condition, AUTO_EVOLVE_JUMPS);
    if (relax.windows() == Windows.NONE) {
      return evolution;
    }
    double perWindow = relax.duration().estimatedEvents(condition, AUTO_RELAX_JUMPS);
    double perVacancy = perWindow * (relax.windows() == Windows.OVERLAPPING ? 8 : 1);
    boolean doubling = upsample.hierarchy() == Hierarchy.DOUBLING;
    int levels = Tiling.levels(lattice.small(), lattice.large(), doubling).size();
    return evolution + levels * perVacancy * counts(lattice.large().sites(crystal))[0];
  }

  AlloyState initial(Cells cells, RandomStream stream) {
    return start(cells)
        .map(AlloyState::copy)
        .orElseGet(() -> RandomAlloy.of(shapes.of(cells), counts(cells.sites(crystal)), stream));
  }

  /** The state of the start file, if it has this size; not to be modified. */
  Optional<AlloyState> start(Cells cells) {
    return start.map(StartFile::state).filter(state -> cells.equals(Cells.of(state.lattice())));
  }

  /** Size of the start file. */
  Optional<Cells> startCells() {
    return start.map(file -> Cells.of(file.state().lattice()));
  }

  /** What is taken for granted about the codes of the start file. */
  Optional<String> assumption() {
    return start.flatMap(StartFile::assumption);
  }

  UpsampleConfig upsample() {
    return upsample;
  }

  RelaxConfig relax() {
    return relax;
  }

  /** The box of the size of the small system around a site (AL-71). */
  CellBox patchAround(Lattice state, long site) {
    Cells small = lattice.small();
    CellBox cube = CellBox.around(state, site, small.nx());
    int y =
        org.latticelift.sim.vacancy.lattice.SiteIndex.y(
            site, state.ny(), state.nz(), crystal.basisCount());
    int z = org.latticelift.sim.vacancy.lattice.SiteIndex.z(site, state.nz(), crystal.basisCount());
    return new CellBox(
        cube.x(),
        Math.floorMod(y - small.ny() / 2, state.ny()),
        Math.floorMod(z - small.nz() / 2, state.nz()),
        small.nx(),
        small.ny(),
        small.nz());
  }

  /** The k-th tile in row-major order. */
  CellBox tile(Lattice state, long patch) {
    Cells small = lattice.small();
    int ty = state.ny() / small.ny();
    int tz = state.nz() / small.nz();
    int x = (int) (patch / ((long) ty * tz));
    int y = (int) (patch / tz % ty);
    int z = (int) (patch % tz);
    return new CellBox(
        x * small.nx(), y * small.ny(), z * small.nz(), small.nx(), small.ny(), small.nz());
  }

  long sites(CellBox box) {
    return box.cells() * crystal.basisCount();
  }

  /** What upsampling and partial evolution need: whole tiles, their vacancies, and durations. */
  void checkLifting(List<Condition> conditions) {
    requireVacancy(smallSites());
    requireVacancy(lattice.large().sites(crystal));
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("s");
    relax.duration().requireUnit("s");
    if (relax.windows() != Windows.NONE) {
      relax.duration().requireAll(conditions);
    }
    tiling(lattice.large());
    long tiles = lattice.large().sites(crystal) / smallSites();
    long brought = tiles * counts(smallSites())[0];
    CompositionRepair.requireVacancies(brought, counts(lattice.large().sites(crystal))[0]);
  }
}
