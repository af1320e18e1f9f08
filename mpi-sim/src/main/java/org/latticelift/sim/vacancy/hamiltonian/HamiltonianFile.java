package org.latticelift.sim.vacancy.hamiltonian;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;

/**
 * {@code hamiltonian.h5}: fitted effective Hamiltonians by condition and stage of the relaxation.
 *
 * <table>
 *   <caption>In the group of a condition; S stages, s shells with parameters of the c shells of the
 *   crystal</caption>
 *   <tr><td>{@code first_record}, {@code last_record}</td><td>int32 [S]</td></tr>
 *   <tr><td>{@code small_states}</td><td>int64 [S]: states behind the wanted numbers</td></tr>
 *   <tr><td>{@code J_kT}, {@code J_eV}</td><td>float64 [S,s,parameters]</td></tr>
 *   <tr><td>{@code covariance}</td><td>float64 [S,s parameters,s parameters]</td></tr>
 *   <tr><td>{@code pairs_wanted}, {@code pairs_sampled}</td><td>float64 [S,c,pairs], per site</td>
 *   </tr>
 *   <tr><td>{@code triangles_wanted}, {@code triangles_sampled}</td><td>float64 [S,types]</td></tr>
 *   <tr><td>{@code misfit}</td><td>float64 [S]</td></tr>
 * </table>
 *
 * The fits of groups of runs are the same datasets in {@code groups}, with an axis of groups first.
 *
 * <p>Attributes of the file: {@code species}, {@code pair_names}, {@code parameter_names}, {@code
 * small_sites}, {@code gauge}.
 */
public final class HamiltonianFile implements AutoCloseable {
  /** Its name in the folder of a run. */
  public static final String NAME = "hamiltonian.h5";

  private static final String SPECIES = "species";
  private static final String SITES = "small_sites";
  private static final String FIRST = "/first_record";
  private static final String LAST = "/last_record";
  private static final String STATES = "/small_states";
  private static final String KT = "/J_kT";
  private static final String EV = "/J_eV";
  private static final String COVARIANCE = "/covariance";
  private static final String WANTED = "/pairs_wanted";
  private static final String SAMPLED = "/pairs_sampled";
  private static final String TRIANGLES_WANTED = "/triangles_wanted";
  private static final String TRIANGLES_SAMPLED = "/triangles_sampled";
  private static final String MISFIT = "/misfit";
  private static final String GROUPS = "/groups";

  private final Hdf5Reader reader;

  private HamiltonianFile(Hdf5Reader reader) {
    this.reader = reader;
  }

  /** Opens a file to read; the file, to be closed. */
  public static HamiltonianFile open(Path file) {
    return new HamiltonianFile(Hdf5Reader.open(file));
  }

