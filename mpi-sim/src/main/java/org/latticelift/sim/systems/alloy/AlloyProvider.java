package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionList;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.SystemProvider.LongerRelaxation;
import org.latticelift.sim.system.SystemProvider.StageKeys;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.ClosedPatch;
import org.latticelift.sim.systems.alloy.AlloyConfig.EvolveConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.KineticsConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.Measure;
import org.latticelift.sim.systems.alloy.AlloyConfig.RelaxConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.Tiles;
import org.latticelift.sim.systems.alloy.AlloyConfig.UpsampleConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.VacancySites;
import org.latticelift.sim.systems.alloy.AlloyDistribution.UpsampledStart;
import org.latticelift.sim.systems.alloy.AlloySystem.AlloySetup;
import org.latticelift.sim.systems.alloy.ShapeSimulator.AlloyModel;
import org.latticelift.sim.vacancy.barrier.BarrierConfig;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig;
import org.latticelift.sim.vacancy.transport.Displacements.TransportConfig;
import org.latticelift.sim.vacancy.transport.Displacements.TransportConfig.Follow;

/** Makes the alloy from its configuration. */
public final class AlloyProvider implements SystemProvider {
  /** Of the system. */
  static final String NAME = "alloy";

  private static final String TRANSPORT = "transport";
  private static final String PARALLEL = "direct.parallel";

  private static final ConditionList CONDITIONS =
      new ConditionList("temperature_K", t -> t >= 250 && t <= 5000, "250 to 5000 K", "2000");

  /** Section {@code conditions}. */
  public record Conditions(
      @org.latticelift.io.config.Binder.Key("temperature_K") @Doc("temperatures, K")
          List<Double> temperatureK) {}

  /** What the alloy itself reads of section {@code barrier}. */
  public record CacheConfig(
      @Default("64")
          @Range(min = 0, max = 65536)
          @Doc("environment cache per thread, MiB; 0 switches it off")
          double cacheMib) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String defaults() {
    return Presets.DEFAULTS;
  }

  /** What a configuration says of tiles or patches may not go with closed tiles. */
  @Override
  public String defaults(ConfigNode user) {
    List<ConfigKey<?>> ownWay =
        List.of(
            key(UpsampleConfig::tiles),
            key(UpsampleConfig::hierarchy),
            key(UpsampleConfig::vacancies),
            key(LatticeConfig::measure),
            key(EvolveConfig::environment),
            key(EvolveConfig::closedPatch),
            key(EvolveConfig::bufferCells),
            key(EvolveConfig::patchObservable));
    boolean says =
        user.find("preset").isPresent()
            || ownWay.stream().anyMatch(key -> user.find(key).isPresent())
            || user.find(key(RelaxConfig::windows)).filter(w -> !w.isWord("none")).isPresent();
    return says ? Presets.DRAW : Presets.DEFAULTS;
  }

  /** An alloy with barriers that were fitted to a table. */
  @Override
  public List<String> furtherTemplates() {
    return List.of("own-alloy");
  }

