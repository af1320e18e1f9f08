package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.AlloyLattices.Composition;
import org.latticelift.sim.vacancy.build.AtomPairs;
import org.latticelift.sim.vacancy.build.BuiltPairs;
import org.latticelift.sim.vacancy.build.BuiltPairs.Randomness;
import org.latticelift.sim.vacancy.build.BuiltPairs.Reached;
import org.latticelift.sim.vacancy.build.PairShares;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.ObservableList;

/** Builds a configuration with prescribed pairs, and writes it (command {@code build}). */
public final class AlloyBuild {
  private final BuildConfig config;
  private final Crystal crystal;
  private final AtomPairs pairs;
  private final List<PairShares> targets = new ArrayList<>();
  private final long[] counts;
  private final BuiltPairs build;
  private final OptionalDouble constant;

  /**
   * Reads and checks the targets.
   *
   * @param config what is wanted
   * @throws LatticeLiftException where no configuration can have it
   */
  public AlloyBuild(BuildConfig config) {
    this.config = config;
    crystal = config.crystal().crystal();
    pairs = new AtomPairs(config.species());
    LatticeShape shape = shape();
    Optional<FileOrder> like = config.order().like().map(this::observed);
    OptionalDouble observed = like.map(FileOrder::latticeConstant).orElse(OptionalDouble.empty());
    constant = config.constantA().map(OptionalDouble::of).orElse(observed);
    counts =
        Composition.of(config.species(), parts(like), config.vacancyConcentration())
            .counts(shape.sites());
    double[] composition = composition();
    targets(like, composition);
    if (targets.isEmpty()) {
      throw LatticeLiftException.badData(
          "nothing is asked for but the composition",
          "random_shells, like, targets",
          "at least one shell with targets",
          "Set random_shells: 5 for a special quasi-random structure");
    }
    build = new BuiltPairs(crystal, pairs, targets);
  }

  private LatticeShape shape() {
    Cells cells = config.cells();
    if (cells.sites(crystal) > Integer.MAX_VALUE / 2) {
      throw LatticeLiftException.badData(
          cells.sites(crystal) + " sites", "cells", "up to 2^30 sites", "Build a smaller one");
    }
    return new LatticeShape(crystal, cells.nx(), cells.ny(), cells.nz());
  }

  private FileOrder observed(BuildConfig.Like like) {
    requireShell(like.shells(), "like.shells");
    StringBuilder list = new StringBuilder();
    for (int shell = 1; shell <= like.shells(); shell++) {
      list.append(shell == 1 ? "[" : ", ").append("{warren_cowley: {shell: " + shell + "}}");
    }
    return FileOrder.of(
        new StartConfig(like.file(), like.group(), like.index(), List.of(), like.maxVacancies()),
        crystal,
        config.constantA().orElse(crystal.spec().cell().get(0).get(0)),
        config.species(),
        ObservableList.parse(list + "]"));
  }

  private Map<String, Double> parts(Optional<FileOrder> like) {
    if (!config.composition().isEmpty() || like.isEmpty()) {
      return config.composition();
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < config.species().size(); i++) {
      parts.put(config.species().get(i), (double) like.get().counts()[i + 1]);
    }
    return parts;
  }

  private double[] composition() {
    double atoms = Arrays.stream(counts).skip(1).sum();
    return Arrays.stream(counts).skip(1).mapToDouble(n -> n / atoms).toArray();
  }

  private void requireShell(int shell, String where) {
    int most = crystal.environment(0).shellCount();
    if (shell > most) {
      throw LatticeLiftException.badData(
          "shell " + shell,
          where,
          "1 to " + most + ", as environments of " + crystal.name() + " reach",
          "Choose nearer shells");
    }
  }

  private void targets(Optional<FileOrder> like, double[] composition) {
    requireShell(config.order().randomShells(), "random_shells");
    for (int s = 1; s <= config.order().randomShells(); s++) {
      set(s, PairShares.random(pairs, composition));
    }
    if (like.isPresent()) {
      for (int s = 1; s <= config.order().like().orElseThrow().shells(); s++) {
        set(
            s,
            PairShares.of(
                pairs,
                composition,
                PairShares.Measure.WARREN_COWLEY,
                unlike(like.get(), s),
                "like: shell " + s));
      }
    }
    Set<Integer> named = new HashSet<>();
    for (BuildConfig.ShellTarget target : config.order().targets()) {
      if (!named.add(target.shell())) {
        throw LatticeLiftException.badData(
            "two targets for shell " + target.shell(),
            "targets",
            "each shell once, with all its pairs",
            "Join them, or correct the number of one");
      }
      requireShell(target.shell(), "targets: shell");
      boolean shares = !target.shares().isEmpty();
      if (shares && !target.warrenCowley().isEmpty()) {
        throw LatticeLiftException.badData(
            "two kinds of targets for shell " + target.shell(),
            "targets",
            "warren_cowley or shares",
            "Remove one of them");
      }
      set(
          target.shell(),
          PairShares.of(
              pairs,
              composition,
              shares ? PairShares.Measure.SHARE : PairShares.Measure.WARREN_COWLEY,
              shares ? target.shares() : target.warrenCowley(),
              "targets: shell " + target.shell()));
    }
  }

