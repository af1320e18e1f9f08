package org.latticelift.learn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.latticelift.io.atoms.AtomFrame.LabelledAtoms;
import org.latticelift.io.atoms.AtomSource;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.atoms.Sink;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.simulate.StateSeries;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

/**
 * States of a lattice of atoms, at their positions. Vacancies are left out, as in the dump of
 * AL-06, unless they are asked for: then an empty site is an atom {@value #EMPTY}.
 */
final class StateFrames implements Frames {
  private static final int SPACE = 3;
  private static final String EMPTY = "X";

  private final Hdf5Reader reader;
  private final String path;
  private final long[] dims;
  private final List<String> species;
  private final double[][] axes;
  private final double[][] basis;
  private final boolean vacancies;
  private final double most;
  private final Crystal crystal;
  private final Optional<Crystal> neighbours;

  /**
   * The states of one dataset.
   *
   * @param path of the dataset, one state or a series
   * @param vacancies whether empty sites are atoms, too
   * @param most largest share of empty sites; more are refused
   */
  StateFrames(
      Hdf5Reader reader,
      Crystal crystal,
      String path,
      boolean vacancies,
      double most,
      boolean order) {
    this.crystal = crystal;
    this.neighbours = order ? Optional.of(crystal) : Optional.empty();
    this.reader = reader;
    this.vacancies = vacancies;
    this.most = most;
    this.axes = axes(reader, crystal);
    this.basis = matrix(crystal.spec().basis());
    this.path = path;
    this.dims = dims(reader, path, crystal.basisCount());
    this.species =
        SpeciesNames.require(
            reader.textListAttribute("/", "species_names"), reader.file() + " species_names");
  }

  /** Vectors of a cell with the lattice constant of the file. */
  private static double[][] axes(Hdf5Reader reader, Crystal crystal) {
    double[][] axes = matrix(crystal.spec().cell());
    double own = axes[0][0];
    SpeciesNames.latticeConstant(reader)
        .ifPresent(
            a -> {
              for (double[] row : axes) {
                Arrays.setAll(row, axis -> row[axis] / own * a);
              }
            });
    return axes;
  }