  @Override
  public Map<String, String> presets() {
    return Map.of("authors", Presets.AUTHORS);
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    LatticeConfig lattice = Binder.bind(root.section("lattice"), LatticeConfig.class);
    Crystal crystal = lattice.crystal().crystal();
    Set<String> own = Set.of("cache_mib");
    ConfigNode barrierSection = root.section("barrier");
    BarrierModel barrier =
        BarrierModels.fromConfig(barrierSection.without(own), crystal, lattice.species());
    requireCells(lattice.small(), "lattice.small", crystal);
    requireCells(lattice.large(), "lattice.large", crystal);
    CacheConfig cache = Binder.bind(barrierSection.only(own), CacheConfig.class);
    KineticsConfig kinetics = Binder.bind(root.section("kinetics"), KineticsConfig.class);
    kinetics.requireTime(root);
    AlloyLattices lattices = new AlloyLattices(crystal, lattice);
    Optional<TransportConfig> transport = transport(root);
    boolean atoms = transport.filter(config -> config.follow() == Follow.ATOMS).isPresent();
    AlloySetup setup =
        new AlloySetup(
            new AlloyModel(
                barrier,
                barrier.quick() ? 0 : (long) (cache.cacheMib() * (1 << 20)),
                kinetics,
                atoms),
            lattices,
            new LiftingRules(
                lattices,
                Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE),
                Binder.bind(root.section("relax"), RelaxConfig.class),
                Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE)),
            transport.map(config -> config.layout(lattice.species().size())));
    ConfigNode section = root.get("conditions");
    List<Condition> conditions =
        CONDITIONS.of(Binder.bind(section, Conditions.class).temperatureK(), section);
    return new AlloySystem(setup, parallel(root, setup), conditions, StageKeys.grouped(root));
  }

  /** Section {@code direct.parallel}, checked against what blocks can do. */
  private static Optional<SublatticeConfig> parallel(ConfigNode root, AlloySetup setup) {
    Optional<ConfigNode> node = root.findPath(PARALLEL);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    SublatticeConfig config = Binder.bind(node.get(), SublatticeConfig.class);
    Cells cells = setup.lattices().large();
    config.requireBlocks(cells.nx(), cells.ny(), cells.nz());
    LatticeConfig lattice = setup.lattices().config();
    requirePlain(lattice.crystal() == KnownCrystal.BCC, "lattice.crystal: bcc", node.get());
    UpsampledStart.of(setup);
    requirePlain(lattice.measure() == Measure.LATTICE, "lattice.measure: lattice", node.get());
    return Optional.of(config);
  }

  /** Section {@code transport}, which is asked for by being there. */
  private static Optional<TransportConfig> transport(ConfigNode root) {
    Optional<ConfigNode> node = root.find(TRANSPORT);
    Optional<TransportConfig> config = node.map(each -> Binder.bind(each, TransportConfig.class));
    if (config.filter(TransportConfig::statistics).isPresent()
        && root.findPath(PARALLEL).isPresent()) {
      throw LatticeLiftException.badData(
          "statistics of jumps in a lattice that ranks share",
          node.get().where(),
          "transport.statistics: false, or runs without direct.parallel",
          "Remove one of the two keys");
    }
    return config;
  }

  private static void requirePlain(boolean holds, String allowed, ConfigNode parallel) {
    if (!holds) {
      throw LatticeLiftException.badData(
          "a lattice that cannot be distributed over ranks",
          parallel.where(),
          allowed,
          "Change that key, or remove direct.parallel");
    }
  }

  @Override
  public ConfigNode resolve(ConfigNode root) {
    ConfigNode all = SystemProvider.super.resolve(root);
    ConfigNode resolved = root.find(TRANSPORT).isPresent() ? all : all.without(Set.of(TRANSPORT));
    return root.findPath(PARALLEL)
        .map(node -> Binder.resolve(Binder.bind(node, SublatticeConfig.class)))
        .map(parallel -> resolved.with(PARALLEL, parallel))
        .orElse(resolved);
  }

  /**
   * Weights of barriers; a shipped network is the file that it is in, which may be another in
   * another version.
   */
  @Override
  public Map<String, Path> inputs(ConfigNode root) {
    ConfigNode barrier = root.section("barrier");
    String model = barrier.find("model").map(ConfigNode::text).orElse("compact");
    return switch (model) {
      case "compact", "small" -> Map.of("barrier.model." + model, BarrierModels.shipped(model));
      case "network", "linear" ->
          barrier
              .find("weights")
              .map(file -> Map.of("barrier.weights", InputFile.fromConfig(file).path()))
              .orElse(Map.of());
      default -> Map.of();
    };
  }

  /**
   * Copies of a block have no seams; sampled states end with jumps instead of windows. Random
   * seams, and vacancies that are put somewhere after all relaxation, no number of passes heals
   * (EX-20): to these states of largest entropy are compared.
   */
  @Override
  public Optional<ConfigNode> relaxedLonger(ConfigNode resolved, int doublings) {
    UpsampleConfig upsample =
        Binder.bind(resolved.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE);
    LatticeConfig lattice = Binder.bind(resolved.section("lattice"), LatticeConfig.class);
    RelaxConfig relax = Binder.bind(resolved.section("relax"), RelaxConfig.class);
    if (upsample.tiles() == Tiles.MAXENT) {
      long longer = (long) Math.max(1, upsample.burnIn()) << doublings;
      return longer > UpsampleConfig.LONGEST_BURN_IN
          ? Optional.empty()
          : Optional.of(resolved.with(key(UpsampleConfig::burnIn), (int) longer));
    }
    EvolveConfig evolve =
        Binder.bind(resolved.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE);
    if (evolve.closedPatch() != ClosedPatch.VACANCY && relax.windows() == Windows.NONE) {
      return Optional.empty(); // closed tiles have no seams
    }
    boolean random =
        upsample.tiles() == Tiles.INDEPENDENT || upsample.vacancies() == VacancySites.TILE_CENTRES;
    if (random && lattice.measure() == Measure.LATTICE) {
      return Optional.of(
          resolved
              .with(key(UpsampleConfig::tiles), Tiles.MAXENT)
              .with(key(UpsampleConfig::vacancies), VacancySites.KEEP)
              .with(key(RelaxConfig::windows), Windows.NONE));
    }
    return upsample.tiles() == Tiles.REPLICATE && relax.windows() == Windows.NONE
        ? Optional.empty()
        : Optional.of(
            LongerRelaxation.ofWindows(
                    resolved, key(RelaxConfig::windows), key(RelaxConfig::passes), doublings)
                .with(key(RelaxConfig::environment), Environment.WHOLE));
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions",
        List.of(Conditions.class),
        "lattice",
        List.of(LatticeConfig.class),
        "barrier",
        List.of(BarrierConfig.class, CacheConfig.class),
        "kinetics",
        List.of(KineticsConfig.class),
        "upsample",
        List.of(UpsampleConfig.class),
        "relax",
        List.of(RelaxConfig.class),
        "evolve",
        List.of(EvolveConfig.class),
        TRANSPORT,
        List.of(TransportConfig.class),
        PARALLEL,
        List.of(SublatticeConfig.class));
  }

  private static void requireCells(Cells cells, String key, Crystal crystal) {
    int fewest = Lattice.fewestCells(crystal);
    if (cells.nx() < fewest || cells.ny() < fewest || cells.nz() < fewest) {
      throw LatticeLiftException.badData(
          "a lattice of " + cells.text(),
          key,
          "at least " + fewest + " cells per axis, or an environment meets itself",
          "Make it larger");
    }
  }

  /**
   * What {@code preset: authors} stands for, the behaviour of the authors' public code; defaults.
   */
  static final class Presets {
    /**
     * AL-60...AL-75 with their jump counts (7 and 124), the fixed order and epsilon of DI-21 and
     * DI-22, and the observables of DI-47 and DI-55.
     */
    static final String AUTHORS =
        """
        simulate: {sampling: events}
        lattice: {observables: [{pair: {reference: equimolar}}], measure: tile_mean}
        barrier: {order: authors, bn_epsilon: 1.0e-5}
        upsample: {hierarchy: direct, tiles: independent, window: 10, vacancies: tile_centres, draw: random}
        relax: {windows: shifted, environment: periodic, duration: {events: 7}}
        evolve: {environment: periodic, duration: {events: 124}, clock: mean, patch_observable: own}
        """;

    /** As many pairs of the path to equilibrium as of equilibrium (EX-57). */
    static final String DRAW = "{upsample: {draw: mixed}}";

    /**
     * Large states are tiles, each of which goes on as its small run did (EX-41, EX-55): what
     * surrounds an evolving patch would stand still meanwhile, which in a good part of a relaxation
     * is not true, and copies of one tile scatter as the small system does, which bends what they
     * show of the drift. Nothing is evolved twice, and no more is known than the small runs show. A
     * sample is the mean of up to half of the runs and costs nothing, so there are many; a
     * polynomial finds their drift with less error than a network.
     */
    static final String DEFAULTS =
        """
        upsample: {draw: mixed, tiles: independent}
        relax: {windows: none}
        evolve: {environment: periodic, closed_patch: run, samples: 28000}
        sde: {drift: {baseline: polynomial}}
        train: {transition: midpoint, batch: 128}
        """;

    private Presets() {}
  }
}
