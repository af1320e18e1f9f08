package org.latticelift.io.atoms;

import java.util.ArrayList;
import java.util.List;

/**
 * Codes of the species that a file names: those of a list, or 1, 2, ... in the order of first
 * appearance. With a list, {@value #VACANCY} marks an empty site, code 0, as the dummy atoms of ASE
 * do, unless a species has that name.
 */
final class SpeciesCodes {
  private static final String VACANCY = "X";
  private static final int MAX_CODE = 127;

  private final List<String> names;
  private final boolean fixed;
  private final boolean vacancies;

  private SpeciesCodes(List<String> names, boolean fixed, boolean vacancies) {
    this.names = new ArrayList<>(names);
    this.fixed = fixed;
    this.vacancies = vacancies;
  }

  static SpeciesCodes expected(List<String> names) {
    return new SpeciesCodes(names, true, !names.contains(VACANCY));
  }

  /** What a file says itself; without a list of it, names are numbered as they come. */
  static SpeciesCodes ofFile(List<String> listed, TextFile text) {
    if (listed.size() > MAX_CODE) {
      throw text.error(listed.size() + " species names", "at most " + MAX_CODE);
    }
    return new SpeciesCodes(listed, !listed.isEmpty(), false);
  }

  /** The code of a name; an error at the line where the name is unknown. */
  int code(String name, TextFile text) {
    int known = names.indexOf(name);
    if (known >= 0) {
      return known + 1;
    }
    if (vacancies && name.equals(VACANCY)) {
      return 0;
    }
    if (fixed || names.size() == MAX_CODE) {
      String allowed = String.join(", ", names) + (vacancies ? ", X (an empty site)" : "");
      throw text.error("unknown species '" + TextFile.shorten(name) + "'", allowed);
    }
    names.add(name);
    return names.size();
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