  private static double[][] matrix(List<List<Double>> rows) {
    return rows.stream()
        .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
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
  public long count() {
    return dims[0];
  }

  @Override
  public long sites() {
    return dims[1] * dims[2] * dims[3] * dims[4];
  }

  @Override
  public Optional<Crystal> crystal() {
    return Optional.of(crystal);
  }

  @Override
  public AtomSource frame(long index) {
    long chosen = Frames.index(index, dims[0], reader.file() + " " + path);
    return new LabelledAtoms(new State(chosen), Frames.labels(reader, path, chosen));
  }

  /** One state, of which a plane is in memory. */
  private final class State implements AtomSource {
    private final long index;
    private final int planeSites;
    private final long count;

    State(long index) {
      this.index = index;
      planeSites = Math.toIntExact(dims[2] * dims[3] * dims[4]);
      long sites = dims[1] * planeSites;
      long empty = 0;
      for (int x = 0; x < dims[1]; x++) {
        for (byte code : plane(x)) {
          empty += check(code) == 0 ? 1 : 0;
        }
      }
      new EmptySites(empty, sites)
          .requireAtMost(most, reader.file() + " " + path + ", state " + index);
      count = vacancies ? sites : sites - empty;
    }

    private byte[] plane(int x) {
      return reader.bytes(path, (index * dims[1] + x) * planeSites, planeSites);
    }

    @Override
    public double[] cell() {
      double[] cell = new double[SPACE * SPACE];
      for (int row = 0; row < SPACE; row++) {
        for (int axis = 0; axis < SPACE; axis++) {
          cell[SPACE * row + axis] = dims[1 + row] * axes[row][axis];
        }
      }
      return cell;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public long timestep() {
      return jumps(index);
    }

    @Override
    public List<String> speciesNames() {
      return vacancies ? Stream.concat(species.stream(), Stream.of(EMPTY)).toList() : species;
    }

    @Override
    public List<String> properties() {
      return neighbours.isEmpty()
          ? List.of()
          : species.stream().map(name -> "warren_cowley_" + name).toList();
    }

    @Override
    public void forEach(Sink sink) throws IOException {
      Optional<LocalOrder> order =
          neighbours.map(crystal -> new LocalOrder(crystal, dims, species.size(), this::plane));
      for (int x = 0; x < dims[1]; x++) {
        byte[] plane = plane(x);
        for (int i = 0; i < planeSites; i++) {
          if (plane[i] != 0) {
            place(plane[i], x, i, sink);
          } else if (vacancies) {
            place((byte) (species.size() + 1), x, i, sink);
          }
          if (order.isPresent() && (plane[i] != 0 || vacancies)) {
            sink.properties(order.get().beside(x, i));
          }
        }
      }
    }

    private void place(byte code, int x, int inPlane, Sink sink) throws IOException {
      double[] inside = basis[(int) (inPlane % dims[4])];
      long cell = inPlane / dims[4];
      double fx = x + inside[0];
      double fy = cell / dims[3] + inside[1];
      double fz = cell % dims[3] + inside[2];
      sink.atom(code, along(0, fx, fy, fz), along(1, fx, fy, fz), along(2, fx, fy, fz));
    }

    private double along(int axis, double fx, double fy, double fz) {
      return fx * axes[0][axis] + fy * axes[1][axis] + fz * axes[2][axis];
    }
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

  private long jumps(long index) {
    return StateSeries.jumps(reader, path, index).orElse(index);
  }

  /**
   * Order about single sites: 1 - p_j/x_j, where p_j is the share of species j among the atoms on
   * the nearest sites, and x_j its share among all atoms. The mean over the atoms of a species i is
   * alpha_ij of Warren and Cowley where all of them have as many atoms beside them. Some planes are
   * in memory.
   */
  static final class LocalOrder {
    private static final int PLANES = 8;

    private final long[] dims;
    private final IntFunction<byte[]> planes;
    private final List<List<SiteOffset>> shells = new ArrayList<>();
    private final double[] share;
    private final double[] values;
    private final long[] counts;

    private final Map<Integer, byte[]> held =
        new LinkedHashMap<>(PLANES, 1, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
            return size() > PLANES;
          }
        };

    /**
     * @param dims of a series of states: states, x, y, z, basis
     */
    LocalOrder(Crystal crystal, long[] dims, int species, IntFunction<byte[]> planes) {
      this.dims = dims;
      this.planes = planes;
      for (int basis = 0; basis < crystal.basisCount(); basis++) {
        shells.add(crystal.shell(basis, 1));
      }
      share = new double[species];
      values = new double[species];
      counts = new long[species + 1];
      long atoms = 0;
      for (int x = 0; x < dims[1]; x++) {
        for (byte code : planes.apply(x)) {
          if (code > 0) {
            share[code - 1]++;
            atoms++;
          }
        }
      }
      for (int j = 0; j < species; j++) {
        share[j] /= Math.max(1, atoms);
      }
    }

    /**
     * About a site, for each species, used again for the next site; 0 where there is none of it, or
     * no atom beside the site.
     */
    double[] beside(int x, int inPlane) {
      int basis = (int) (inPlane % dims[4]);
      long cell = inPlane / dims[4];
      long y = cell / dims[3];
      long z = cell % dims[3];
      Arrays.fill(counts, 0);
      for (SiteOffset offset : shells.get(basis)) {
        int atX = (int) Math.floorMod((long) x + offset.dx(), dims[1]);
        long atY = Math.floorMod(y + offset.dy(), dims[2]);
        long atZ = Math.floorMod(z + offset.dz(), dims[3]);
        int at = (int) ((atY * dims[3] + atZ) * dims[4] + offset.basis());
        counts[held.computeIfAbsent(atX, planes::apply)[at]]++;
      }
      long atoms = Arrays.stream(counts).sum() - counts[0];
      for (int j = 0; j < values.length; j++) {
        values[j] = atoms == 0 || share[j] == 0 ? 0 : 1 - counts[j + 1] / (double) atoms / share[j];
      }
      return values;
    }
  }
}
