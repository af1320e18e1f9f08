package org.latticelift.io.atoms;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;

/**
 * VTKHDF files (version 2.0), which ParaView and VTK open: the atoms of a frame are the points of
 * one cell of an unstructured grid, with their codes as {@code species} and what they have beside.
 * Several frames are steps in time. 33 bytes per atom; a frame need not be in memory.
 */
public final class Vtkhdf {
  private static final String ROOT = "/VTKHDF";
  private static final int SPACE = 3;
  private static final int BATCH = 1 << 16;

  /** The type of a cell that is any number of points. */
  private static final byte POLY_VERTEX = 2;

  private final List<? extends AtomSource> frames;
  private final long[] counts;

  private Vtkhdf(List<? extends AtomSource> frames) {
    this.frames = frames;
    this.counts = frames.stream().mapToLong(AtomSource::count).toArray();
  }

  /**
   * Writes frames ({@code file}: does not exist yet; {@code frames}: at least one; times are their
   * labels {@code time}, else their numbers).
   */
  public static void write(Path file, List<? extends AtomSource> frames) {
    new Vtkhdf(frames).write(file);
  }

  private void write(Path file) {
    long atoms = LongStream.of(counts).sum();
    SlabDataset points;
    SlabDataset species;
    SlabDataset ids;
    List<SlabDataset> more = new ArrayList<>();
    try (Hdf5Writer writer = Hdf5Writer.createWithoutScales(file)) {
      writer.attribute(ROOT, "Version", new long[] {2, 0});
      writer.asciiAttribute(ROOT, "Type", "UnstructuredGrid");
      List<String> names = frames.get(0).speciesNames();
      if (!names.isEmpty()) {
        writer.attribute("/", "species_names", names.toArray(new String[0]));
      }
      topology(writer);
      points =
          writer.reserve(
              ROOT + "/Points",
              ElementType.FLOAT64,
              new long[] {atoms, SPACE},
              DatasetInfo.of("Å", "positions", "atom", "axis"));
      ids =
          writer.reserve(
              ROOT + "/Connectivity",
              ElementType.INT64,
              new long[] {atoms},
              DatasetInfo.of("1", "points of the cells", "atom"));
      species =
          writer.reserve(
              ROOT + "/PointData/species",
              ElementType.UINT8,
              new long[] {atoms},
              DatasetInfo.of("1", "species code", "atom").asUnsigned());
      for (String property : properties()) {
        more.add(
            writer.reserve(
                ROOT + "/PointData/" + property,
                ElementType.FLOAT64,
                new long[] {atoms},
                DatasetInfo.of("1", property, "atom")));
      }
      if (frames.size() > 1) {
        steps(writer);
      }
    }
    try (points;
        species;
        ids) {
      fill(points, species, ids, more);
    } catch (IOException e) {
      throw LatticeLiftException.unwritable(file, e);
    }
  }

  private List<String> properties() {
    return frames.get(0).properties();
  }

  private void topology(Hdf5Writer writer) {
    long[] ends = new long[2 * frames.size()];
    for (int i = 0; i < counts.length; i++) {
      ends[2 * i + 1] = counts[i];
    }
    byte[] types = new byte[frames.size()];
    Arrays.fill(types, POLY_VERTEX);
    put(writer, "NumberOfPoints", counts, "points of each part");
    put(writer, "NumberOfConnectivityIds", counts, "points in cells of each part");
    put(writer, "NumberOfCells", ones(), "cells of each part");
    put(writer, "Offsets", ends, "where the points of each cell begin and end");
    writer.dataset(
        ROOT + "/Types",
        types,
        new long[] {types.length},
        DatasetInfo.of("1", "kind of each cell", "cell").asUnsigned());
  }

  private void steps(Hdf5Writer writer) {
    String steps = ROOT + "/Steps";
    int n = frames.size();
    writer.attribute(steps, "NSteps", (long) n);
    double[] times = new double[n];
    for (int i = 0; i < n; i++) {
      String time = frames.get(i).labels().get("time");
      times[i] = time == null ? i : Double.parseDouble(time);
    }
    writer.dataset(
        steps + "/Values", times, new long[] {n}, DatasetInfo.of("1", "time of each step", "step"));
    long[] before = new long[n];
    for (int i = 1; i < n; i++) {
      before[i] = before[i - 1] + counts[i - 1];
    }
    long[] number = LongStream.range(0, n).toArray();
    put(writer, "Steps/PartOffsets", number, "first part of each step");
    put(writer, "Steps/NumberOfParts", ones(), "parts of each step");
    put(writer, "Steps/PointOffsets", before, "first point of each step");
    put(writer, "Steps/PointDataOffsets/species", before, "first code of each step");
    for (String property : properties()) {
      put(writer, "Steps/PointDataOffsets/" + property, before, "first value of each step");
    }
    for (String each : List.of("CellOffsets", "ConnectivityIdOffsets")) {
      writer.dataset(
          steps + "/" + each,
          each.equals("CellOffsets") ? number : before,
          new long[] {n, 1},
          DatasetInfo.of("1", "first of each step", "step", "topology"));
    }
  }

  private long[] ones() {
    long[] ones = new long[frames.size()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static void put(Hdf5Writer writer, String name, long[] values, String what) {
    long[] shape = {values.length};
    writer.dataset(ROOT + "/" + name, values, shape, DatasetInfo.of("1", what, "part"));
  }

  private void fill(
      SlabDataset points, SlabDataset species, SlabDataset ids, List<SlabDataset> more)
      throws IOException {
    try {
      Batch batch = new Batch(points, species, ids, more);
      for (AtomSource frame : frames) {
        batch.beginFrame();
        frame.forEach(batch);
      }
      batch.flush();
    } finally {
      more.forEach(SlabDataset::close);
    }
  }

  /** Atoms on their way to the file. */
  private static final class Batch implements Sink {
    private final List<SlabDataset> slabs = new ArrayList<>();
    private final double[] position = new double[SPACE * BATCH];
    private final byte[] code = new byte[BATCH];
    private final long[] id = new long[BATCH];
    private final List<SlabDataset> more;
    private final double[][] values;
    private long written;
    private long inFrame;
    private int held;

    Batch(SlabDataset points, SlabDataset species, SlabDataset ids, List<SlabDataset> properties) {
      slabs.addAll(List.of(points, species, ids));
      more = properties;
      values = new double[properties.size()][BATCH];
    }

    void beginFrame() {
      inFrame = 0;
    }

    @Override
    public void atom(int type, double x, double y, double z) {
      position[SPACE * held] = x;
      position[SPACE * held + 1] = y;
      position[SPACE * held + 2] = z;
      code[held] = (byte) type;
      id[held] = inFrame++;
      held++;
      if (held == BATCH && more.isEmpty()) {
        flush();
      }
    }

    /** Of the atom before. */
    @Override
    public void properties(double[] own) {
      for (int p = 0; p < own.length; p++) {
        values[p][held - 1] = own[p];
      }
      if (held == BATCH) {
        flush();
      }
    }

    void flush() {
      slabs.get(0).write(SPACE * written, position, 0, SPACE * held);
      slabs.get(1).write(written, code, 0, held);
      slabs.get(2).write(written, id, 0, held);
      for (int p = 0; p < values.length; p++) {
        more.get(p).write(written, values[p], 0, held);
      }
      written += held;
      held = 0;
    }
  }
}
