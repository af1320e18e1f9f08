package org.latticelift.sim.systems.alloy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.statistics.Jackknife;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.LatticeConfig;
import org.latticelift.sim.systems.alloy.AlloyState.SpeciesDataset;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFit;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.SemiGrandSampler;
import org.latticelift.sim.vacancy.hamiltonian.SemiGrandSampler.Factors;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.transport.Coefficients;
import org.latticelift.sim.vacancy.transport.Curve;
import org.latticelift.sim.vacancy.transport.Interdiffusion;
import org.latticelift.sim.vacancy.transport.TransportSeries;

/**
 * Interdiffusion of an alloy at one condition (EX-61): Onsager coefficients of its runs, and
 * thermodynamic factors of the pair energies of its barriers, where these have some, else of an
 * effective Hamiltonian that is fitted to the states at the end of the runs.
 *
 * @param at the runs
 * @param species names
 * @param energy what the thermodynamic factors are of
 * @param factors Theta_ij
 * @param factorErrors standard errors of them, those of a fit included
 * @param coefficients m²/s
 */
public record AlloyInterdiffusion(
    AlloyTransport at,
    List<String> species,
    Energy energy,
    Factors factors,
    double[][] factorErrors,
    Coefficients coefficients) {
  private static final int SHELLS = 5;

  /** Sites of the box in which the composition fluctuates, about so many. */
  private static final int SITES = 1000;

  private static final int RECORDS = 1000;

  /** Blocks of the runs, about so many, to tell errors from. */
  private static final int BLOCKS = 20;

  /** States of a step of a fit: as many sites as in 400 small boxes, but so many at least. */
  private static final int FEWEST_STATES = 200;

  /**
   * A Hamiltonian.
   *
   * @param name what it is
   * @param misfit how well it was fitted
   * @param changes by which it would differ without each run; empty where it is not fitted
   */
  record Energy(
      EffectiveHamiltonian hamiltonian,
      String name,
      double misfit,
      List<EffectiveHamiltonian> changes) {}

  /** Of the runs of a folder ({@code at}: read from it). */
  public static AlloyInterdiffusion of(Path run, AlloyTransport at) {
    ConfigNode config = configuration(run.resolve(TrajectoryFile.NAME));
    LatticeConfig lattice = Binder.bind(config.section("lattice"), LatticeConfig.class);
    Crystal crystal = lattice.crystal().crystal();
    List<String> species = at.kinds().subList(1, at.kinds().size());
    double[] shares = shares(at, species);
    Streams streams = new Streams(config.get("seed").integer());
    RandomStream fit = streams.stream(Purpose.COMPOSITION, at.condition().key(), 0);
    Optional<LinearTerms> terms = terms(config, crystal, species);
    Energy energy =
        terms.isPresent()
            ? ofBarriers(terms.get(), at.condition())
            : fitted(run, crystal, new PairKinds(species.size()), at, fit);
    RandomStream stream = streams.stream(Purpose.COMPOSITION, at.condition().key(), 1);
    Factors factors = factors(energy.hamiltonian(), crystal, shares, RECORDS, stream);
    List<Jackknife> theta = new ArrayList<>(List.of(factors.theta()));
    if (!energy.changes().isEmpty()) {
      theta.add(ofFit(factors.theta().all(), energy, crystal));
    }
    return new AlloyInterdiffusion(
        at,
        species,
        energy,
        factors,
        error(theta),
        new Interdiffusion(shares).of(onsager(at.series()), theta));
  }

  /** What the thermodynamic factors are of. */
  public String source() {
    return energy.name();
  }

  /** Of a fitted Hamiltonian, about 1 where it has succeeded; NaN where none was fitted. */
  public double misfit() {
    return energy.misfit();
  }

  private static double[][] error(List<Jackknife> theta) {
    double[][] error = theta.get(0).error();
    for (Jackknife one : theta.subList(1, theta.size())) {
      double[][] more = one.error();
      for (int i = 0; i < error.length; i++) {
        int row = i;
        Arrays.setAll(error[i], j -> Math.hypot(error[row][j], more[row][j]));
      }
    }
    return error;
  }

  /**
   * What the fit makes of Theta, where it is smooth in the parameters: the second derivative of
   * their energy in a random alloy.
   */
  static Jackknife ofFit(double[][] theta, Energy energy, Crystal crystal) {
    int last = theta.length + 1;
    List<double[][]> without = new ArrayList<>();
    for (EffectiveHamiltonian change : energy.changes()) {
      double[][] moved = Arrays.stream(theta).map(double[]::clone).toArray(double[][]::new);
      for (int s = 1; s <= change.shells(); s++) {
        int neighbours = crystal.shell(0, s).size();
        for (int i = 1; i < last; i++) {
          for (int j = 1; j < last; j++) {
            double pairs = change.of(s, i, j) - change.of(s, i, last) - change.of(s, j, last);
            moved[i - 1][j - 1] += neighbours * pairs;
          }
        }
      }
      without.add(moved);
    }
    return new Jackknife(theta, without);
  }

  private static ConfigNode configuration(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return ConfigNode.parse(reader.text(Provenance.CONFIGURATION), file.toString());
    }
  }

  private static double[] shares(AlloyTransport at, List<String> species) {
    double atoms = 1 - at.concentration();
    double[] shares =
        IntStream.rangeClosed(1, species.size()).mapToDouble(i -> at.share(i) / atoms).toArray();
    if (shares.length < 2 || Arrays.stream(shares).anyMatch(x -> !(x > 0))) {
      throw LatticeLiftException.badData(
          "no interdiffusion of " + String.join(", ", species),
          "lattice.species",
          "two species or more, and atoms of each",
          "Leave out --interdiffusion");
    }
    return shares;
  }

  /** The numbers of the barriers where these are linear, so that they are of energies of pairs. */
  private static Optional<LinearTerms> terms(
      ConfigNode config, Crystal crystal, List<String> species) {
    ConfigNode barrier = config.section("barrier");
    boolean linear =
        barrier
            .find("model")
            .filter(model -> model.isWord("pairwise") || model.isWord("linear"))
            .isPresent();
    if (!linear) {
      return Optional.empty();
    }
    ConfigNode section = barrier.without(Set.of("cache_mib", "attempt_frequency"));
    BarrierModel model = BarrierModels.fromConfig(section, crystal, species);
    return Optional.of(model)
        .filter(LinearBarrier.class::isInstance)
        .map(each -> ((LinearBarrier) each).terms())
        .filter(terms -> !terms.shells().isEmpty());
  }

  private static Energy ofBarriers(LinearTerms energies, Condition condition) {
    return new Energy(
        ofEnergies(energies, condition),
        "the pair energies of the barriers",
        Double.NaN,
        List.of());
  }

  /** Energies of pairs in the gauge of {@link EffectiveHamiltonian}. */
  static EffectiveHamiltonian ofEnergies(LinearTerms energies, Condition condition) {
    PairKinds kinds = new PairKinds(energies.activation().size());
    int[] pairs = kinds.parameters();
    double kT = EffectiveHamiltonian.BOLTZMANN * condition.value();
    double[] parameters = new double[energies.shells().size() * pairs.length];
    for (int k = 0; k < parameters.length; k++) {
      int[] pair = kinds.all().get(pairs[k % pairs.length]);
      parameters[k] = unlike(energies, 1 + k / pairs.length, pair) / kT;
    }
    if (Arrays.stream(parameters).anyMatch(j -> Math.abs(j) > EffectiveHamiltonian.MOST)) {
      throw LatticeLiftException.badData(
          "pair energies above " + EffectiveHamiltonian.MOST + " kT at " + condition.name(),
          "barrier.pairwise.shells",
          "smaller energies, or higher temperatures",
          "Leave out --interdiffusion");
    }
    return new EffectiveHamiltonian(kinds, energies.shells().size(), parameters);
  }

  /** What a pair has more than the mean of the like pairs of both, eV. */
  private static double unlike(LinearTerms energies, int shell, int[] pair) {
    int last = energies.activation().size();
    if (pair[0] == 0) {
      double own = energies.pair(shell, 0, pair[1]) - energies.pair(shell, pair[1], pair[1]) / 2;
      return own - energies.pair(shell, 0, last) + energies.pair(shell, last, last) / 2;
    }
    double like = energies.pair(shell, pair[0], pair[0]) + energies.pair(shell, pair[1], pair[1]);
    return energies.pair(shell, pair[0], pair[1]) - like / 2;
  }

  static Energy fitted(
      Path run, Crystal crystal, PairKinds kinds, AlloyTransport at, RandomStream stream) {
    List<List<Lattice>> runs = states(run, crystal, at);
    int shells = Math.min(SHELLS, crystal.environment(0).shellCount());
    EnsembleAverages all = new EnsembleAverages(crystal, kinds, shells);
    List<EnsembleAverages> without =
        runs.stream().map(each -> new EnsembleAverages(crystal, kinds, shells)).toList();
    for (int number = 0; number < runs.size(); number++) {
      for (Lattice state : runs.get(number)) {
        SampledUpsampling.fill(state, stream);
        all.add(state, false);
        for (int other = 0; other < runs.size(); other++) {
          if (other != number) {
            without.get(other).add(state, false);
          }
        }
      }
    }
    HamiltonianFit.Settings usual = HamiltonianFit.Settings.DEFAULT;
    Lattice first = runs.get(0).get(0);
    long each = usual.states() * (long) SITES / first.sites();
    HamiltonianFit.Settings settings =
        new HamiltonianFit.Settings(
            (int) Math.max(FEWEST_STATES, Math.min(usual.states(), each)),
            usual.attemptsPerSite(),
            usual.steps());
    HamiltonianFit.Result found =
        new HamiltonianFit(settings, first, shells, stream)
            .fit(EffectiveHamiltonian.none(kinds, shells), all.fitted());
    String name =
        String.format(
            Locale.ROOT,
            "an effective Hamiltonian of %d shells, fitted to %d states of %d sites (chi2 %.1f)",
            shells,
            all.states(),
            first.sites(),
            found.misfit());
    List<EffectiveHamiltonian> changes = new ArrayList<>();
    for (EnsembleAverages rest : runs.size() > 1 ? without : List.<EnsembleAverages>of()) {
      double[] lower = all.fitted();
      double[] left = rest.fitted();
      Arrays.setAll(lower, k -> lower[k] - left[k]);
      changes.add(new EffectiveHamiltonian(kinds, shells, found.change(lower)));
    }
    return new Energy(found.hamiltonian(), name, found.misfit(), changes);
  }

  /** Of each run the last state, and those on its way after the transient, where they are kept. */
  private static List<List<Lattice>> states(Path run, Crystal crystal, AlloyTransport at) {
    List<List<Lattice>> states = new ArrayList<>();
    String group = "/" + at.condition().name();
    try (Hdf5Reader file = Hdf5Reader.open(run.resolve(FinalStatesFile.NAME))) {
      for (int number = 0; number < at.series().runs().size(); number++) {
        String dataset = group + "/run" + number + "/" + StateCodec.ATOMS;
        states.add(new ArrayList<>(List.of(state(file, dataset, 0, crystal))));
      }
    }
    Path kept = run.resolve(SnapshotsFile.DIRECT);
    if (Files.exists(kept)) {
      try (Hdf5Reader file = Hdf5Reader.open(kept)) {
        double[] time = file.doubles(group + "/time");
        int[] of = file.ints(group + "/run");
        TransportSeries.Run first = at.series().runs().get(0);
        for (int index = 0; index < time.length; index++) {
          if (time[index] >= first.time()[first.from()]) {
            states.get(of[index]).add(state(file, group + "/" + StateCodec.ATOMS, index, crystal));
          }
        }
      }
    }
    return states;
  }

  private static Lattice state(Hdf5Reader file, String dataset, int index, Crystal crystal) {
    Cells cells = SpeciesDataset.shape(file, dataset, crystal).cells();
    Lattice lattice = new Lattice(crystal, cells.nx(), cells.ny(), cells.nz());
    int plane = lattice.plane(0).length;
    for (int x = 0; x < cells.nx(); x++) {
      byte[] codes = file.bytes(dataset, index * lattice.sites() + (long) x * plane, plane);
      System.arraycopy(codes, 0, lattice.plane(x), 0, plane);
    }
    return lattice;
  }

  static Factors factors(
      EffectiveHamiltonian hamiltonian,
      Crystal crystal,
      double[] shares,
      int records,
      RandomStream stream) {
    int cells =
        Math.max(
            Lattice.fewestCells(crystal),
            (int) Math.ceil(Math.cbrt((double) SITES / crystal.basisCount())));
    LatticeShape shape = new LatticeShape(crystal, cells, cells, cells);
    long[] counts = new long[shares.length + 1];
    long left = shape.sites();
    for (int i = 1; i < shares.length; i++) {
      counts[i] = Math.round(shares[i - 1] * shape.sites());
      left -= counts[i];
    }
    counts[shares.length] = left;
    Lattice lattice = AlloyState.random(shape, counts, stream).lattice();
    ExchangeLattice sites = new ExchangeLattice(lattice, hamiltonian.shells());
    sites.load(lattice);
    return new SemiGrandSampler(hamiltonian, sites).factors(shares, records, stream);
  }

  /** kT Omega L_ij of the species, and from all records but those of one stretch. */
  private static Jackknife onsager(TransportSeries series) {
    Curve[][] all = series.collective();
    int chosen = all[0][0].chosen();
    List<TransportSeries.Run> stretches = stretches(series);
    List<double[][]> without = new ArrayList<>();
    for (int left = 0; stretches.size() > 1 && left < stretches.size(); left++) {
      List<TransportSeries.Run> rest = new ArrayList<>(stretches);
      rest.remove(left);
      without.add(
          perSite(
              new TransportSeries(series.layout(), series.counts(), rest).collective(),
              chosen,
              series));
    }
    return new Jackknife(perSite(all, chosen, series), without);
  }

  private static double[][] perSite(Curve[][] all, int window, TransportSeries series) {
    double sites = Arrays.stream(series.counts()).sum();
    return IntStream.range(1, all.length)
        .mapToObj(
            a ->
                IntStream.range(1, all.length)
                    .mapToDouble(b -> at(all[a][b], window) / sites)
                    .toArray())
        .toArray(double[][]::new);
  }

  private static double at(Curve curve, int window) {
    return 0 <= window && window < curve.value().length ? curve.value()[window] : Double.NaN;
  }

  /** Equally long ones, from the end of each run. */
  private static List<TransportSeries.Run> stretches(TransportSeries series) {
    int runs = series.runs().size();
    TransportSeries.Run first = series.runs().get(0);
    int records = first.time().length - 1 - first.from();
    int perRun = Math.max(1, Math.min(records / 2, (BLOCKS + runs - 1) / runs));
    int length = records / perRun;
    int columns = series.layout().columns();
    List<TransportSeries.Run> stretches = new ArrayList<>();
    for (TransportSeries.Run run : series.runs()) {
      for (int k = 0; k < perRun; k++) {
        int end = run.time().length - k * length;
        int begin = end - length - 1;
        stretches.add(
            new TransportSeries.Run(
                Arrays.copyOfRange(run.time(), begin, end),
                Arrays.copyOfRange(run.columns(), begin * columns, end * columns),
                0));
      }
    }
    return stretches;
  }
}
