package org.latticelift.sim.vacancy.crystal;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * Names of species, and the lattice constant of the files that have them. They become words of atom
 * files, columns of tables and, two at a time, names of order parameters; so they are letters and
 * digits, and no two pairs of them read the same.
 */
public final class SpeciesNames {
  /** More codes do not fit into the four bits of a site of an environment. */
  public static final int MOST = 15;

  /** Attribute of files whose states have another lattice constant than their crystal, Å. */
  public static final String LATTICE_CONSTANT = "lattice_constant_A";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,15}");

  private SpeciesNames() {}

  /**
   * The lattice constant of the states of a file ({@code file}: with states of an alloy); Å; empty
   * where it is the crystal's own.
   */
  public static OptionalDouble latticeConstant(Hdf5Reader file) {
    if (file.findAttribute("/", LATTICE_CONSTANT).isEmpty()) {
      return OptionalDouble.empty();
    }
    List<String> text = file.textListAttribute("/", LATTICE_CONSTANT);
    try {
      double value = text.size() == 1 ? Decimal.parse(text.get(0)) : Double.NaN;
      if (value > 0 && value < Double.POSITIVE_INFINITY) {
        return OptionalDouble.of(value);
      }
    } catch (NumberFormatException e) {
      throw noConstant(file, text);
    }
    throw noConstant(file, text);
  }

  private static LatticeLiftException noConstant(Hdf5Reader file, List<String> text) {
    return LatticeLiftException.badData(
        text + " is no lattice constant",
        file.file() + " " + LATTICE_CONSTANT,
        "a length in Å",
        "Make the file again");
  }

  /**
   * Refuses names that cannot be used ({@code names}: in the order of their codes; {@code where}:
   * key or file, for the message).
   */
  public static List<String> require(List<String> names, String where) {
    if (names.size() > MOST) {
      throw LatticeLiftException.badData(
          names.size() + " species", where, "at most " + MOST, "Shorten the list");
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw LatticeLiftException.badData(
            "the species name '" + name + "'",
            where,
            "a letter, then letters and digits, 16 at most",
            "Rename it, for example to the symbol of the element");
      }
    }
    requireDistinct(names, where);
    return List.copyOf(names);
  }

  private static void requireDistinct(List<String> names, String where) {
    if (Set.copyOf(names).size() < names.size()) {
      throw LatticeLiftException.badData(
          "a species is listed twice: " + names, where, "different names", "Remove one");
    }
    Set<String> pairs = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      for (int j = i; j < names.size(); j++) {
        if (!pairs.add(names.get(i) + names.get(j))) {
          throw LatticeLiftException.badData(
              "two pairs of species read '" + names.get(i) + names.get(j) + "'",
              where,
              "names of which no two pairs read the same",
              "Rename one");
        }
      }
    }
  }
}
