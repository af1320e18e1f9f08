package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.SystemOptions.Equilibrium;
import org.latticelift.sim.system.SystemOptions.FitObserver;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;
import org.latticelift.sim.system.SystemOptions.KnownRelaxation;
import org.latticelift.sim.system.SystemOptions.Recording;
import org.latticelift.sim.system.SystemOptions.Vacancies;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyPatches.Surroundings;
import org.latticelift.sim.systems.alloy.AlloyState.AlloyCodec;
import org.latticelift.sim.systems.alloy.LocalRelax.PairRelaxation;
import org.latticelift.sim.systems.alloy.SampledUpsampling.HamiltonianFits;
import org.latticelift.sim.systems.alloy.SampledUpsampling.SizeCorrections;
import org.latticelift.sim.systems.alloy.ShapeSimulator.AlloyModel;
import org.latticelift.sim.vacancy.barrier.BarrierEvaluation.LoopMismatch;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/** Vacancy diffusion in an alloy (AL-01...AL-75). */
final class AlloySystem implements LatticeSystem<AlloyState> {
  private static final Set<String> SHIPPED = Set.of("small", "compact");
  private static final long PROBE_JUMPS = 500;

  /** Initial states of random atoms whose mean is taken. */
  private static final int RANDOM_STARTS = 1000;

  /** Initial states whose mean is taken where each is equilibrated by exchange Monte Carlo. */
  private static final int SAMPLED_STARTS = 16;

  private static final double SECONDS_PER_ATTEMPT = 1.5e-7;

  /** Below this a mismatch of barriers round loops matters, K. */
  private static final double COLD = 1000;

  private static final double SECONDS_PER_JUMP = 3e-7;
  private static final double SECONDS_PER_EVALUATION = 2.5e-6;

  private final AlloySetup setup;
  private final AlloyLattices lattices;
  private final Optional<SublatticeConfig> parallel;
  private final List<Condition> conditions;
  private final boolean grouped;

  /** Made when asked for: what is wrong with the observables is said then. */
  private volatile Optional<SystemFacts> facts = Optional.empty();

  /**
   * @param grouped whether states are made from groups of runs (EX-07)
   */
  AlloySystem(
      AlloySetup setup,
      Optional<SublatticeConfig> parallel,
      List<Condition> conditions,
      boolean grouped) {
    this.setup = setup;
    this.grouped = grouped;
    this.lattices = setup.lattices();
    this.parallel = parallel;
    this.conditions = List.copyOf(conditions);
  }

  AlloySetup setup() {
    return setup;
  }

  @Override
  public SystemFacts facts() {
    if (facts.isEmpty()) {
      facts = Optional.of(newFacts());
    }
    return facts.get();
  }

  /**
   * With the sum rules of pair orders (AL-53), of each shell of which all pairs are observed; a
   * shift by half a cell diagonal turns the B2 order of every species (EX-41).
   */
  private SystemFacts newFacts() {
    OrderParameters order = order();
    SumRules rules = sumRules(order);
    Macroscopics macroscopics =
        rules.apply(IntStream.range(0, order.size()).mapToObj(order::units).toList());
    return new SystemFacts(
            AlloyProvider.NAME,
            conditions,
            macroscopics,
            extent(Role.SMALL, lattices.small()),
            extent(Role.LARGE, lattices.large()),
            new Costs())
        .withSymmetry(rules.relations(macroscopics), order.mirror());
  }

  private OrderParameters order() {
    return lattices.order(lattices.counts(lattices.largeSites()));
  }

  private SumRules sumRules(OrderParameters order) {
    return new SumRules(
        shell -> lattices.crystal().shell(0, shell).size(),
        lattices.config().species(),
        lattices.counts(lattices.largeSites()),
        order.names(),
        order.subtracted());
  }

  /** That of the composition of the whole lattice, where it is the composition's. */
  @Override
  public double[] reference(Extent extent) {
    return lattices.order(lattices.counts(extent.sites())).subtracted();
  }

  private Extent extent(Role role, Cells cells) {
    return new Extent(
        role, cells.text(), cells.shape(), lattices.sites(cells), setup.rules().patches(cells));
  }

