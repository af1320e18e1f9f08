package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.config.NearestKey;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyConfig.Measure;
import org.latticelift.sim.systems.alloy.AlloyConfig.PatchGeometry;
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
import org.latticelift.sim.systems.alloy.ShapeSimulator.Shapes;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * The lattices of an alloy: their sizes, the atoms they consist of, where they start, and what is
 * observed of them. Immutable.
 */
final class AlloyLattices {
  /** Lattice constants that agree to this are the same. */
  private static final double SAME = 1e-6;

  private final Crystal crystal;
  private final LatticeConfig config;
  private final Composition composition;
  private final Optional<StartFile> start;
  private final Optional<SampledStart> sampled;
  private final Shapes shapes;

  AlloyLattices(Crystal crystal, LatticeConfig config) {
    this.crystal = crystal;
    this.config = config;
    this.shapes = new Shapes(crystal);
    boolean sampling = config.start().filter(SampledStart::isOne).isPresent();
    this.start = config.start().filter(f -> !sampling).map(f -> StartFile.read(f, crystal, config));
    this.sampled =
        config.start().filter(f -> sampling).map(f -> SampledStart.read(f, config.species()));
    this.composition = Composition.of(config.species(), parts(), config.vacancyConcentration());
    this.start.ifPresent(this::requireComposition);
  }