  /** Like pairs of a file with vacancies do not keep the sum rule to the last bond. */
  private Map<String, Double> unlike(FileOrder like, int shell) {
    Map<String, Double> values = new LinkedHashMap<>();
    int first = (shell - 1) * pairs.count();
    for (int a = 0; a < pairs.kinds(); a++) {
      for (int b = a + 1; b < pairs.kinds(); b++) {
        int k = pairs.of(a, b);
        values.put(pairs.names().get(k), like.values()[first + k]);
      }
    }
    return values;
  }

  private void set(int shell, PairShares shares) {
    while (targets.size() < shell) {
      targets.add(null);
    }
    targets.set(shell - 1, shares);
  }

  /**
   * A configuration that was built.
   *
   * @param lattice its sites
   * @param reached its pairs
   */
  public record Built(Lattice lattice, Reached reached) {}

  /**
   * Builds it.
   *
   * @param threads that work on large configurations; what comes out does not depend on them
   * @param progress a step for each of {@link BuiltPairs#sweeps}
   * @param stop ends it between sweeps
   * @return the configuration, within the tolerance
   * @throws LatticeLiftException with exit code 76 where the tolerance is not reached
   */
  public Built build(int threads, Progress progress, StopSignal stop) {
    Streams seeds = new Streams(config.seed());
    RandomStream stream = seeds.stream(Purpose.BUILD);
    Lattice lattice = AlloyState.random(shape(), counts, stream).lattice();
    Randomness random = new Randomness(stream, seeds);
    Reached reached =
        build.build(lattice, config.order().tolerance(), random, threads, progress, stop);
    if (reached.worst() > config.order().tolerance()) {
      throw LatticeLiftException.numerical(
          String.format(
              Locale.ROOT,
              "shares of pairs end %.2g from the targets: %s",
              reached.worst(),
              worst(reached)),
          "tolerance: " + config.order().tolerance(),
          "targets that some configuration of this size has",
          "Weaken the targets, raise the tolerance, or enlarge 'cells'");
    }
    return new Built(lattice, reached);
  }

  private String worst(Reached reached) {
    List<String> shells = new ArrayList<>();
    for (int s = 0; s < targets.size(); s++) {
      if (targets.get(s) != null) {
        shells.add(String.format(Locale.ROOT, "shell %d %.2g", s + 1, reached.error()[s]));
      }
    }
    return String.join(", ", shells);
  }

