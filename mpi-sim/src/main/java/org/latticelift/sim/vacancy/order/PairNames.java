package org.latticelift.sim.vacancy.order;

import java.util.ArrayList;
import java.util.List;

/** Names of pairs in the order of AL-51: NbNb, NbMo, NbTa, MoMo, MoTa, TaTa. */
public final class PairNames {
  private PairNames() {}

  /**
   * All pairs of species ({@code species}: names in code order; {@code prefix}: of each name, such
   * as that of a shell); s (s + 1) / 2 names.
   */
  public static List<String> of(List<String> species, String prefix) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < species.size(); i++) {
      for (int j = i; j < species.size(); j++) {
        names.add(prefix + species.get(i) + species.get(j));
      }
    }
    return List.copyOf(names);
  }

  /**
   * What stands before the names of a shell's pairs ({@code shell}: 1 or more); nothing for the
   * nearest neighbours, else such as {@code shell2.}.
   */
  public static String prefix(int shell) {
    return shell == 1 ? "" : "shell" + shell + ".";
  }
}
