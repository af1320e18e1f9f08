package org.latticelift.learn.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.atoms.Cif;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.atoms.LammpsData;
import org.latticelift.io.atoms.LammpsDump;
import org.latticelift.io.atoms.Poscar;
import org.latticelift.io.atoms.Vtkhdf;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.Statistics;
import org.latticelift.sim.simulate.RunRecords;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Writes results in formats of other programs; a failure leaves no file behind. */
public final class Export {
  private Export() {}

  /** The formats. */
  public enum Format {
    /** Trajectories and ensembles as comma-separated values. */
    CSV("csv", false),
    /** States as a LAMMPS text dump. */
    LAMMPS("dump", true),
    /** One state for the LAMMPS command {@code read_data}. */
    LAMMPS_DATA("data", false),
    /** States as extended XYZ. */
    XYZ("xyz", true),
    /** States as VTKHDF, which ParaView opens. */
    VTKHDF("vtkhdf", true),
    /** One state as POSCAR of VASP. */
    POSCAR("vasp", false),
    /** One state as crystallographic information file. */
    CIF("cif", false),
    /** Interactions as a list of bonds. */
    PAIRS("pairs.csv", false),
    /** A trained model as C99. */
    C("c", false),
    /** A trained model as Python with numpy. */
    PYTHON("py", false);

    private final String ending;
    private final boolean several;

    Format(String ending, boolean several) {
      this.ending = ending;
      this.several = several;
    }

    /** The usual ending of a file name, without the dot. */
    public String ending() {
      return ending;
    }

    /** The name of the format. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Which states are written.
   *
   * @param crystal whose lattice it is
   * @param condition group of the file; null for the first
   * @param index number of the state; negative counts from the end; empty for all
   * @param vacancies whether empty sites are written, as atoms X
   * @param maxVacancies largest share of empty sites; more are refused
   * @param order whether each atom has its own Warren-Cowley parameters
   */
  public record StateChoice(
      Crystal crystal,
      String condition,
      OptionalLong index,
      boolean vacancies,
      double maxVacancies,
      boolean order) {
    /**
     * One state without its vacancies, of which there may be any number ({@code condition}: group
     * of the file; null for the first; {@code index}: number of the state; negative counts from the
     * end).
     */
    public StateChoice(Crystal crystal, String condition, long index) {
      this(crystal, condition, OptionalLong.of(index), false, 1, false);
    }

    /** Whether this kind of file holds what atoms have beside their positions. */
    private void requireFor(Format format) {
      if (order && format != Format.XYZ && format != Format.VTKHDF) {
        throw LatticeLiftException.badData(
            "order about atoms in a file of format " + format,
            "--order",
            "xyz, vtkhdf",
            "Choose one of these formats, or leave the option out");
      }
    }
  }

  /**
   * Writes a file, or one for each run where the states of several are asked for.
   *
   * @param input HDF5 file of a stage
   * @param choice which state, for the formats of states
   * @param output the file; with the runs of several, {@code NAME.run0.xyz} and so on for {@code
   *     NAME.xyz}
   * @param overwrite whether existing files are replaced; else they are an error
   */
  public static List<Path> write(
      Path input, Format format, StateChoice choice, Path output, boolean overwrite) {
    try (Hdf5Reader reader = Hdf5Reader.open(input)) {
      if (format == Format.CSV) {
        SingleFile.write(output, overwrite, beside -> csv(reader, beside));
        return List.of(output);
      }
      Map<Path, List<AtomSource>> files = files(states(reader, format, choice), output);
      files.keySet().forEach(file -> SingleFile.requireFree(file, overwrite));
      files.forEach(
          (file, states) ->
              SingleFile.write(file, overwrite, beside -> write(format, states, beside)));
      return List.copyOf(files.keySet());
    }
  }

  /** The states of each run: time goes on in a file. */
  private static Map<Path, List<AtomSource>> files(List<AtomSource> states, Path output) {
    Map<String, List<AtomSource>> runs = new LinkedHashMap<>();
    for (AtomSource state : states) {
      runs.computeIfAbsent(state.labels().getOrDefault("run", ""), r -> new ArrayList<>())
          .add(state);
    }
    if (runs.size() == 1) {
      return Map.of(output, states);
    }
    Map<Path, List<AtomSource>> files = new LinkedHashMap<>();
    String name = String.valueOf(output.getFileName());
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    runs.forEach(
        (run, of) -> {
          String own = name.substring(0, dot) + ".run" + run + name.substring(dot);
          files.put(output.resolveSibling(own), of);
        });
    return files;
  }

  private static void csv(Hdf5Reader reader, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      CsvExport.write(reader, out);
    }
  }