  /**
   * What was asked for and what was reached, for people ({@code built}: the configuration); lines.
   */
  public List<String> table(Built built) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-6s %-10s %12s %12s %12s %12s",
            "shell",
            "pair",
            "share",
            "target",
            "off",
            "Warren-Cowley"));
    for (int s = 0; s < targets.size(); s++) {
      if (targets.get(s) == null) {
        continue;
      }
      PairShares reached = built.reached().shares().get(s);
      double[] alpha = reached.warrenCowley();
      for (int k = 0; k < pairs.count(); k++) {
        double target = targets.get(s).share()[k];
        lines.add(
            String.format(
                Locale.ROOT,
                "%-6d %-10s %12.7f %12.7f %12.1e %12.6f",
                s + 1,
                pairs.names().get(k),
                reached.share()[k],
                target,
                reached.share()[k] - target,
                alpha[k]));
      }
    }
    return lines;
  }

  /**
   * Writes the configuration, {@code species} [nx,ny,nz,basis] as in files of the stages, and the
   * pairs that were asked for and reached ({@code file}: does not exist; {@code provenance}: of the
   * run).
   */
  public void write(Path file, Built built, Provenance provenance) {
    Lattice lattice = built.lattice();
    SlabDataset sites;
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "species_names", pairs.species().toArray(new String[0]));
      writer.attribute("/", "crystal", lattice.crystal().name());
      writer.attribute("/", "pair_names", pairs.names().toArray(new String[0]));
      constant.ifPresent(
          a ->
              writer.attribute(
                  "/", SpeciesNames.LATTICE_CONSTANT, new String[] {Double.toString(a)}));
      provenance.writeTo(writer);
      sites = reserve(writer, lattice);
      long[] size = {targets.size(), pairs.count()};
      writer.dataset(
          "/pairs/reached",
          flat(built.reached().shares()),
          size,
          DatasetInfo.of("1", "shares of pairs among bonds between atoms", "shell", "pair"));
      writer.dataset(
          "/pairs/target",
          flat(targets),
          size,
          DatasetInfo.of("1", "shares that were asked for; NaN where none", "shell", "pair"));
    }
    try (sites) {
      long at = 0;
      for (int x = 0; x < lattice.nx(); x++) {
        sites.writeStored(at, lattice.plane(x));
        at += lattice.plane(x).length;
      }
      sites.force();
    }
  }

  private static SlabDataset reserve(Hdf5Writer writer, Lattice lattice) {
    long[] dims = {lattice.nx(), lattice.ny(), lattice.nz(), lattice.crystal().basisCount()};
    return writer.reserve(
        "/" + StateCodec.ATOMS,
        ElementType.UINT8,
        dims,
        DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
  }

  private double[] flat(List<PairShares> shells) {
    double[] none = new double[pairs.count()];
    Arrays.fill(none, Double.NaN);
    return shells.stream()
        .flatMapToDouble(shell -> Arrays.stream(shell == null ? none : shell.share()))
        .toArray();
  }

  /** A configuration that is to be built (EX-24). {@code composition}: parts per species. */
  public record BuildConfig(
      @Default("1") @Doc("seed of all random numbers") long seed,
      @Default("bcc") @Doc("crystal") KnownCrystal crystal,
      @Doc("cells per axis, one number or three") Cells cells,
      @Default("[Nb, Mo, Ta]") @Doc("species in code order") List<String> species,
      @Default("{}") @Doc("parts per species; if empty those of 'like', else equal parts")
          Map<String, Double> composition,
      @Default("0") @Range(min = 0, max = 0.1) @Doc("empty sites per site, at random")
          double vacancyConcentration,
      @Part Order order,
      @Key("constant_A")
          @Range(min = 0, minOpen = true, max = 100)
          @Doc(
              "lattice constant that the configuration is written with, Å; by default that of 'like', else"
                  + " the crystal's own")
          Optional<Double> constantA) {
    /** Checks the names. */
    public BuildConfig {
      species = SpeciesNames.require(species, "species");
    }

    /** A configuration to imitate. */
    public record Like(
        @Doc("dump, xyz or h5 file") InputFile file,
        @Default("''") @Doc("group of an HDF5 file, such as T2000") String group,
        @Default("-1") @Doc("snapshot of an HDF5 file, -1 the last") int index,
        @Default("3") @Range(min = 1) @Doc("nearest shells whose pairs are wanted") int shells,
        @Default("0.1")
            @Range(min = 0, max = 1)
            @Doc("largest share of empty sites in the file; more are hardly ever meant")
            double maxVacancies) {}

    /**
     * Targets of a shell, in one of two measures.
     *
     * @param warrenCowley parameters by pair
     * @param shares shares of the bonds of the shell by pair
     */
    public record ShellTarget(
        @Range(min = 1) @Doc("1 for the nearest neighbours") int shell,
        @Default("{}")
            @Doc("Warren-Cowley parameters of unlike pairs, such as {MoTa: -0.3}; others are 0")
            Map<String, Double> warrenCowley,
        @Default("{}")
            @Doc(
                "instead: shares of the bonds of the shell, such as {MoTa: 0.3}; others are random")
            Map<String, Double> shares) {}

    /** Which pairs of neighbours are wanted. */
    public record Order(
        @Default("0")
            @Range(min = 0)
            @Doc(
                "shells with Warren-Cowley parameters 0, but for those that 'like' or 'targets' name")
            int randomShells,
        @Doc("a configuration whose pairs of the nearest shells are wanted") Optional<Like> like,
        @Default("[]") @Doc("targets of single shells") List<ShellTarget> targets,
        @Default("1e-3")
            @Range(min = 1e-9, max = 1)
            @Doc("how far shares of pairs may be off; the last step goes on to a hundredth of it")
            double tolerance) {}
  }
}
