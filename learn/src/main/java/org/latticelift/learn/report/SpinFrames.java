package org.latticelift.learn.report;

import java.util.List;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.AtomFrame.LabelledAtoms;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.simulate.StateSeries;

/**
 * Spins on a square lattice as particles of two kinds at unit distance, rows along the first axis,
 * so that programs for atoms show them.
 */
final class SpinFrames implements Frames {
  private static final List<String> KINDS = List.of("Down", "Up");

  private final Hdf5Reader reader;
  private final String path;
  private final long[] dims;

  /** The states of one dataset ({@code path}: of the dataset, one state or a series). */
  SpinFrames(Hdf5Reader reader, String path) {
    this.reader = reader;
    this.path = path;
    long[] stored = reader.dims(path);
    this.dims =
        stored.length == 2
            ? new long[] {1, stored[0], stored[1]}
            : reader.requireDims(path, -1, -1, -1);
  }

  @Override
  public long count() {
    return dims[0];
  }

  @Override
  public AtomSource frame(long index) {
    long chosen = Frames.index(index, dims[0], reader.file() + " " + path);
    int sites = Math.toIntExact(dims[1] * dims[2]);
    byte[] spins = reader.bytes(path, chosen * sites, sites);
    int[] type = new int[sites];
    double[] position = new double[3 * sites];
    for (int site = 0; site < sites; site++) {
      type[site] = kind(spins[site]);
      position[3 * site] = site / dims[2];
      position[3 * site + 1] = site % dims[2];
    }
    double[] cell = {dims[1], 0, 0, 0, dims[2], 0, 0, 0, 1};
    long step = StateSeries.jumps(reader, path, chosen).orElse(chosen);
    return new LabelledAtoms(
        new AtomFrame(cell, type, position, step, KINDS), Frames.labels(reader, path, chosen));
  }

  private int kind(byte spin) {
    if (spin != 1 && spin != -1) {
      throw LatticeLiftException.badData(
          "a spin of " + spin, reader.file() + " " + path, "+1 or -1", "Make the file again");
    }
    return spin > 0 ? 2 : 1;
  }
}
