package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;

/**
 * A linear barrier model as a file: HDF5, or YAML for people, which has the same numbers to the
 * last digit. In HDF5: {@code activation} [m] eV, {@code pairs} [n,m,m] eV, {@code vacancy} [n,m]
 * eV, {@code saddle} [k,m,m] eV (m species, n shells of pairs, k shells around the saddle point)
 * and attributes of the file; {@code table_error} where the model was fitted.
 */
public record LinearModelFile(
    @Doc("crystal of the model") KnownCrystal crystal,
    @Key("attempt_frequency_per_s") @Doc("attempt frequency of each species")
        List<Double> attemptFrequency,
    @Doc("the numbers of the model") LinearTerms terms,
    @Key("table_error") @Doc("how far it is from the table it was fitted to")
        Optional<TableError> error) {
  private static final String ROOT = "/";
  private static final List<String> YAML = List.of(".yaml", ".yml");

  /** Checks that each species has an attempt frequency and a name. */
  public LinearModelFile {
    attemptFrequency = List.copyOf(attemptFrequency);
    if (attemptFrequency.size() != terms.species()
        || attemptFrequency.stream().anyMatch(value -> !(value > 0))) {
      throw LatticeLiftException.badData(
          attemptFrequency.size() + " attempt frequencies",
          "a linear barrier model",
          "a positive number for each of " + terms.species() + " species",
          "Fit the model again");
    }
  }

  /** Reads either form, YAML by the ending of the name. */
  public static LinearModelFile read(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (YAML.stream().anyMatch(name::endsWith)) {
      return Binder.bind(ConfigNode.load(file, List.of()), LinearModelFile.class);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return read(reader, "");
    }
  }

  /** Whether an HDF5 file has a linear model in a group; an empty name is the file itself. */
  public static boolean isIn(Hdf5Reader reader, String group) {
    return reader.exists(group + "/activation");
  }

  /** Reads the model of a group of an open file; an empty name is the file itself. */
  public static LinearModelFile read(Hdf5Reader reader, String group) {
    String at = group.isEmpty() ? ROOT : group;
    int species = Math.toIntExact(reader.requireDims(group + "/activation", -1)[0]);
    long[] pairs = reader.requireDims(group + "/pairs", -1, species, species);
    reader.requireDims(group + "/vacancy", pairs[0], species);
    long[] saddle = reader.requireDims(group + "/saddle", -1, species, species);
    LinearTerms terms =
        new LinearTerms(
            list(reader.doubles(group + "/activation"), 0, species),
            matrices(reader.doubles(group + "/pairs"), (int) pairs[0], species),
            Optional.of(rows(reader.doubles(group + "/vacancy"), 0, (int) pairs[0], species)),
            Optional.of(matrices(reader.doubles(group + "/saddle"), (int) saddle[0], species)),
            reader.doubleAttribute(at, "floor_eV"),
            reader.textListAttribute(at, "species_names"));
    return new LinearModelFile(
        crystal(reader, at),
        list(frequencies(reader, at, species), 0, species),
        terms,
        TableError.read(reader));
  }

  private static KnownCrystal crystal(Hdf5Reader reader, String at) {
    String name = reader.textAttribute(at, "crystal");
    return Arrays.stream(KnownCrystal.values())
        .filter(known -> Binder.text(known).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "crystal '" + name + "'",
                    reader.file() + ", attribute crystal",
                    "bcc or fcc",
                    "Fit the model again"));
  }

  private static double[] frequencies(Hdf5Reader reader, String at, int species) {
    Object stored = reader.attribute(at, "attempt_frequency_per_s");
    if (stored instanceof double[] several && several.length == species) {
      return several;
    }
    double[] all = new double[species];
    Arrays.fill(all, reader.doubleAttribute(at, "attempt_frequency_per_s"));
    return all;
  }

  private static List<Double> list(double[] values, int from, int count) {
    return Arrays.stream(values, from, from + count).boxed().toList();
  }

  private static List<List<Double>> rows(double[] values, int from, int count, int width) {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(list(values, from + i * width, width));
    }
    return rows;
  }

  private static List<List<List<Double>>> matrices(double[] values, int count, int width) {
    List<List<List<Double>>> matrices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      matrices.add(rows(values, i * width * width, width, width));
    }
    return matrices;
  }

  /** Writes the model into a group of an open file; an empty name is the file itself. */
  public void write(Hdf5Writer writer, String group) {
    if (!group.isEmpty()) {
      writer.group(group);
    }
    String at = group.isEmpty() ? ROOT : group;
    long m = terms.species();
    int n = terms.shells().size();
    writer.attribute(at, "crystal", Binder.text(crystal));
    writer.attribute(at, "species_names", terms.speciesNames().toArray(String[]::new));
    writer.attribute(
        at,
        "attempt_frequency_per_s",
        attemptFrequency.stream().mapToDouble(value -> value).toArray());
    writer.attribute(at, "floor_eV", terms.floor());
    put(writer, group + "/activation", terms.activation(), new long[] {m}, "activation energy");
    put(writer, group + "/pairs", flat(terms.shells()), new long[] {n, m, m}, "energy of a pair");
    List<Double> vacancy = new ArrayList<>();
    for (int shell = 1; shell <= n; shell++) {
      for (int s = 1; s <= m; s++) {
        vacancy.add(terms.pair(shell, 0, s));
      }
    }
    put(writer, group + "/vacancy", vacancy, new long[] {n, m}, "energy of an atom and a vacancy");
    put(
        writer,
        group + "/saddle",
        flat(terms.saddle().orElse(List.of())),
        new long[] {terms.saddleShells(), m, m},
        "addition to the activation of a jumping species by a species around the saddle point");
    error.ifPresent(found -> found.write(writer));
  }

  private static List<Double> flat(List<List<List<Double>>> matrices) {
    return matrices.stream().flatMap(List::stream).flatMap(List::stream).toList();
  }

  private static void put(
      Hdf5Writer writer, String path, List<Double> values, long[] dims, String name) {
    String[] axes = {"shell", "species", "neighbour"};
    writer.dataset(
        path,
        values.stream().mapToDouble(value -> value).toArray(),
        dims,
        DatasetInfo.of(
            "eV",
            name,
            dims.length == 1 ? new String[] {"species"} : Arrays.copyOf(axes, dims.length)));
  }

  /** The model as YAML. */
  public String toYaml() {
    return Binder.resolve(this).toYaml();
  }

  /**
   * The barrier model.
   *
   * @param of the crystal that asks for it; another one is refused
   * @param species in the order of the codes; empty: as the file has them
   * @param source the file, for messages
   */
  public LinearBarrier model(
      String name, Crystal of, Optional<List<String>> species, String source) {
    if (crystal.crystal() != of) {
      throw LatticeLiftException.badData(
          "barriers of crystal '" + Binder.text(crystal) + "'",
          source,
          "a model of crystal '" + of.name() + "'",
          "Change lattice.crystal or take another file");
    }
    LinearTerms ordered = species.map(names -> terms.inOrderOf(names, source)).orElse(terms);
    List<Double> frequency =
        species
            .map(names -> SpeciesOrder.of(names, terms.speciesNames(), source))
            .map(order -> order.apply(attemptFrequency))
            .orElse(attemptFrequency);
    return new LinearBarrier(
        name, of, ordered, frequency.stream().mapToDouble(value -> value).toArray(), error);
  }
}
