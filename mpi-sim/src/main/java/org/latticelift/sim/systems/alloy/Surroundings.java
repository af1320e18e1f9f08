package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * What surrounds one site of a lattice, as a lattice of its own (EX-25): whatever happens near the
 * middle of it happens as in the whole, bit for bit. Along an axis of which it holds all cells it
 * is the whole, periodic as that; along others it must not be read near its ends.
 */
final class Surroundings {
  /** Cells per axis to begin with: few vacancies go further in the 125 jumps of an evolution. */
  private static final int NEAR = 32;

  private final CellReader sites;
  private final LatticeShape whole;
  private final ShapeSimulator simulator;
  private final Lattice cells;
  private final int[] origin;
  private final int margin;
  private boolean left;

  /**
   * Reads them.
   *
   * @param sites the whole
   * @param site in the middle
   * @param simulator its lattice is filled; at most as large as the whole
   */
  Surroundings(CellReader sites, long site, ShapeSimulator simulator) {
    this.sites = sites;
    this.simulator = simulator;
    whole = sites.shape();
    cells = simulator.lattice();
    margin = margin(whole);
    int basis = whole.crystal().basisCount();
    origin =
        new int[] {
          origin(SiteIndex.x(site, whole.ny(), whole.nz(), basis), cells.nx(), whole.nx()),
          origin(SiteIndex.y(site, whole.ny(), whole.nz(), basis), cells.ny(), whole.ny()),
          origin(SiteIndex.z(site, whole.nz(), basis), cells.nz(), whole.nz())
        };
    sites.read(origin[0], origin[1], origin[2], cells);
  }

  /**
   * Cells between a vacancy and an end: the environment of a site to which it hops must be there.
   */
  private static int margin(LatticeShape whole) {
    return 2 * whole.crystal().reach();
  }

  /** Cells per axis to begin with: room for a patch and what its sites are bound to. */
  static int cells(CellBox patch, LatticeShape whole) {
    int longest = Math.max(patch.nx(), Math.max(patch.ny(), patch.nz()));
    return Math.max(NEAR, longest + 2 * margin(whole));
  }

  /** Size that mostly is enough. */
  static Cells usual() {
    return new Cells(NEAR, NEAR, NEAR);
  }

  /** Size with so many cells per axis, or all that there are. */
  static Cells size(LatticeShape whole, int cells) {
    return new Cells(
        Math.min(cells, whole.nx()), Math.min(cells, whole.ny()), Math.min(cells, whole.nz()));
  }

  private static int origin(int at, int cells, int all) {
    return cells == all ? 0 : Math.floorMod(at - cells / 2, all);
  }

  /** Where the sites are. */
  ShapeSimulator simulator() {
    return simulator;
  }

  Lattice lattice() {
    return cells;
  }

  /** Whether they were read here. */
  boolean of(CellReader reader) {
    return sites == reader;
  }

  /** Whether they are the whole. */
  boolean complete() {
    return cells.sites() == whole.sites();
  }

  /** The number that a site of the whole has here. */
  long site(long site) {
    int basis = whole.crystal().basisCount();
    return cells.index(
        Math.floorMod(SiteIndex.x(site, whole.ny(), whole.nz(), basis) - origin[0], whole.nx()),
        Math.floorMod(SiteIndex.y(site, whole.ny(), whole.nz(), basis) - origin[1], whole.ny()),
        Math.floorMod(SiteIndex.z(site, whole.nz(), basis) - origin[2], whole.nz()),
        SiteIndex.b(site, basis));
  }

  /** A box of the whole that lies within. */
  CellBox box(CellBox box) {
    return new CellBox(
        Math.floorMod(box.x() - origin[0], whole.nx()),
        Math.floorMod(box.y() - origin[1], whole.ny()),
        Math.floorMod(box.z() - origin[2], whole.nz()),
        box.nx(),
        box.ny(),
        box.nz());
  }

  /** A region of the whole, for sites of the surroundings. */
  Region region(CellBox box) {
    Region region = box.region(whole);
    return (x, y, z, b) ->
        region.contains(
            (x + origin[0]) % whole.nx(),
            (y + origin[1]) % whole.ny(),
            (z + origin[2]) % whole.nz(),
            b);
  }

  /** Notes whether a jump led so near to an end that more may have been read than is there. */
  void jumped(JumpEvent event) {
    int basis = whole.crystal().basisCount();
    left |=
        !inside(SiteIndex.x(event.to(), cells.ny(), cells.nz(), basis), cells.nx(), whole.nx())
            || !inside(
                SiteIndex.y(event.to(), cells.ny(), cells.nz(), basis), cells.ny(), whole.ny())
            || !inside(SiteIndex.z(event.to(), cells.nz(), basis), cells.nz(), whole.nz());
  }

  private boolean inside(int at, int size, int all) {
    return size == all || at >= margin && at < size - margin;
  }

  /** Whether that happened. */
  boolean left() {
    return left;
  }
}
