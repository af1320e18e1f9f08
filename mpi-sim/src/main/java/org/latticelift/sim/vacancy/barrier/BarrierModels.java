package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierModel.BarrierKernel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry.SiteOffset;

/** Makes the barrier model that a configuration asks for. */
public final class BarrierModels {
  private static final String HOME = "latticelift.home";
  private static final Path SHIPPED = Path.of("configs", "models");

  private BarrierModels() {}

  /** Makes a model ({@code section}: the configuration section {@code barrier}). */
  public static BarrierModel fromConfig(ConfigNode section, Crystal crystal) {
    return fromConfig(section, crystal, Optional.empty());
  }

  /**
   * Makes a model for named species ({@code section}: the configuration section {@code barrier};
   * {@code species}: names of the species with codes 1, 2, ...; a model that knows its own has them
   * in any order).
   */
  public static BarrierModel fromConfig(ConfigNode section, Crystal crystal, List<String> species) {
    requireSpecies(species);
    BarrierModel model = fromConfig(section, crystal, Optional.of(species));
    if (species.size() > model.species()) {
      throw LatticeLiftException.badData(
          species.size() + " species",
          "species " + species,
          "2 to " + model.species() + " with barrier model " + model.name(),
          "Change the list or the barrier model");
    }
    return model;
  }

  private static void requireSpecies(List<String> species) {
    if (Set.copyOf(species).size() < species.size() || species.size() < 2) {
      throw LatticeLiftException.badData(
          species.size() < 2 ? species.size() + " species" : "a species is listed twice",
          "species " + species,
          "2 or more different names",
          "Correct the list");
    }
  }

  private static BarrierModel fromConfig(
      ConfigNode section, Crystal crystal, Optional<List<String>> species) {
    BarrierConfig config = Binder.bind(section, BarrierConfig.class);
    String where = section.where();
    boolean network = config.model() == ModelKind.NETWORK;
    boolean pairwise = config.model() == ModelKind.PAIRWISE;
    refuse(config.weights(), !network, "weights", config, where);
    refuse(config.order(), pairwise, "order", config, where);
    refuse(config.bnEpsilon(), pairwise, "bn_epsilon", config, where);
    refuse(config.pairwise(), !pairwise, "pairwise", config, where);
    BarrierModel model =
        pairwise
            ? pairwise(config, where, crystal, species)
            : network(config, where, crystal, species);
    return config.attemptFrequency().map(f -> f.applyTo(model)).orElse(model);
  }

  private static void refuse(
      Optional<?> value, boolean refused, String key, BarrierConfig config, String where) {
    if (value.isPresent() && refused) {
      throw LatticeLiftException.badData(
          "'" + key + "' has no meaning for model '" + Binder.text(config.model()) + "'",
          where,
          "weights for network, pairwise for pairwise, order and bn_epsilon for networks",
          "Remove the key or change the model");
    }
  }

  private static BarrierModel network(
      BarrierConfig config, String where, Crystal crystal, Optional<List<String>> species) {
    BarrierWeights weights = weightFile(config, where).read(BarrierWeights::read);
    SpeciesOrder order =
        species
            .map(names -> SpeciesOrder.of(names, weights.speciesNames(), weights.source()))
            .orElseGet(() -> SpeciesOrder.stored(weights.species()));
    return new NetworkBarrier(
        Binder.text(config.model()),
        weights,
        order,
        crystal,
        config.order(),
        config.bnEpsilon(),
        KernelFactories.fastest());
  }

  private static BarrierModel pairwise(
      BarrierConfig config, String where, Crystal crystal, Optional<List<String>> species) {
    PairEnergiesConfig given =
        config.pairwise().orElseGet(() -> PairEnergiesConfig.defaults(crystal));
    String source =
        config.pairwise().isPresent()
            ? where + ", pairwise.species"
            : "defaults of barrier model pairwise";
    PairEnergiesConfig energies =
        species.map(names -> given.inOrderOf(names, source)).orElse(given);
    return new PairwiseBarrier(crystal, energies, BarrierWeights.DEFAULT_ATTEMPT_FREQUENCY);
  }

