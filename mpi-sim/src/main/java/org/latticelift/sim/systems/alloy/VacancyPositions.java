package org.latticelift.sim.systems.alloy;

import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * Dataset {@code vacancies/position}: half-grid units for BCC (AL-04), else cells and basis
 * position.
 */
final class VacancyPositions {
  private static final int AXES = 3;

  private VacancyPositions() {}

  /**
   * Writes the positions.
   *
   * @param sites numbers of vacant sites of a lattice with these cells
   */
  static void write(Hdf5Writer file, String group, Crystal crystal, Cells cells, long... sites) {
    boolean bcc = crystal.isBcc();
    int columns = bcc ? AXES : AXES + 1;
    long[] position = new long[columns * sites.length];
    for (int i = 0; i < sites.length; i++) {
      place(sites[i], crystal, cells, bcc, position, columns * i);
    }
    file.group(group + "/vacancies");
    file.dataset(
        group + "/vacancies/position",
        position,
        new long[] {sites.length, columns},
        DatasetInfo.of(
            bcc ? "half cell" : "cell", "positions of the vacancies", "vacancy", "coordinate"));
  }

  private static void place(
      long site, Crystal crystal, Cells cells, boolean bcc, long[] to, int at) {
    int basis = crystal.basisCount();
    int b = SiteIndex.b(site, basis);
    long[] cell = {
      SiteIndex.x(site, cells.ny(), cells.nz(), basis),
      SiteIndex.y(site, cells.ny(), cells.nz(), basis),
      SiteIndex.z(site, cells.nz(), basis)
    };
    for (int axis = 0; axis < AXES; axis++) {
      to[at + axis] = bcc ? 2 * cell[axis] + b : cell[axis];
    }
    if (!bcc) {
      to[at + AXES] = b;
    }
  }
}
