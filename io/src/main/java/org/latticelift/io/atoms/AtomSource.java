package org.latticelift.io.atoms;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The atoms of one frame, one after the other, so that a large frame need not be in memory. */
public interface AtomSource {
  /** The periodic cell; its corner is the origin; 9 numbers, three row vectors, Å. */
  double[] cell();

  /** Number of atoms; not negative. */
  long count();

  /** Step number of the frame; not negative. */
  long timestep();

  /** Names of the species; name of code 1, 2, ...; empty if there are no names. */
  List<String> speciesNames();

  /**
   * What is known of the frame, in the order in which it is written: words without blanks as keys,
   * such as {@code time}, {@code temperature_K} or {@code run}; may be empty.
   */
  default Map<String, String> labels() {
    return Map.of();
  }

  /**
   * What each atom has beside its species and position; names of numbers, words without blanks; may
   * be empty.
   */
  default List<String> properties() {
    return List.of();
  }

  /**
   * Hands out all atoms in their order.
   *
   * @param sink takes one after the other
   * @throws IOException if the sink does
   */
  void forEach(Sink sink) throws IOException;
}
