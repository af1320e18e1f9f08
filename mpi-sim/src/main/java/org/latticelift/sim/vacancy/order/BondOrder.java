package org.latticelift.sim.vacancy.order;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * One value for each chosen pair of species: a factor times the number of its bonds, plus a
 * reference.
 */
abstract class BondOrder implements OrderParameter {
  private final PairCounter counter;
  private final List<String> names;

  /** Of the values, where their pairs are in the order of AL-51. */
  private final int[] pair;

  /** Of all pairs. */
  private final double[] factor;

  /** For one shell; {@link #scale} is to be called for every pair, chosen or not. */
  BondOrder(OrderContext context, int shell, String prefix, Optional<List<String>> chosen) {
    counter = PairCounter.of(context.crystal(), shell, context.species());
    List<String> all = PairNames.of(context.speciesNames(), "");
    pair = chosen.map(some -> places(some, all)).orElse(IntStream.range(0, all.size()).toArray());
    String before = prefix + PairNames.prefix(shell);
    names = IntStream.of(pair).mapToObj(k -> before + all.get(k)).toList();
    factor = new double[all.size()];
  }

  private static int[] places(List<String> chosen, List<String> all) {
    HashSet<String> seen = new HashSet<>();
    for (String name : chosen) {
      if (!all.contains(name) || !seen.add(name)) {
        throw LatticeLiftException.badData(
            all.contains(name) ? "order of " + name + " twice" : "order of pair '" + name + "'",
            "lattice.observables",
            "each of " + all + " at most once",
            "Correct the list");
      }
    }
    if (chosen.isEmpty()) {
      throw LatticeLiftException.badData(
          "no pair", "lattice.observables", "some of " + all, "Name some, or leave 'pairs' out");
    }
    return chosen.stream().mapToInt(all::indexOf).toArray();
  }

  /** Where the pair of a value is in the order of AL-51. */
  final int pair(int i) {
    return pair[i];
  }

  /** Sets the factor of pair k in the order of AL-51. */
  final void scale(int k, double perBond) {
    factor[k] = perBond;
  }

  /** Neighbours of a site in the shell. */
  final double coordination() {
    return counter.coordination();
  }

  @Override
  public final List<String> names() {
    return names;
  }

  @Override
  public final int counters() {
    return counter.counters();
  }

  @Override
  public final void add(Lattice lattice, CellBox box, long[] counts, int at) {
    counter.add(lattice, box, counts, at);
  }

  @Override
  public final void jumped(JumpEvent event, long[] counts, int at) {
    counter.jumped(event, counts, at);
  }

  @Override
  public final void linear(long[] counts, int at, double patches, double[] out, int to) {
    for (int i = 0; i < pair.length; i++) {
      out[to + i] = counts[at + pair[i]] * factor[pair[i]] * patches;
    }
  }

  @Override
  public final int whenShifted(int i) {
    return 1;
  }
}