  private static InputFile weightFile(BarrierConfig config, String where) {
    if (config.model() != ModelKind.NETWORK) {
      return InputFile.of(shipped(Binder.text(config.model())));
    }
    return config
        .weights()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "model 'network' without weights",
                    where,
                    "weights: FILE.h5",
                    "Name a weight file, or use model compact"));
  }

  /**
   * The weights of a shipped network: below the folder of the system property {@code
   * latticelift.home}, else below the working directory or a folder above it ({@code name}: {@code
   * compact} or {@code small}).
   */
  public static Path shipped(String name) {
    Path relative = SHIPPED.resolve(name + ".h5");
    String home = System.getProperty(HOME);
    if (home != null) {
      return existing(Path.of(home).resolve(relative), name);
    }
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.exists(p.resolve(relative))) {
        return p.resolve(relative);
      }
    }
    return existing(relative, name);
  }

  private static Path existing(Path file, String name) {
    if (Files.exists(file)) {
      return file;
    }
    throw new LatticeLiftException(
        ExitCode.MISSING_INPUT,
        "the weights of the shipped network '" + name + "' are not there",
        file.toString(),
        "a complete installation; the system property " + HOME + " names its folder",
        "Restore the file, or use model network with weights of your own");
  }

  /**
   * An analytic model: pair energies U and kinetically resolved activation, E = E0(moving atom) +
   * (U_final - U_initial)/2, so that the barriers of a jump and of its reverse differ by exactly
   * the energy change and detailed balance holds for every species, shell and crystal.
   *
   * <p>Condition: every pair that a jump changes must lie in the environment of the vacancy, that
   * is, all neighbours of a hop's target in the shells that have energies. BCC with 7.5 Å allows
   * three shells, FCC with 1.45 a one; more is an error.
   *
   * <p>Cost model: per hop one look-up and addition in double precision for each site that is a
   * neighbour of the vacancy or of the target: about 30 for BCC with two shells, 0.12 microseconds
   * for the eight hops ({@code BarrierBenchmark}).
   */
  public static final class PairwiseBarrier implements BarrierModel {
    private final Crystal crystal;
    private final PairEnergiesConfig energies;
    private final double attemptFrequency;
    private final PairChanges[][] changes;

    /** A model ({@code attemptFrequency}: of all species, 1/s). */
    public PairwiseBarrier(Crystal crystal, PairEnergiesConfig energies, double attemptFrequency) {
      this.crystal = crystal;
      this.energies = energies;
      this.attemptFrequency = attemptFrequency;
      this.changes = new PairChanges[crystal.basisCount()][crystal.hopCount()];
      for (int basis = 0; basis < changes.length; basis++) {
        for (int d = 0; d < crystal.hopCount(); d++) {
          changes[basis][d] = PairChanges.of(crystal, basis, d, energies);
        }
      }
    }

    /** What pairs contribute to the energy of a state. */
    public PairEnergiesConfig energies() {
      return energies;
    }

    @Override
    public String name() {
      return "pairwise";
    }

    @Override
    public Crystal crystal() {
      return crystal;
    }

    @Override
    public int species() {
      return energies.species();
    }

    @Override
    public BarrierKernel newKernel() {
      return new PairwiseKernel(crystal, energies, changes);
    }

    @Override
    public double attemptFrequency(int species) {
      return attemptFrequency;
    }

    /** Looks up and adds; see {@link PairwiseBarrier}. */
    static final class PairwiseKernel implements BarrierKernel {
      private final int hops;
      private final int sites;
      private final double floor;
      private final double[] activation;
      private final PairChanges[][] changes;

      PairwiseKernel(Crystal crystal, PairEnergiesConfig energies, PairChanges[][] changes) {
        this.hops = crystal.hopCount();
        this.sites = crystal.environmentSize();
        this.floor = energies.floor();
        this.activation = energies.activation().stream().mapToDouble(e -> e).toArray();
        this.changes = changes;
      }

      @Override
      public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
        for (int d = 0; d < hops; d++) {
          PairChanges hop = changes[basis][d];
          int moving = environment[at + hop.target()];
          barriers[to + d] =
              moving == 0
                  ? Float.POSITIVE_INFINITY
                  : (float) barrier(activation[moving - 1], hop.energyChange(environment, at));
        }
      }

      private double barrier(double base, double change) {
        return Math.max(base + change / 2, floor + Math.max(0, change));
      }

      @Override
      public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
        for (int i = 0; i < count; i++) {
          barriers(environments, i * sites, basis[i], barriers, i * hops);
        }
      }
    }
  }

  /**
   * How one hop changes the pair energies: for each site beside the vacancy or the target, the
   * change for every moving species and every species of that site.
   */
  static final class PairChanges {
    private final int target;
    private final int codes;
    private final int[] site;
    private final double[] change;

    private PairChanges(int target, int codes, int[] site, double[] change) {
      this.target = target;
      this.codes = codes;
      this.site = site;
      this.change = change;
    }

    static PairChanges of(Crystal crystal, int basis, int d, PairEnergiesConfig energies) {
      EnvironmentGeometry geometry = crystal.environment(basis);
      int target = geometry.hopTarget(d);
      int[] beside = shellsOfTarget(crystal, basis, target, energies.shells().size());
      int codes = energies.species() + 1;
      List<Integer> sites = new ArrayList<>();
      List<Double> change = new ArrayList<>();
      for (int j = 0; j < geometry.sites(); j++) {
        int before = beside[j];
        int after = geometry.shellOf(j) <= energies.shells().size() ? geometry.shellOf(j) : 0;
        if (j != target && before != after) {
          sites.add(j);
          addChanges(change, energies, before, after, codes);
        }
      }
      return new PairChanges(
          target,
          codes,
          sites.stream().mapToInt(j -> j).toArray(),
          change.stream().mapToDouble(c -> c).toArray());
    }

    /**
     * The atom leaves shell "before" of the site for shell "after"; the vacancy does the reverse.
     */
    private static void addChanges(
        List<Double> change, PairEnergiesConfig energies, int before, int after, int codes) {
      for (int atom = 0; atom < codes; atom++) {
        for (int other = 0; other < codes; other++) {
          change.add(
              energy(energies, after, atom, other)
                  - energy(energies, before, atom, other)
                  + energy(energies, before, 0, other)
                  - energy(energies, after, 0, other));
        }
      }
    }

    private static double energy(PairEnergiesConfig energies, int shell, int a, int b) {
      return shell == 0 ? 0 : energies.pair(shell, a, b);
    }

    /** For each lab site of the vacancy its shell as seen from the target, 0 beyond the last. */
    private static int[] shellsOfTarget(Crystal crystal, int basis, int target, int shells) {
      EnvironmentGeometry geometry = crystal.environment(basis);
      SiteOffset hop = geometry.offset(target);
      EnvironmentGeometry there = crystal.environment(hop.basis());
      Map<SiteOffset, Integer> index = new HashMap<>();
      for (int j = 0; j < geometry.sites(); j++) {
        index.put(geometry.offset(j), j);
      }
      int[] beside = new int[geometry.sites()];
      for (int j = 0; j < there.sites(); j++) {
        SiteOffset o = there.offset(j);
        SiteOffset seen =
            new SiteOffset(hop.dx() + o.dx(), hop.dy() + o.dy(), hop.dz() + o.dz(), o.basis());
        boolean centre = seen.equals(new SiteOffset(0, 0, 0, basis));
        if (there.shellOf(j) <= shells && !centre) {
          Integer at = index.get(seen);
          if (at == null) {
            throw tooFar(crystal, there.shellOf(j));
          }
          beside[at] = there.shellOf(j);
        }
      }
      return beside;
    }

    private static LatticeLiftException tooFar(Crystal crystal, int shell) {
      return LatticeLiftException.badData(
          "pair energies of shell " + shell + " reach beyond the environment of a vacancy",
          "pairwise.shells, crystal '" + crystal.name() + "'",
          "shells whose pairs at the target of a hop all lie within the cut-off",
          "Give fewer shells or a crystal with a larger cut-off");
    }

    /** The site that the vacancy would move to. */
    int target() {
      return target;
    }

    /** Energy after the hop minus energy before it, eV, summed in site order. */
    double energyChange(byte[] environment, int at) {
      int moving = environment[at + target] * codes;
      double sum = 0;
      for (int i = 0; i < site.length; i++) {
        sum += change[i * codes * codes + moving + environment[at + site[i]]];
      }
      return sum;
    }
  }
}
