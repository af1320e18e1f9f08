package org.latticelift.sim.lift;

import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * What holds for all pairs of a {@link PairsFile}: its attributes and its groups of the conditions
 * and of the observables.
 *
 * @param macroscopics observables and their relations
 * @param reference what was subtracted from the observables; empty for nothing
 * @param patches K
 * @param conditions at least one
 * @param durations of the partial evolutions, for each condition
 * @param blocked fraction of the evolutions that met a wall, for each condition
 * @param timeUnit unit of times
 * @param halves of the runs that groups of pairs are; none where they are disjoint
 */
public record PairsCommon(
    MacroscopicMap macroscopics,
    double[] reference,
    long patches,
    List<Condition> conditions,
    double[] durations,
    double[] blocked,
    String timeUnit,
    RunHalves halves) {
  private static final String NAMES = "observable_names";
  private static final String REFERENCE = "observable_reference";
  private static final String PATCHES = "patches";
  private static final String BLOCKS = "blocks_of_runs";
  private static final String PARAMETER = "parameter_name";
  private static final String VALUES = "/conditions/value";
  private static final String DURATIONS = "/conditions/duration";
  private static final String WALLS = "/conditions/blocked";
  private static final String CONDITION_NAMES = "/conditions/name";

  /** Pairs in disjoint groups, or without groups. */
  public PairsCommon(
      MacroscopicMap macroscopics,
      double[] reference,
      long patches,
      List<Condition> conditions,
      double[] durations,
      double[] blocked,
      String timeUnit) {
    this(
        macroscopics, reference, patches, conditions, durations, blocked, timeUnit, RunHalves.NONE);
  }

  static PairsCommon read(Hdf5Reader reader, String timeUnit) {
    return new PairsCommon(
        MacroscopicMap.read(reader),
        reader.findAttribute("/", REFERENCE).map(double[].class::cast).orElse(new double[0]),
        patches(reader),
        conditions(reader),
        reader.doubles(DURATIONS),
        reader.doubles(WALLS),
        timeUnit,
        halves(reader));
  }

  static RunHalves halves(Hdf5Reader reader) {
    return reader.findAttribute("/", BLOCKS).isPresent()
        ? new RunHalves(Math.toIntExact(reader.longAttribute("/", BLOCKS)))
        : RunHalves.NONE;
  }

  static List<String> observables(Hdf5Reader reader) {
    return reader.textListAttribute("/", NAMES);
  }

  static long patches(Hdf5Reader reader) {
    return reader.longAttribute("/", PATCHES);
  }

  static String parameter(Hdf5Reader reader) {
    return reader.textAttribute("/", PARAMETER);
  }

  static List<Condition> conditions(Hdf5Reader reader) {
    String[] names = reader.text(CONDITION_NAMES).trim().split("\\s+");
    reader.requireDims(VALUES, names.length);
    double[] values = reader.doubles(VALUES);
    String parameter = parameter(reader);
    return IntStream.range(0, names.length)
        .mapToObj(c -> new Condition(names[c], parameter, values[c]))
        .toList();
  }

  void write(Hdf5Writer writer) {
    writer.attribute("/", NAMES, macroscopics.observables().toArray(new String[0]));
    if (reference.length > 0) {
      writer.attribute("/", REFERENCE, reference);
    }
    writer.attribute("/", PATCHES, patches);
    if (halves.blocks() > 0) {
      writer.attribute("/", BLOCKS, halves.blocks());
    }
    String parameter = conditions.get(0).parameter();
    writer.attribute("/", PARAMETER, parameter);
    double[] values = conditions.stream().mapToDouble(Condition::value).toArray();
    ofConditions(writer, VALUES, values, unit(parameter), "value of " + parameter);
    ofConditions(writer, DURATIONS, durations, timeUnit, "duration of the partial evolution");
    ofConditions(writer, WALLS, blocked, "1", "fraction of the evolutions that met a wall");
    writer.text(
        CONDITION_NAMES,
        String.join(" ", conditions.stream().map(Condition::name).toList()),
        DatasetInfo.of("1", "names of the conditions"));
    macroscopics.write(writer);
  }

  private static void ofConditions(
      Hdf5Writer writer, String path, double[] values, String units, String longName) {
    long[] dims = {values.length};
    writer.dataset(path, values, dims, DatasetInfo.of(units, longName, "condition"));
  }

  /** {@code temperature_K} has the unit K. */
  private static String unit(String parameter) {
    int underscore = parameter.lastIndexOf('_');
    return underscore < 0 ? "1" : parameter.substring(underscore + 1);
  }
}
