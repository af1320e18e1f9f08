package org.latticelift.sim.vacancy.order;

import java.util.ArrayList;
import java.util.List;

/** Names of pairs in the order of AL-51: NbNb, NbMo, NbTa, MoMo, MoTa, TaTa. */
final class PairNames {
  private PairNames() {}

  static List<String> of(List<String> species, String prefix) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < species.size(); i++) {
      for (int j = i; j < species.size(); j++) {
        names.add(prefix + species.get(i) + species.get(j));
      }
    }
    return List.copyOf(names);
  }

  static String prefix(int shell) {
    return shell == 1 ? "" : "shell" + shell + ".";
  }
}