  @Override
  public List<String> explanation() {
    List<String> species = lattices.config().species();
    long[] counts = lattices.counts(lattices.largeSites());
    long atoms = Arrays.stream(counts, 1, counts.length).sum();
    String shares =
        IntStream.range(0, species.size())
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT, "%s %.1f %%", species.get(i), 100.0 * counts[i + 1] / atoms))
            .collect(Collectors.joining(", "));
    int neighbours = lattices.crystal().shell(0, 1).size();
    return List.of(
        String.format(
            Locale.ROOT,
            "Observables such as %s%s: how many %s atoms are among the %d nearest neighbours of a %s"
                + " atom, less than in a random alloy where negative, more where positive. Minus"
                + " this number over %d times the share of %s is the Warren-Cowley parameter.",
            species.get(0),
            species.get(species.size() - 1),
            species.get(species.size() - 1),
            neighbours,
            species.get(0),
            neighbours,
            species.get(species.size() - 1)),
        String.format(
            Locale.ROOT,
            "The alloy: %s (large system), energy barriers of vacancy hops by model %s.",
            shares,
            setup.model().barrier().name()));
  }

  /** Pair orders alone are counted from a number of neighbours. */
  @Override
  public String axis() {
    return Arrays.stream(order().subtracted()).allMatch(random -> random > 0)
        ? "neighbours per atom beyond a random alloy"
        : "observable";
  }

  /** Nothing but vacancies moves atoms, so time goes as one over their concentration. */
  @Override
  public List<String> caveats() {
    long sites = lattices.largeSites();
    long vacancies = lattices.counts(sites)[0];
    List<String> caveats = new ArrayList<>();
    caveats.add(
        String.format(
            Locale.ROOT,
            "Times hold for the vacancy concentration that was simulated, one vacancy per %d"
                + " sites; a real crystal has many orders of magnitude fewer, and takes longer by"
                + " the ratio of the concentrations.",
            Math.round((double) sites / vacancies)));
    if (setup.rules().copies()) {
      caveats.add(
          "Large states are periodic copies of small snapshots (upsample.tiles: replicate), so what"
              + " is predicted are the statistics of the small system with the noise of the large"
              + " one: order that only a larger system develops is not in it.");
    }
    if (setup.rules().tilesArePatches()) {
      caveats.add(
          "Patches are tiles that evolve each by itself (evolve.closed_patch), so what is predicted"
              + " are path and statistics of the small system with the noise of the large one: what"
              + " only a larger system does is not in it.");
    }
    if (setup.rules().sampled() && !grouped) {
      caveats.add(
          "The effective Hamiltonians of large states (upsample.tiles: maxent) are fitted to all"
              + " small runs (upsample.groups: none), so intervals of predictions leave out how"
              + " uncertain these fits are.");
    }
    if (setup.rules().inBlocks(lattices.large())) {
      caveats.add(
          String.format(
              Locale.ROOT,
              "Large states are known by %d blocks of %s, independent maximum-entropy states"
                  + " (upsample.block): order that reaches farther than a block is not in them.",
              LiftingRules.BLOCKS,
              setup.rules().block(lattices.large()).text()));
    }
    coldest().ifPresent(kelvin -> caveats.addAll(imbalance(kelvin)));
    return List.copyOf(caveats);
  }

  /** Direct runs have the same barriers, so agreement says nothing of these. */
  @Override
  public List<String> shared() {
    BarrierModel barrier = setup.model().barrier();
    return barrier.tableError().map(error -> error.shared(barrier.name())).stream().toList();
  }

  private OptionalDouble coldest() {
    return conditions.stream().mapToDouble(Condition::value).filter(t -> t < COLD).min();
  }

  /** What is stationary then is driven, and depends on the fit of the barriers (EX-43). */
  private List<String> imbalance(double kelvin) {
    LoopMismatch mismatch = LoopMismatch.of(setup.model().barrier());
    return mismatch.matters()
        ? List.of(
            "The barriers of model "
                + setup.model().barrier().name()
                + " do not obey detailed balance: "
                + mismatch.at(kelvin)
                + ". Below "
                + Math.round(COLD)
                + " K plateaus of order are those of a driven state and depend on the fit of the"
                + " barriers; linear models obey it.")
        : List.of();
  }

  @Override
  public StateCodec<AlloyState> codec() {
    return new AlloyCodec(lattices, setup.transport());
  }

  @Override
  public Dynamics<AlloyState> dynamics(Condition condition, RunContext context) {
    return new AlloyDynamics(setup, condition, context);
  }

  @Override
  public SystemOptions<AlloyState> options() {
    long sites = lattices.largeSites();
    double concentration = (double) lattices.counts(sites)[0] / sites;
    Optional<FittedUpsampling<AlloyState>> fits =
        setup.rules().sampled() ? Optional.of(new Fits()) : Optional.empty();
    return new SystemOptions<>(
        Optional.of(new Large()),
        Optional.empty(),
        fits,
        Equilibrium.of(
            SizeCorrections.known(lattices)
                ? Optional.of(new SizeCorrections(lattices)::of)
                : Optional.empty()),
        parallel.map(config -> new AlloyDistribution(setup, config, costs())),
        Optional.of(this::family),
        Optional.of(new KnownRelaxation(this::relaxationEvents, PairRelaxation.BASIS)),
        Optional.of(new Vacancies(concentration, lattices.composition(sites))),
        Recording.of(
            setup
                .transport()
                .map(layout -> AlloyTransport.measured(layout, lattices, setup.model()))),
        Optional.empty());
  }

  private Function<Condition, Dynamics<AlloyState>> family(StopSignal stop) {
    AlloySetup remembering = setup.remembering();
    return condition -> new AlloyDynamics(remembering, condition, new RunContext(0, stop));
  }

  @Override
  public void checkStart(boolean small, boolean large) {
    if (lattices.startCells().isPresent()
        && !(small && startsSmall())
        && !(large && startsLarge())) {
      throw LatticeLiftException.badData(
          "nothing begins with this state of " + lattices.startCells().get().text(),
          "lattice.start: " + lattices.config().start().orElseThrow().file().path(),
          (small ? "lattice.small: " + lattices.small().text() : "")
              + (small && large ? ", or " : "")
              + (large ? "lattice.large: " + lattices.large().text() : ""),
          "Set that to the size of the file, enlarge the file with direct.parallel,"
              + " or remove lattice.start");
    }
  }

  private boolean startsSmall() {
    return lattices.start(lattices.small()).isPresent();
  }

  /** With blocks the large lattice is made of the small one. */
  private boolean startsLarge() {
    return lattices.start(lattices.large()).isPresent() || parallel.isPresent();
  }

  @Override
  public List<String> remarks(boolean small, boolean large) {
    List<String> remarks = new ArrayList<>(lattices.assumption().stream().toList());
    lattices.otherConstant().ifPresent(remarks::add);
    if (!lattices.absent().isEmpty()) {
      remarks.add(
          "there are no atoms of "
              + String.join(", ", lattices.absent())
              + " (lattice.composition): leave them out of lattice.species, as nothing can be learned"
              + " of their order");
    }
    lattices
        .ensemble()
        .ifPresent(
            any ->
                remarks.add(
                    "all runs start with states drawn from the Hamiltonian of lattice.start"));
    lattices
        .startCells()
        .ifPresent(
            cells -> {
              String random = " starts at random: lattice.start is a lattice of " + cells.text();
              if (small && !startsSmall()) {
                remarks.add("simulate" + random);
              }
              if (large && !startsLarge()) {
                remarks.add("direct" + random);
              }
            });
    return remarks;
  }

  @Override
  public void checkRuns(Extent extent) {
    lattices.requireVacancy(extent.sites());
  }

  /** How large lattices are made and patches evolve. */
  private final class Large implements Lifting {
    @Override
    public Duration evolutionDuration(Condition condition, TimeScales scales) {
      return setup.rules().evolution(condition, scales);
    }

    @Override
    public boolean patchesAreIndependent() {
      return setup.rules().tilesArePatches();
    }

    @Override
    public long distinctPatches(Extent large) {
      return Math.max(1, Math.min(large.patches(), setup.rules().knownVacancies(lattices.large())));
    }

    @Override
    public boolean largeStatesAreWhole() {
      return !setup.rules().inBlocks(lattices.large());
    }

    @Override
    public boolean patchesContinueRuns() {
      return setup.rules().tilesContinueRuns();
    }

    @Override
    public boolean mixesSnapshots() {
      return setup.rules().independentTiles();
    }

    @Override
    public void checkLifting() {
      setup.rules().check(conditions);
    }
  }

  /** Effective Hamiltonians, from which large lattices are drawn (EX-21). */
  private final class Fits implements FittedUpsampling<AlloyState> {
    @Override
    public String file() {
      return HamiltonianFile.NAME;
    }

    @Override
    public Set<String> fitKeys() {
      return Set.of("tiles", "shells");
    }

    @Override
    public void fit(
        Condition condition,
        SnapshotPool<AlloyState> pool,
        List<SnapshotPool<AlloyState>> groups,
        Streams streams,
        FitObserver observer,
        Hdf5Writer part) {
      hamiltonians().fit(condition, pool, groups, streams, observer, part);
    }

    @Override
    public void join(List<Path> parts, Hdf5Writer file) {
      hamiltonians().join(parts, file);
    }

    private HamiltonianFits hamiltonians() {
      return new HamiltonianFits(lattices, setup.rules().shells());
    }

    @Override
    public AlloySystem fitted(Path file) {
      try (HamiltonianFile fits = HamiltonianFile.open(file)) {
        Map<Condition, GroupedEnsembles> ensembles =
            conditions.stream().collect(Collectors.toMap(c -> c, fits::ensembles));
        return new AlloySystem(setup.with(ensembles), parallel, conditions, grouped);
      }
    }
  }

  /** One of a file; a few of those that are equilibrated first. */
  @Override
  public int initialStates() {
    if (lattices.config().start().isEmpty()) {
      return RANDOM_STARTS;
    }
    return lattices.ensemble().isPresent() ? SAMPLED_STARTS : 1;
  }

  /** Of random atoms with a shipped network; a start file may be ordered already. */
  private OptionalDouble relaxationEvents(Condition condition) {
    long sites = small().sites();
    long vacancies = lattices.counts(sites)[0];
    boolean measured =
        SHIPPED.contains(setup.model().barrier().name())
            && lattices.config().start().isEmpty()
            && vacancies > 0;
    return measured
        ? PairRelaxation.jumps(condition.value(), (double) vacancies / sites)
        : OptionalDouble.empty();
  }

  /** What jumps, barriers and lattices cost. */
  private final class Costs implements CostEstimate {
    /** Of a state in parts, only the surroundings of what evolves. */
    @Override
    public double storedSites(Extent large) {
      double near = Math.min(large.sites(), lattices.sites(Surroundings.usual()));
      if (setup.rules().inBlocks(lattices.large())) {
        return near + blockSites();
      }
      return setup.rules().inParts(lattices.large()) ? near : large.sites();
    }

    @Override
    public double readSites(Extent large) {
      if (setup.rules().inBlocks(lattices.large())) {
        return blockSites();
      }
      if (setup.rules().sharesTiles(lattices.large())) {
        return (double) setup.rules().distinctTiles(lattices.large()) * lattices.smallSites();
      }
      return setup.rules().independentTiles() ? large.sites() : storedSites(large);
    }

    private double blockSites() {
      return (double) LiftingRules.BLOCKS * lattices.sites(setup.rules().block(lattices.large()));
    }

    /**
     * Pair counts after all eight jumps that were possible take as long as the jump ({@code
     * latticelift run configs/quickstart.yaml}, stage lift: 25 s without and 46 s with them).
     */
    @Override
    public double compensatorShare() {
      return 1;
    }

    /** Two microseconds: between a cached and a computed environment. */
    @Override
    public double eventCost() {
      return 2e-6;
    }

    /**
     * A jump, and the barriers of the environments that the cache does not have: of 1024 sites
     * about 57 % at 2000 K, 14 % at 1000 K and 1 % at 600 K, which an exponential of 1/T follows.
     */
    @Override
    public double eventCost(Condition condition) {
      double misses =
          setup.model().cacheBytes() == 0 ? 1 : Math.min(1, Math.exp(1 - 3100 / condition.value()));
      return SECONDS_PER_JUMP + misses * SECONDS_PER_EVALUATION;
    }

    /** Of the first jumps of a random small state. */
    @Override
    public double eventTime(Condition condition) {
      Extent extent = small();
      if (lattices.counts(extent.sites())[0] == 0) {
        return 0;
      }
      RandomStream stream = new Streams(0).stream(Purpose.PILOT, condition.key());
      AlloyDynamics dynamics = new AlloyDynamics(setup.withoutCache(), condition, RunContext.of(0));
      AlloyState state = dynamics.initial(extent, stream);
      Progression jumps = dynamics.advance(state, Duration.events(PROBE_JUMPS), stream);
      return jumps.time() * extent.patches() / jumps.events();
    }

    /** Some thirty attempted exchanges of 150 ns, where states are sampled. */
    @Override
    public double siteCost() {
      return setup.rules().sampled()
          ? SampledUpsampling.ATTEMPTS_PER_SITE * SECONDS_PER_ATTEMPT
          : CostEstimate.super.siteCost();
    }

    @Override
    public double workspaceBytes() {
      return setup.model().cacheBytes();
    }

    @Override
    public double eventsPerSample() {
      return conditions.stream()
          .mapToDouble(setup.rules()::eventsPerSample)
          .average()
          .orElseThrow();
    }
  }

  /**
   * Everything that is fixed for an alloy beside the temperature. Immutable.
   *
   * @param model how vacancies jump
   * @param lattices sizes, atoms, initial states
   * @param rules how lattices are enlarged and patches evolve
   * @param ensembles what large states are sampled from, where that has been fitted
   */
  record AlloySetup(
      AlloyModel model,
      AlloyLattices lattices,
      LiftingRules rules,
      Optional<Columns> transport,
      Map<Condition, GroupedEnsembles> ensembles) {
    AlloySetup(
        AlloyModel model, AlloyLattices lattices, LiftingRules rules, Optional<Columns> transport) {
      this(model, lattices, rules, transport, Map.of());
    }

    /** The same for a thread that goes through many temperatures. */
    AlloySetup remembering() {
      return new AlloySetup(model.remembering(), lattices, rules, transport, ensembles);
    }

    AlloySetup withoutCache() {
      return new AlloySetup(model.withoutCache(), lattices, rules, transport, ensembles);
    }

    AlloySetup with(Map<Condition, GroupedEnsembles> fitted) {
      return new AlloySetup(model, lattices, rules, transport, Map.copyOf(fitted));
    }
  }
}