  /** Whether a file is of this format ({@code file}: an HDF5 file). */
  public static boolean isOne(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return ConditionGroup.all(reader).stream()
          .anyMatch(condition -> reader.exists(ConditionGroup.path(condition) + KT));
    }
  }

  /** Writes what holds for all conditions ({@code species}: names in code order). */
  public static void describe(Hdf5Writer file, List<String> species, long sites) {
    PairKinds kinds = new PairKinds(species.size());
    List<String> pairs = kinds.names(species);
    file.attribute("/", SPECIES, species.toArray(new String[0]));
    file.attribute("/", "pair_names", pairs.toArray(new String[0]));
    file.attribute(
        "/",
        "parameter_names",
        IntStream.of(kinds.parameters()).mapToObj(pairs::get).toArray(String[]::new));
    file.attribute("/", SITES, sites);
    file.attribute("/", "gauge", EffectiveHamiltonian.GAUGE);
  }

  /**
   * Writes the fits of a condition ({@code fits}: of all runs, and of each group if there are
   * groups).
   */
  public static void write(Hdf5Writer file, Condition condition, FittedStages fits) {
    String group = ConditionGroup.write(file, condition);
    long[] stages = {fits.all().size()};
    write(new Fits(file, group, condition, fits.all(), stages, List.of("stage")));
    if (!fits.groups().isEmpty()) {
      file.group(group + GROUPS);
      List<FittedStage> flat = fits.groups().stream().flatMap(List::stream).toList();
      long[] dims = {fits.groups().size(), stages[0]};
      write(new Fits(file, group + GROUPS, condition, flat, dims, List.of("group", "stage")));
    }
  }

  private static void write(Fits group) {
    List<FittedStage> stages = group.stages();
    EffectiveHamiltonian like = stages.get(0).hamiltonian();
    long[] parameters = {like.shells(), like.kinds().parameters().length};
    long all = parameters[0] * parameters[1];
    long shells = stages.get(0).wanted().length / like.kinds().pairs();
    long[] pairs = {shells, like.kinds().pairs()};
    long[] types = {stages.get(0).wantedTriangles().length};
    group.ints(FIRST, "first record of the stage", FittedStage::firstRecord);
    group.ints(LAST, "last record of the stage", FittedStage::lastRecord);
    group.longs(STATES, "small states behind the wanted numbers", FittedStage::states);
    String[] interactions = {"shell", "parameter"};
    group.doubles(
        KT, "1", "J over kT", parameters, s -> s.hamiltonian().parameters(), interactions);
    group.doubles(
        EV,
        "eV",
        "J",
        parameters,
        s -> s.hamiltonian().electronVolts(group.condition().value()),
        interactions);
    group.doubles(
        COVARIANCE,
        "1",
        "covariance of pairs per site, times the sites",
        new long[] {all, all},
        s -> flat(s.covariance()),
        "parameter",
        "parameter");
    group.doubles(
        WANTED, "1", "pairs per site of the records", pairs, FittedStage::wanted, "shell", "pair");
    group.doubles(
        SAMPLED,
        "1",
        "pairs per site of the fitted ensemble",
        pairs,
        FittedStage::sampled,
        "shell",
        "pair");
    group.doubles(
        TRIANGLES_WANTED,
        "1",
        "triangles per site of the records",
        types,
        FittedStage::wantedTriangles,
        "triangle");
    group.doubles(
        TRIANGLES_SAMPLED,
        "1",
        "triangles per site of the fitted ensemble",
        types,
        FittedStage::sampledTriangles,
        "triangle");
    group.doubles(
        MISFIT,
        "1",
        "chi-squared residual: mean squared difference over its noise",
        new long[] {},
        s -> new double[] {s.misfit()});
  }

  private static double[] flat(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Datasets with one row per stage, or per group and stage: leading dimensions and axes. */
  private record Fits(
      Hdf5Writer file,
      String path,
      Condition condition,
      List<FittedStage> stages,
      long[] dims,
      List<String> axes) {
    void ints(String name, String longName, ToIntFunction<FittedStage> of) {
      write(name, stages.stream().mapToInt(of).toArray(), "1", longName, new long[0]);
    }

    void longs(String name, String longName, ToLongFunction<FittedStage> of) {
      write(name, stages.stream().mapToLong(of).toArray(), "1", longName, new long[0]);
    }

    void doubles(
        String name,
        String units,
        String longName,
        long[] row,
        Function<FittedStage, double[]> of,
        String... rowAxes) {
      double[] flat = stages.stream().flatMapToDouble(s -> Arrays.stream(of.apply(s))).toArray();
      write(name, flat, units, longName, row, rowAxes);
    }

    private void write(
        String name, Object flat, String units, String longName, long[] row, String... rowAxes) {
      List<String> all = new ArrayList<>(axes);
      all.addAll(List.of(rowAxes));
      file.dataset(path + name, flat, with(dims, row), new DatasetInfo(units, longName, all));
    }
  }

  /** Conditions that have Hamiltonians; ascending. */
  public List<Condition> conditions() {
    return ConditionGroup.all(reader);
  }

  /** Names of the species, in code order. */
  public List<String> species() {
    return reader.textListAttribute("/", SPECIES);
  }

  /** The fitted stages of a condition ({@code condition}: one of {@link #conditions}). */
  public GroupedEnsembles ensembles(Condition condition) {
    return fits(condition).ensembles(reader.longAttribute("/", SITES));
  }

  /**
   * The stages fitted to all runs of a condition ({@code condition}: one of {@link #conditions}),
   * in the order of time.
   */
  public List<FittedStage> stages(Condition condition) {
    return read(ConditionGroup.path(condition));
  }

  /**
   * All fits of a condition ({@code condition}: one of {@link #conditions}), of all runs, and of
   * each group if there are groups.
   */
  public FittedStages fits(Condition condition) {
    List<FittedStage> all = stages(condition);
    String group = ConditionGroup.path(condition) + GROUPS;
    if (!reader.exists(group)) {
      return new FittedStages(all, List.of());
    }
    long groups = reader.requireDims(group + FIRST, -1, all.size())[0];
    List<FittedStage> flat = read(group);
    return new FittedStages(
        all,
        IntStream.range(0, (int) groups)
            .mapToObj(g -> flat.subList(g * all.size(), (g + 1) * all.size()))
            .toList());
  }

  /** Rows of stages, or of groups and stages. */
  private List<FittedStage> read(String group) {
    PairKinds kinds = new PairKinds(species().size());
    int[] first = reader.ints(group + FIRST);
    int[] last = reader.ints(group + LAST);
    long[] states = reader.longs(group + STATES);
    int stages = first.length;
    int per = kinds.parameters().length;
    long[] rows = reader.dims(group + FIRST);
    long[] interactions = reader.requireDims(group + KT, with(rows, -1, per));
    int shells = (int) interactions[rows.length];
    int n = shells * per;
    reader.requireDims(group + COVARIANCE, with(rows, n, n));
    double[][] j = rows(group + KT, stages);
    double[][] covariance = rows(group + COVARIANCE, stages);
    double[][] wanted = rows(group + WANTED, stages);
    double[][] sampled = rows(group + SAMPLED, stages);
    double[][] wantedTriangles = rows(group + TRIANGLES_WANTED, stages);
    double[][] sampledTriangles = rows(group + TRIANGLES_SAMPLED, stages);
    double[] misfit = reader.doubles(group + MISFIT);
    return IntStream.range(0, stages)
        .mapToObj(
            s ->
                new FittedStage(
                    first[s],
                    last[s],
                    states[s],
                    new EffectiveHamiltonian(kinds, shells, j[s]),
                    wanted[s],
                    sampled[s],
                    wantedTriangles[s],
                    sampledTriangles[s],
                    rows(covariance[s], n),
                    misfit[s]))
        .toList();
  }

  private static long[] with(long[] rows, long... row) {
    return LongStream.concat(LongStream.of(rows), LongStream.of(row)).toArray();
  }

  private double[][] rows(String path, int rows) {
    return rows(reader.doubles(path), rows);
  }

  private static double[][] rows(double[] flat, int rows) {
    int length = rows == 0 ? 0 : flat.length / rows;
    return IntStream.range(0, rows)
        .mapToObj(r -> Arrays.copyOfRange(flat, r * length, (r + 1) * length))
        .toArray(double[][]::new);
  }

  /**
   * All parameters and pairs as a table, a row for every condition, stage, shell and pair: for
   * people, and for programs that use pair interactions, such as cluster expansions; the header and
   * the others; cells of J are empty for pairs that are only counted.
   */
  public List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "condition",
            "first_record",
            "last_record",
            "shell",
            "pair",
            "J_kT",
            "J_eV",
            "pairs_per_site_wanted",
            "pairs_per_site_sampled"));
    List<String> names = new PairKinds(species().size()).names(species());
    for (Condition condition : conditions()) {
      for (FittedStage stage : stages(condition)) {
        for (int k = 0; k < stage.wanted().length; k++) {
          rows.add(row(condition, stage, k, names));
        }
      }
    }
    return rows;
  }

  /**
   * All bonds of all conditions and stages with their energies: for programs that know nothing of
   * shells, such as those of cluster expansions. A bond is listed from each of its two ends.
   * Returns the header and the others; vectors in Å, energies in eV, pairs of energy 0 left out.
   */
  public List<List<String>> bonds(Crystal crystal) {
    List<List<String>> rows = new ArrayList<>(List.of(PairList.HEADER));
    PairList list = new PairList(crystal, species());
    for (Condition condition : conditions()) {
      for (FittedStage stage : stages(condition)) {
        rows.addAll(list.rows(condition.name(), condition.value(), stage));
      }
    }
    return rows;
  }

  private static List<String> row(
      Condition condition, FittedStage stage, int k, List<String> names) {
    int shell = k / names.size();
    int pair = k % names.size();
    EffectiveHamiltonian hamiltonian = stage.hamiltonian();
    int[] parameters = hamiltonian.kinds().parameters();
    int p = Arrays.binarySearch(parameters, pair);
    boolean fitted = shell < hamiltonian.shells() && p >= 0;
    int at = shell * parameters.length + p;
    return List.of(
        condition.name(),
        Integer.toString(stage.firstRecord()),
        Integer.toString(stage.lastRecord()),
        Integer.toString(shell + 1),
        names.get(pair),
        fitted ? number(hamiltonian.parameters()[at]) : "",
        fitted ? number(hamiltonian.electronVolts(condition.value())[at]) : "",
        number(stage.wanted()[k]),
        number(stage.sampled()[k]));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  @Override
  public void close() {
    reader.close();
  }

  /**
   * An effective Hamiltonian as a list of bonds, for programs that do not know our shells, such as
   * those of cluster expansions: for every position of the basis all neighbours with their vector,
   * and the energy of every pair of unlike kinds on that bond. A bond is listed once from each of
   * its ends, so half of the sum over all sites and their rows is the energy of a state.
   */
  static final class PairList {
    static final List<String> HEADER =
        List.of(
            "condition",
            "first_record",
            "last_record",
            "shell",
            "from_basis",
            "to_basis",
            "x[A]",
            "y[A]",
            "z[A]",
            "from",
            "to",
            "J_eV");

    private final Crystal crystal;
    private final List<String> kinds;

    /** Of a crystal ({@code species}: names in code order). */
    PairList(Crystal crystal, List<String> species) {
      this.crystal = crystal;
      kinds = new ArrayList<>(List.of(PairKinds.VACANCY));
      kinds.addAll(species);
    }

    /** The rows of one Hamiltonian; energies of 0 by the gauge are left out. */
    List<List<String>> rows(String condition, double temperature, FittedStage stage) {
      List<List<String>> rows = new ArrayList<>();
      EffectiveHamiltonian hamiltonian = stage.hamiltonian();
      for (int from = 0; from < crystal.basisCount(); from++) {
        for (int shell = 1; shell <= hamiltonian.shells(); shell++) {
          for (SiteOffset offset : crystal.shell(from, shell)) {
            List<String> bond = new ArrayList<>();
            bond.add(condition);
            IntStream.of(stage.firstRecord(), stage.lastRecord(), shell, from, offset.basis())
                .forEach(number -> bond.add(Integer.toString(number)));
            Arrays.stream(crystal.spec().vector(from, offset))
                .forEach(x -> bond.add(String.format(Locale.ROOT, "%.6f", x)));
            bonds(bond, shell, hamiltonian, temperature, rows);
          }
        }
      }
      return rows;
    }

    private void bonds(
        List<String> bond,
        int shell,
        EffectiveHamiltonian hamiltonian,
        double temperature,
        List<List<String>> rows) {
      double kT = EffectiveHamiltonian.BOLTZMANN * temperature;
      for (int a = 0; a < kinds.size(); a++) {
        for (int b = 0; b < kinds.size(); b++) {
          double j = hamiltonian.of(shell, a, b);
          if (j != 0) {
            List<String> row = new ArrayList<>(bond);
            row.add(kinds.get(a));
            row.add(kinds.get(b));
            row.add(Double.toString(j * kT));
            rows.add(row);
          }
        }
      }
    }
  }
}