  private static List<AtomSource> states(Hdf5Reader reader, Format format, StateChoice choice) {
    choice.requireFor(format);
    Frames frames =
        Frames.of(
            reader,
            choice.crystal(),
            choice.condition(),
            choice.vacancies(),
            choice.maxVacancies(),
            choice.order());
    List<AtomSource> chosen =
        choice.index().isPresent()
            ? List.of(frames.frame(choice.index().getAsLong()))
            : LongStream.range(0, frames.count()).mapToObj(frames::frame).toList();
    if (chosen.size() > 1 && !format.several) {
      throw LatticeLiftException.badData(
          chosen.size() + " states in one file of format " + format,
          reader.file().toString(),
          "one: --index N; formats of many are "
              + Arrays.stream(Format.values())
                  .filter(each -> each.several)
                  .map(Format::toString)
                  .collect(Collectors.joining(", ")),
          "Choose one state or another format");
    }
    if (format == Format.PAIRS) {
      throw LatticeLiftException.badData(
          "states as a list of interactions",
          reader.file().toString(),
          "--to pairs of hamiltonian.h5",
          "Choose another file or format");
    }
    return chosen;
  }

  private static void write(Format format, List<AtomSource> chosen, Path file) {
    switch (format) {
      case LAMMPS -> LammpsDump.write(file, chosen);
      case XYZ -> ExtendedXyz.write(file, chosen);
      case VTKHDF -> Vtkhdf.write(file, chosen);
      case LAMMPS_DATA -> LammpsData.write(file, chosen.get(0));
      case POSCAR -> Poscar.write(file, chosen.get(0));
      case CIF -> Cif.write(file, chosen.get(0));
      case CSV, PAIRS, C, PYTHON -> throw new IllegalArgumentException("states as " + format);
    }
  }

  /**
   * {@code trajectory.h5} and {@code ensemble.h5} as CSV in wide format, one row per record. Units
   * stand in the header: {@code time[s]}. Numbers read back exactly.
   */
  static final class CsvExport {
    private final List<String> observables;
    private final CsvWriter out;

    private CsvExport(List<String> observables, Writer out) {
      this.observables = observables;
      this.out = new CsvWriter(out);
    }

    /**
     * Writes a file of trajectories or of an ensemble, told apart by content.
     *
     * @param out where to
     * @throws IOException if it cannot be written
     */
    static void write(Hdf5Reader reader, Writer out) throws IOException {
      TrajectoryFile runs = TrajectoryFile.of(reader);
      EnsembleFile ensembles = EnsembleFile.of(reader);
      if (runs.conditions().isEmpty() && ensembles.conditions().isEmpty()) {
        throw LatticeLiftException.badData(
            "the file holds no trajectories",
            reader.file().toString(),
            TrajectoryFile.NAME + " or " + EnsembleFile.NAME + " for --to csv",
            "Name one of those, or use --to lammps or xyz for states");
      }
      CsvExport export = new CsvExport(runs.observables(), out);
      if (runs.conditions().isEmpty()) {
        export.ensembles(ensembles);
      } else {
        export.trajectories(runs);
      }
    }

    private void trajectories(TrajectoryFile file) throws IOException {
      String time = CsvCell.title("time", file.timeUnit(file.conditions().get(0)));
      row(header(List.of("condition", "run", time, "jumps"), List.of("")));
      for (Condition condition : file.conditions()) {
        int number = 0;
        for (RunRecords run : file.runs(condition)) {
          trajectory(condition, number++, run);
        }
      }
    }

    private void trajectory(Condition condition, int number, RunRecords run) throws IOException {
      for (int i = 0; i < run.time().length; i++) {
        List<String> cells = new ArrayList<>();
        cells.add(condition.name());
        cells.add(Integer.toString(number));
        cells.add(Double.toString(run.time()[i]));
        cells.add(Long.toString(run.jumps()[i]));
        add(cells, run.observables(), i);
        row(cells);
      }
    }

    private void ensembles(EnsembleFile file) throws IOException {
      String title = CsvCell.title("time", file.timeUnit(file.conditions().get(0)));
      row(header(List.of("condition", title), List.of("_mean", "_std", "_half_width")));
      for (Condition condition : file.conditions()) {
        double[] time = file.time(condition);
        Statistics all = file.statistics(condition);
        for (int i = 0; i < time.length; i++) {
          List<String> cells = new ArrayList<>();
          cells.add(condition.name());
          cells.add(Double.toString(time[i]));
          add(cells, all.mean(), i);
          add(cells, all.std(), i);
          add(cells, all.halfWidth(), i);
          row(cells);
        }
      }
    }

    private List<String> header(List<String> keys, List<String> endings) {
      List<String> header = new ArrayList<>(keys);
      for (String ending : endings) {
        observables.forEach(name -> header.add(name + ending));
      }
      return header;
    }

    private void add(List<String> cells, double[] values, int record) {
      int m = observables.size();
      for (int c = 0; c < m; c++) {
        cells.add(CsvCell.of(values[record * m + c]));
      }
    }

    private void row(List<String> cells) throws IOException {
      out.row(cells);
    }
  }
}
