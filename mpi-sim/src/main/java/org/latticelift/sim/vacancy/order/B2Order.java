package org.latticelift.sim.vacancy.order;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * B2 long-range order of BCC: (atoms of a species on corners - on centres)/atoms of the species,
 * from -1 to 1, 0 in a random alloy.
 */
final class B2Order implements OrderParameter {
  private static final int NONE = -1;

  private final List<String> names;
  private final double[] divisor;

  /** Index of each species code among those that are counted. */
  private final int[] slot;

  B2Order(OrderContext context, B2OrderConfig config) {
    if (!context.crystal().isBcc()) {
      throw LatticeLiftException.badData(
          "b2 order is not defined for crystal " + context.crystal().name(),
          "lattice.observables",
          "b2 for crystal bcc",
          "Remove b2");
    }
    List<String> species = config.species().orElse(context.speciesNames());
    names = species.stream().map(name -> "b2." + name).toList();
    divisor = new double[names.size()];
    slot = new int[context.species() + 1];
    Arrays.fill(slot, NONE);
    for (int s = 0; s < divisor.length; s++) {
      int code = 1 + context.speciesNames().indexOf(species.get(s));
      requireNew(species.get(s), code, context);
      divisor[s] = context.divisor(code);
      slot[code] = s;
    }
  }

  private void requireNew(String name, int code, OrderContext context) {
    if (code == 0 || slot[code] != NONE) {
      throw LatticeLiftException.badData(
          code == 0 ? "b2 order of species '" + name + "'" : "b2 order of " + name + " twice",
          "lattice.observables",
          "each of " + context.speciesNames() + " at most once",
          "Correct the list");
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int counters() {
    return divisor.length;
  }

  @Override
  public void add(Lattice lattice, CellBox box, long[] counts, int at) {
    for (int i = 0; i < box.nx(); i++) {
      byte[] plane = lattice.plane((box.x() + i) % lattice.nx());
      for (int k = 0; k < box.ny(); k++) {
        int row = (box.y() + k) % lattice.ny() * lattice.nz();
        for (int m = 0; m < box.nz(); m++) {
          int corner = 2 * (row + (box.z() + m) % lattice.nz());
          change(counts, at, plane[corner], 1);
          change(counts, at, plane[corner + 1], -1);
        }
      }
    }
  }

  @Override
  public void jumped(JumpEvent event, long[] counts, int at) {
    change(counts, at, event.species(), 2 * (event.basisTo() - event.basisFrom()));
  }

  private void change(long[] counts, int at, int code, int by) {
    if (slot[code] != NONE) {
      counts[at + slot[code]] += by;
    }
  }

  @Override
  public void linear(long[] counts, int at, double patches, double[] out, int to) {
    for (int s = 0; s < divisor.length; s++) {
      out[to + s] = counts[at + s] / divisor[s] * patches;
    }
  }

  @Override
  public double reference(int i) {
    return 0;
  }

  @Override
  public int whenShifted(int i) {
    return -1;
  }
}