  /** The configured parts; where there are none, those of the start file. */
  private Map<String, Double> parts() {
    if (start.isEmpty() || !config.composition().isEmpty()) {
      return config.composition();
    }
    long[] counts = start.get().state().lattice().counts();
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < config.species().size(); i++) {
      parts.put(config.species().get(i), (double) counts[i + 1]);
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
            "lattice.composition, lattice.start: " + config.start().orElseThrow().file().path(),
            text(configured) + " within " + tolerance,
            "Remove lattice.composition, which is then that of the file, or correct it");
      }
    }
  }

  private String text(long[] counts) {
    List<String> species = config.species();
    return IntStream.range(0, species.size())
        .mapToObj(i -> species.get(i) + " " + counts[i + 1])
        .collect(Collectors.joining(", "));
  }

  Crystal crystal() {
    return crystal;
  }

  /** Section {@code lattice}. */
  LatticeConfig config() {
    return config;
  }

  Shapes shapes() {
    return shapes;
  }

  Cells small() {
    return config.small();
  }

  Cells large() {
    return config.large();
  }

  long smallSites() {
    return sites(small());
  }

  long largeSites() {
    return sites(large());
  }

  long sites(Cells cells) {
    return cells.sites(crystal);
  }

  PatchGeometry patches() {
    return new PatchGeometry(small(), crystal.basisCount());
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

  /**
   * Refuses a lattice without an atom of a species that the alloy has: its order would be counted
   * against nothing ({@code counts}: sites per code; {@code what}: lattice has them, for messages).
   */
  void requireEverySpecies(long[] counts, String what, String key) {
    long atoms = Arrays.stream(counts).skip(1).sum();
    for (int i = 0; i < config.species().size(); i++) {
      if (counts[i + 1] == 0 && composition.share(i) > 0) {
        String name = config.species().get(i);
        throw LatticeLiftException.badData(
            "no atom of " + name + " among the " + atoms + " of " + what,
            "lattice.composition, " + key,
            String.format(
                Locale.ROOT,
                "at least one of each species; %s are %.3g of the atoms",
                name,
                composition.share(i)),
            "Enlarge "
                + key
                + ", raise the part of "
                + name
                + ", or leave it out of lattice.species");
      }
    }
  }

  /** Species of which there are to be no atoms at all. */
  List<String> absent() {
    return IntStream.range(0, config.species().size())
        .filter(i -> composition.share(i) == 0)
        .mapToObj(config.species()::get)
        .toList();
  }

  /** Sites per code of a lattice with this number of sites. */
  long[] counts(long sites) {
    return start
        .map(file -> file.state().lattice())
        .filter(lattice -> lattice.sites() == sites)
        .map(lattice -> firstCodes(lattice.counts()))
        .orElseGet(() -> composition.counts(sites));
  }

  /** Species and their shares of the atoms of a lattice with this number of sites. */
  String composition(long sites) {
    long[] counts = counts(sites);
    double atoms = sites - counts[0];
    return IntStream.range(0, config.species().size())
        .mapToObj(
            i ->
                String.format(
                    Locale.ROOT, "%s %.4f", config.species().get(i), counts[i + 1] / atoms))
        .collect(Collectors.joining(", "));
  }

  private long[] firstCodes(long[] counts) {
    return Arrays.copyOf(counts, config.species().size() + 1);
  }

  /** The observables, with the constants of some numbers of atoms. */
  OrderParameters order(long[] counts) {
    return OrderParameters.of(crystal, config.species(), firstCodes(counts), config.observables());
  }

  boolean tileMean() {
    return config.measure() == Measure.TILE_MEAN;
  }

  AlloyState initial(Cells cells, RandomStream stream) {
    return start(cells).map(AlloyState::copy).orElseGet(() -> drawn(cells, stream));
  }

  private AlloyState drawn(Cells cells, RandomStream stream) {
    AlloyState random = AlloyState.random(shapes.of(cells), counts(sites(cells)), stream);
    return sampled.map(from -> from.order(random, stream)).orElse(random);
  }

  /** The ensemble that initial states are drawn from, if it is not that of random alloys. */
  Optional<EffectiveHamiltonian> ensemble() {
    return sampled.map(SampledStart::hamiltonian);
  }

  /** The state of the start file, if it has this size; not to be modified. */
  Optional<AlloyState> start(Cells cells) {
    return start.map(StartFile::state).filter(state -> cells.equals(Cells.of(state.lattice())));
  }

  Optional<Cells> startCells() {
    return start.map(file -> Cells.of(file.state().lattice()));
  }

  /** Lattice constant of states, Å, where it is not the crystal's own. */
  OptionalDouble constant() {
    double own = crystal.spec().cell().get(0).get(0);
    double file = start.map(StartFile::constant).orElse(OptionalDouble.empty()).orElse(own);
    double constant = config.constantA().orElse(file);
    return Math.abs(constant - own) < SAME * own
        ? OptionalDouble.empty()
        : OptionalDouble.of(constant);
  }

  /** Where the lattice constant of a start file is not that of the states. */
  Optional<String> otherConstant() {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    double own = crystal.spec().cell().get(0).get(0);
    double written = constant().orElse(own);
    OptionalDouble file = start.get().constant();
    boolean atoms = !StartFile.isHdf5(config.start().orElseThrow());
    if (file.isEmpty() && (!atoms || config.constantA().isPresent())
        || Math.abs(file.orElse(-1) - written) < SAME * written) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "states are written with a lattice constant of %s Å (lattice.constant_A): lattice.start %s",
            written,
            file.isPresent() ? "has " + file.getAsDouble() + " Å" : "has cells that are no cubes"));
  }

  /** What is taken for granted about the codes of the start file. */
  Optional<String> assumption() {
    return start.flatMap(StartFile::assumption);
  }

  /**
   * Initial states that are drawn from the ensemble of an effective Hamiltonian (EX-21): of any
   * size, another one for every run ({@code hamiltonian}: of one condition and stage of the
   * relaxation).
   */
  record SampledStart(EffectiveHamiltonian hamiltonian) {
    /** Whether a start file has Hamiltonians in place of a state. */
    static boolean isOne(StartConfig config) {
      return StartFile.isHdf5(config) && config.file().read(HamiltonianFile::isOne);
    }

    static SampledStart read(StartConfig config, List<String> species) {
      if (!config.vacancyAt().isEmpty()) {
        throw LatticeLiftException.badData(
            "chosen vacancies of a state that is sampled",
            "lattice.start.vacancy_at",
            "none with a file of Hamiltonians",
            "Remove it; lattice.vacancy_concentration decides");
      }
      return config.file().read(path -> read(path, config, species));
    }

    /** A random state becomes one of the ensemble; changed. */
    AlloyState order(AlloyState random, RandomStream stream) {
      Lattice lattice = random.lattice();
      ExchangeLattice room = new ExchangeLattice(lattice, hamiltonian.shells());
      SampledUpsampling.order(hamiltonian, lattice, room, stream);
      return AlloyState.scanned(lattice);
    }

    private static SampledStart read(Path path, StartConfig config, List<String> species) {
      try (HamiltonianFile file = HamiltonianFile.open(path)) {
        if (!file.species().equals(species)) {
          throw LatticeLiftException.badData(
              "a Hamiltonian of " + file.species(),
              path.toString(),
              species + " (lattice.species)",
              "Use the file of a run with these species in this order");
        }
        List<FittedStage> stages = file.stages(condition(file.conditions(), config, path));
        return new SampledStart(stages.get(stage(stages.size(), config, path)).hamiltonian());
      }
    }

    private static Condition condition(List<Condition> conditions, StartConfig config, Path path) {
      boolean only = config.group().isEmpty() && conditions.size() == 1;
      return conditions.stream()
          .filter(condition -> only || condition.name().equals(config.group()))
          .findFirst()
          .orElseThrow(
              () ->
                  LatticeLiftException.badData(
                      config.group().isEmpty()
                          ? "Hamiltonians of " + conditions.size() + " conditions"
                          : "no Hamiltonian of " + config.group(),
                      path.toString(),
                      conditions.stream().map(Condition::name).collect(Collectors.joining(", ")),
                      "Set lattice.start.group to one of these"));
    }

    private static int stage(int stages, StartConfig config, Path path) {
      if (config.index() >= stages) {
        throw LatticeLiftException.badData(
            "no stage " + config.index(),
            path.toString(),
            "0 to " + (stages - 1) + ", or -1 for the last",
            "Correct lattice.start.index");
      }
      return config.index() < 0 ? stages - 1 : config.index();
    }
  }

  /** Exact numbers of vacancies and atoms for a number of sites. Immutable. */
  record Composition(double[] fractions, double vacancyConcentration) {
    /**
     * From parts per species.
     *
     * @param species names in code order
     * @param parts relative amounts; empty for equal parts
     * @param vacancyConcentration vacancies per site
     */
    static Composition of(
        List<String> species, Map<String, Double> parts, double vacancyConcentration) {
      double[] fractions = new double[species.size()];
      for (String name : parts.keySet()) {
        if (!species.contains(name)) {
          throw LatticeLiftException.badData(
              "unknown species '" + name + "'",
              "lattice.composition",
              "one of " + species,
              NearestKey.of(name, species)
                  .map(nearest -> "Did you mean '" + nearest + "'?")
                  .orElse("Correct the name"));
        }
      }
      for (int i = 0; i < fractions.length; i++) {
        fractions[i] = parts.isEmpty() ? 1 : parts.getOrDefault(species.get(i), 0.0);
        if (!(fractions[i] >= 0) || Double.isInfinite(fractions[i])) {
          throw LatticeLiftException.badData(
              species.get(i) + ": " + fractions[i] + " parts",
              "lattice.composition",
              "numbers that are not negative",
              "Correct the value");
        }
      }
      double sum = Arrays.stream(fractions).sum();
      if (!(sum > 0)) {
        throw LatticeLiftException.badData(
            "no atoms", "lattice.composition", "at least one positive part", "Correct the values");
      }
      return new Composition(
          Arrays.stream(fractions).map(f -> f / sum).toArray(), vacancyConcentration);
    }

    /** Share of a species among the atoms. */
    double share(int species) {
      return fractions[species];
    }

    /** Number of vacancies: at least one (AL-02), unless the concentration is 0. */
    long vacancies(long sites) {
      return vacancyConcentration == 0 ? 0 : Math.max(1, Math.round(sites * vacancyConcentration));
    }

    /**
     * Counts per code, index 0 the vacancies; atoms are shared out by largest remainder, the first
     * species first among equals.
     */
    long[] counts(long sites) {
      long[] counts = new long[fractions.length + 1];
      counts[0] = vacancies(sites);
      long atoms = sites - counts[0];
      long left = atoms;
      double[] remainder = new double[fractions.length];
      for (int i = 0; i < fractions.length; i++) {
        counts[i + 1] = (long) Math.floor(atoms * fractions[i] + 1e-9);
        remainder[i] = atoms * fractions[i] - counts[i + 1];
        left -= counts[i + 1];
      }
      for (; left > 0; left--) {
        int largest = 0;
        for (int i = 1; i < remainder.length; i++) {
          if (remainder[i] > remainder[largest] + 1e-9) {
            largest = i;
          }
        }
        counts[largest + 1]++;
        remainder[largest] -= 1;
      }
      return counts;
    }
  }
}
