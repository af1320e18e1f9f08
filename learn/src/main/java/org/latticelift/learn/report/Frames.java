package org.latticelift.learn.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.AtomFrame.LabelledAtoms;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;

/** States of a condition as particles at their positions. */
interface Frames {
  /** Number of states, at least 1. */
  long count();

  /** Number of sites of a state. */
  long sites();

  /** Whose sites they are; empty where they are those of a square lattice. */
  Optional<Crystal> crystal();

  /**
   * One state ({@code index}: 0 to their number less one; negative counts from the end); particles
   * in site order, read while they are handed out; the time step is the number of events where it
   * is stored.
   */
  AtomSource frame(long index);

  /**
   * The states of one condition of {@code snapshots.h5}, {@code large.h5} or {@code final.h5}, told
   * apart by their dataset, or the only one of a file that was built.
   *
   * @param condition name of the group; null for the first that holds states
   * @param vacancies whether empty sites are handed out as atoms X
   * @param most largest share of empty sites; more are refused
   */
  static Frames of(
      Hdf5Reader reader,
      Crystal crystal,
      String condition,
      boolean vacancies,
      double most,
      boolean order) {
    String built = "/" + StateCodec.ATOMS;
    if (condition == null && reader.exists(built)) {
      return new StateFrames(reader, crystal, built, vacancies, most, order);
    }
    List<String> conditions =
        condition == null
            ? ConditionGroup.all(reader).stream().map(Condition::name).toList()
            : List.of(condition);
    for (String each : conditions) {
      Optional<String> atoms = StateSeries.find(reader, each, StateCodec.ATOMS);
      if (atoms.isPresent()) {
        return new StateFrames(reader, crystal, atoms.get(), vacancies, most, order);
      }
      Optional<String> spins = StateSeries.find(reader, each, StateCodec.SPINS);
      if (spins.isPresent() && (vacancies || order)) {
        throw LatticeLiftException.badData(
            vacancies ? "spins have no vacancies" : "spins have no Warren-Cowley parameters",
            reader.file() + " " + spins.get(),
            (vacancies ? "--vacancies" : "--order") + " for states of atoms",
            "Leave the option out");
      }
      if (spins.isPresent()) {
        return new SpinFrames(reader, spins.get());
      }
    }
    throw LatticeLiftException.badData(
        "the file holds no states of a lattice" + (condition == null ? "" : " in " + condition),
        reader.file().toString(),
        String.format(
            "%s, %s or %s for formats of states",
            SnapshotsFile.NAME, SnapshotsFile.LARGE, FinalStatesFile.NAME),
        "Name one of those, or use --to csv for trajectories");
  }

  /** The dataset of states of a lattice at a condition; empty where the file has none. */
  static Optional<String> dataset(Hdf5Reader reader, String condition) {
    return StateSeries.find(reader, condition, StateCodec.ATOMS)
        .or(() -> StateSeries.find(reader, condition, StateCodec.SPINS));
  }

  /**
   * The states of a dataset, without vacancies ({@code dataset}: from {@link #dataset}); empty
   * where no crystal has so many sites in a cell.
   */
  static Optional<Frames> ofLattice(Hdf5Reader reader, String dataset) {
    if (dataset.endsWith("/" + StateCodec.SPINS)) {
      return Optional.of(new SpinFrames(reader, dataset));
    }
    long[] dims = reader.dims(dataset);
    return Arrays.stream(KnownCrystal.values())
        .map(KnownCrystal::crystal)
        .filter(crystal -> crystal.basisCount() == dims[dims.length - 1])
        .findFirst()
        .map(crystal -> new StateFrames(reader, crystal, dataset, false, 1, false));
  }

  /**
   * What the file knows of a state: its condition, run, number, and time where it is stored ({@code
   * index}: of the state, 0 to their number less one).
   */
  static Map<String, String> labels(Hdf5Reader reader, String dataset, long index) {
    Map<String, String> labels = new LinkedHashMap<>();
    String group = dataset.substring(0, dataset.lastIndexOf('/'));
    StateSeries.time(reader, dataset, index)
        .ifPresent(time -> labels.put("time", Double.toString(time)));
    String unit = StateSeries.timeUnit(reader, dataset);
    if (labels.containsKey("time") && !unit.equals("1")) {
      labels.put("time_unit", unit);
    }
    for (Condition each : ConditionGroup.all(reader)) {
      if ((group + "/").startsWith(ConditionGroup.path(each) + "/")) {
        labels.put("condition", each.name());
        String course = group + "/" + each.parameter();
        double value = reader.exists(course) ? reader.doubles(course, index, 1)[0] : each.value();
        labels.put(each.parameter(), Double.toString(value));
      }
    }
    StateSeries.run(reader, dataset, index).ifPresent(run -> labels.put("run", Long.toString(run)));
    labels.put("index", Long.toString(index));
    return labels;
  }

  /** The number of a state ({@code index}: negative counts from the end); 0 to count - 1. */
  static long index(long index, long count, String where) {
    long chosen = index < 0 ? index + count : index;
    if (chosen < 0 || chosen >= count) {
      throw LatticeLiftException.badData(
          "there is no state " + index,
          where,
          String.format(Locale.ROOT, "0 to %d, or -1 for the last", count - 1),
          "Choose another --index");
    }
    return chosen;
  }

  /**
   * Spins on a square lattice as particles of two kinds at unit distance, rows along the first
   * axis, so that programs for atoms show them.
   */
  final class SpinFrames implements Frames {
    private static final List<String> KINDS = List.of("Down", "Up");

    private final Hdf5Reader reader;
    private final String path;
    private final long[] dims;

    /** The states of one dataset ({@code path}: of the dataset, one state or a series). */
    SpinFrames(Hdf5Reader reader, String path) {
      this.reader = reader;
      this.path = path;
      long[] stored = reader.dims(path);
      this.dims =
          stored.length == 2
              ? new long[] {1, stored[0], stored[1]}
              : reader.requireDims(path, -1, -1, -1);
    }

    @Override
    public long count() {
      return dims[0];
    }

    @Override
    public long sites() {
      return dims[1] * dims[2];
    }

    @Override
    public Optional<Crystal> crystal() {
      return Optional.empty();
    }

    @Override
    public AtomSource frame(long index) {
      long chosen = Frames.index(index, dims[0], reader.file() + " " + path);
      int sites = Math.toIntExact(dims[1] * dims[2]);
      byte[] spins = reader.bytes(path, chosen * sites, sites);
      int[] type = new int[sites];
      double[] position = new double[3 * sites];
      for (int site = 0; site < sites; site++) {
        type[site] = kind(spins[site]);
        position[3 * site] = site / dims[2];
        position[3 * site + 1] = site % dims[2];
      }
      double[] cell = {dims[1], 0, 0, 0, dims[2], 0, 0, 0, 1};
      long step = StateSeries.jumps(reader, path, chosen).orElse(chosen);
      return new LabelledAtoms(
          new AtomFrame(cell, type, position, step, KINDS), Frames.labels(reader, path, chosen));
    }

    private int kind(byte spin) {
      if (spin != 1 && spin != -1) {
        throw LatticeLiftException.badData(
            "a spin of " + spin, reader.file() + " " + path, "+1 or -1", "Make the file again");
      }
      return spin > 0 ? 2 : 1;
    }
  }
}
