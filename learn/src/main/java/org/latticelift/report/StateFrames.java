package org.latticelift.report;

import java.util.List;
import org.latticelift.atoms.AtomFrame;
import org.latticelift.crystal.Crystal;
import org.latticelift.crystal.CrystalSpec;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.hdf5.Hdf5Reader;

/**
 * States of a lattice of atoms, at their positions. Vacancies are left out, as in the dump of
 * AL-06.
 */
final class StateFrames implements Frames {
  private final Hdf5Reader reader;
  private final Crystal crystal;
  private final String path;
  private final long[] dims;
  private final List<String> species;

  /**
   * The states of one dataset.
   *
   * @param reader an open file
   * @param crystal whose lattice it is
   * @param path of the dataset, one state or a series
   */
  StateFrames(Hdf5Reader reader, Crystal crystal, String path) {
    this.reader = reader;
    this.crystal = crystal;
    this.path = path;
    this.dims = dims(reader, path, crystal.basisCount());
    this.species = reader.textListAttribute("/", "species_names");
  }

  /** A single state is a series of one. */
  private static long[] dims(Hdf5Reader reader, String path, int basis) {
    if (reader.dims(path).length != 4) {
      return reader.requireDims(path, -1, -1, -1, -1, basis);
    }
    long[] one = reader.requireDims(path, -1, -1, -1, basis);
    return new long[] {1, one[0], one[1], one[2], one[3]};
  }

  @Override
  public AtomFrame frame(long index) {
    long chosen = Frames.index(index, dims[0], reader.file() + " " + path);
    int sites = Math.toIntExact(dims[1] * dims[2] * dims[3] * dims[4]);
    byte[] codes = reader.bytes(path, chosen * sites, sites);
    int atoms = 0;
    for (byte code : codes) {
      atoms += check(code) == 0 ? 0 : 1;
    }
    int[] type = new int[atoms];
    double[] position = new double[3 * atoms];
    int at = 0;
    for (int site = 0; site < sites; site++) {
      if (codes[site] != 0) {
        type[at] = codes[site];
        place(site, position, 3 * at);
        at++;
      }
    }
    return new AtomFrame(cell(), type, position, jumps(chosen), species);
  }

  private int check(byte code) {
    if (code < 0 || code > species.size()) {
      throw LatticeLiftException.badData(
          "the species code " + code + " has no name",
          reader.file() + " " + path,
          "0 (vacancy) to " + species.size(),
          "Make the file again");
    }
    return code;
  }

  private void place(int site, double[] position, int at) {
    int b = (int) (site % dims[4]);
    long rest = site / dims[4];
    long z = rest % dims[3];
    long y = rest / dims[3] % dims[2];
    long x = rest / dims[3] / dims[2];
    CrystalSpec spec = crystal.spec();
    List<Double> inside = spec.basis().get(b);
    double[] fractional = {x + inside.get(0), y + inside.get(1), z + inside.get(2)};
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        position[at + axis] += fractional[row] * spec.cell().get(row).get(axis);
      }
    }
  }

  private double[] cell() {
    double[] cell = new double[9];
    for (int row = 0; row < 3; row++) {
      for (int axis = 0; axis < 3; axis++) {
        cell[3 * row + axis] = dims[1 + row] * crystal.spec().cell().get(row).get(axis);
      }
    }
    return cell;
  }

  private long jumps(long index) {
    String jumps = path.replaceFirst("species$", "jumps");
    return reader.exists(jumps) ? reader.longs(jumps, index, 1)[0] : index;
  }
}
