package org.latticelift.sim.vacancy.order;

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
  private final List<String> names;
  private final double[] divisor;

  B2Order(OrderContext context) {
    if (!context.crystal().isBcc()) {
      throw LatticeLiftException.badData(
          "b2 order is not defined for crystal " + context.crystal().name(),
          "lattice.observables",
          "b2 for crystal bcc",
          "Remove b2");
    }
    names = context.speciesNames().stream().map(name -> "b2." + name).toList();
    divisor = new double[names.size()];
    for (int s = 0; s < divisor.length; s++) {
      divisor[s] = context.divisor(s + 1);
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

  private static void change(long[] counts, int at, int code, int by) {
    if (code != Lattice.VACANCY) {
      counts[at + code - 1] += by;
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
}
