package org.latticelift.sim.vacancy.order;

import java.util.List;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The plain twin of {@link PaddedBondCount}: one bond after the other. It reads two rows side by
 * side per forward neighbour: about 4 ns per site for the first shell of BCC; {@code
 * LatticeBenchmark} measures it.
 */
final class PlainBondCount implements BondCount {
  private final List<List<SiteOffset>> forward;

  /** For the neighbours to which the sites of each basis position own bonds. */
  PlainBondCount(List<List<SiteOffset>> forward) {
    this.forward = forward;
  }

  @Override
  public void add(Lattice lattice, CellBox box, long[] histogram) {
    for (int i = 0; i < box.nx(); i++) {
      int x = wrap(box.x() + i, lattice.nx());
      for (int b = 0; b < forward.size(); b++) {
        for (SiteOffset offset : forward.get(b)) {
          addPlane(lattice, box, x, b, offset, histogram);
        }
      }
    }
  }

  private static void addPlane(
      Lattice lattice, CellBox box, int x, int b, SiteOffset offset, long[] histogram) {
    int bases = lattice.crystal().basisCount();
    int nz = lattice.nz();
    byte[] owners = lattice.plane(x);
    byte[] others = lattice.plane(wrap(x + offset.dx(), lattice.nx()));
    for (int k = 0; k < box.ny(); k++) {
      int y = wrap(box.y() + k, lattice.ny());
      int ownRow = y * nz;
      int otherRow = wrap(y + offset.dy(), lattice.ny()) * nz;
      int z = box.z();
      for (int left = box.nz(); left > 0; ) {
        int other = wrap(z + offset.dz(), nz);
        int run = Math.min(left, nz - Math.max(z, other));
        count(
            owners,
            (ownRow + z) * bases + b,
            others,
            (otherRow + other) * bases + offset.basis(),
            bases,
            run,
            histogram);
        left -= run;
        z = wrap(z + run, nz);
      }
    }
  }

  private static void count(
      byte[] owners, int own, byte[] others, int other, int stride, int run, long[] histogram) {
    int i = own;
    int j = other;
    for (int n = 0; n < run; n++) {
      histogram[owners[i] * CODES + others[j]]++;
      i += stride;
      j += stride;
    }
  }

  private static int wrap(int i, int n) {
    if (i < 0) {
      return i + n;
    }
    return i >= n ? i - n : i;
  }
}
