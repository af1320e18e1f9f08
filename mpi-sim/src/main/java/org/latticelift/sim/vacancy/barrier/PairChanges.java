package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/**
 * How one hop changes the pair energies: for each site beside the vacancy or the target, the change
 * for every moving species and every species of that site.
 */
final class PairChanges {
  private final int target;
  private final int codes;
  private final int[] site;
  private final double[] change;

  private PairChanges(int target, int codes, int[] site, double[] change) {
    this.target = target;
    this.codes = codes;
    this.site = site;
    this.change = change;
  }

  static PairChanges of(Crystal crystal, int basis, int d, PairEnergiesConfig energies) {
    EnvironmentGeometry geometry = crystal.environment(basis);
    int target = geometry.hopTarget(d);
    int[] beside = shellsOfTarget(crystal, basis, target, energies.shells().size());
    int codes = energies.species() + 1;
    List<Integer> sites = new ArrayList<>();
    List<Double> change = new ArrayList<>();
    for (int j = 0; j < geometry.sites(); j++) {
      int before = beside[j];
      int after = geometry.shellOf(j) <= energies.shells().size() ? geometry.shellOf(j) : 0;
      if (j != target && before != after) {
        sites.add(j);
        addChanges(change, energies, before, after, codes);
      }
    }
    return new PairChanges(
        target,
        codes,
        sites.stream().mapToInt(j -> j).toArray(),
        change.stream().mapToDouble(c -> c).toArray());
  }

  /** The atom leaves shell "before" of the site for shell "after"; the vacancy does the reverse. */
  private static void addChanges(
      List<Double> change, PairEnergiesConfig energies, int before, int after, int codes) {
    for (int atom = 0; atom < codes; atom++) {
      for (int other = 0; other < codes; other++) {
        change.add(
            energy(energies, after, atom, other)
                - energy(energies, before, atom, other)
                + energy(energies, before, 0, other)
                - energy(energies, after, 0, other));
      }
    }
  }

  private static double energy(PairEnergiesConfig energies, int shell, int a, int b) {
    return shell == 0 ? 0 : energies.pair(shell, a, b);
  }

  /** For each lab site of the vacancy its shell as seen from the target, 0 beyond the last. */
  private static int[] shellsOfTarget(Crystal crystal, int basis, int target, int shells) {
    EnvironmentGeometry geometry = crystal.environment(basis);
    SiteOffset hop = geometry.offset(target);
    EnvironmentGeometry there = crystal.environment(hop.basis());
    Map<SiteOffset, Integer> index = new HashMap<>();
    for (int j = 0; j < geometry.sites(); j++) {
      index.put(geometry.offset(j), j);
    }
    int[] beside = new int[geometry.sites()];
    for (int j = 0; j < there.sites(); j++) {
      SiteOffset o = there.offset(j);
      SiteOffset seen =
          new SiteOffset(hop.dx() + o.dx(), hop.dy() + o.dy(), hop.dz() + o.dz(), o.basis());
      boolean centre = seen.equals(new SiteOffset(0, 0, 0, basis));
      if (there.shellOf(j) <= shells && !centre) {
        Integer at = index.get(seen);
        if (at == null) {
          throw tooFar(crystal, there.shellOf(j));
        }
        beside[at] = there.shellOf(j);
      }
    }
    return beside;
  }

  private static LatticeLiftException tooFar(Crystal crystal, int shell) {
    return LatticeLiftException.badData(
        "pair energies of shell " + shell + " reach beyond the environment of a vacancy",
        "pairwise.shells, crystal '" + crystal.name() + "'",
        "shells whose pairs at the target of a hop all lie within the cut-off",
        "Give fewer shells or a crystal with a larger cut-off");
  }

  /** The site that the vacancy would move to. */
  int target() {
    return target;
  }

  /** Energy after the hop minus energy before it, eV, summed in site order. */
  double energyChange(byte[] environment, int at) {
    int moving = environment[at + target] * codes;
    double sum = 0;
    for (int i = 0; i < site.length; i++) {
      sum += change[i * codes * codes + moving + environment[at + site[i]]];
    }
    return sum;
  }
}
