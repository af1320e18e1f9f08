package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The species of stored barriers in the order of somebody else's codes. Species that only the
 * stored ones have come last, so that the number of codes stays. Immutable.
 *
 * @param names in the new order
 * @param stored for each name its place in the stored order, from 0
 */
public record SpeciesOrder(List<String> names, List<Integer> stored) {
  public SpeciesOrder {
    names = List.copyOf(names);
    stored = List.copyOf(stored);
  }

  /**
   * By name.
   *
   * @param wanted species in the order of the new codes, each once
   * @param stored species in the order of the stored codes
   * @param source of the stored ones, for messages
   * @return the order; an error where a species is not stored
   */
  public static SpeciesOrder of(List<String> wanted, List<String> stored, String source) {
    if (stored.isEmpty()) {
      throw LatticeLiftException.badData(
          "barriers of species without names",
          source,
          "an attribute species_names, such as Nb, Mo, Ta, in the order of the codes",
          "Add the attribute");
    }
    List<String> names = new ArrayList<>(wanted);
    stored.stream().filter(name -> !wanted.contains(name)).forEach(names::add);
    for (String name : wanted) {
      if (!stored.contains(name)) {
        throw LatticeLiftException.badData(
            "no barriers of species '" + name + "'",
            source,
            "species " + String.join(", ", stored) + " in any order",
            "Change the list of species (lattice.species), or take barriers of these");
      }
    }
    return new SpeciesOrder(names, names.stream().map(stored::indexOf).toList());
  }

  /** Codes as they are stored; the order without names. */
  static SpeciesOrder stored(int species) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < species; i++) {
      places.add(i);
    }
    return new SpeciesOrder(List.of(), places);
  }

  /** The stored code ({@code code}: 0 for a vacancy, else from 1 on); 0 for a vacancy. */
  public int storedCode(int code) {
    return code == 0 ? 0 : stored.get(code - 1) + 1;
  }

  /** One value per species, taken from their stored order. */
  <T> List<T> apply(List<T> values) {
    return stored.stream().map(values::get).toList();
  }

  /** Refuses lists that do not name each species once. */
  static List<String> requireDistinct(List<String> names, int species, String source) {
    boolean fits = names.isEmpty() || names.size() == species;
    if (!fits || new HashSet<>(names).size() < names.size()) {
      throw LatticeLiftException.badData(
          "names " + names,
          source,
          species + " different names, one for each species",
          "Correct the names");
    }
    return List.copyOf(names);
  }
}
