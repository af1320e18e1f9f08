package org.latticelift.sim.vacancy.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * How far atoms and vacancies have gone since a run began, unwrapped (EX-60): of every species the
 * sum over its atoms with its products over windows of jumps, and, where atoms are followed, every
 * atom by itself over windows of records. Windows of jumps follow each other without gaps; of
 * records, up to four begin within the length of one. Displacements are whole numbers of steps of a
 * grid, so they depend on nothing but the jumps.
 *
 * <p>Sums are right also where jumps of a superbasin are resolved together: observers see a way
 * between the states, and all ways between two states move each species equally far unless they go
 * round the box. Where atoms are followed states differ also by which of like atoms is where, so
 * that single atoms are right, too; of jumps resolved together the expected numbers are counted.
 *
 * <p>Cost: four additions per jump, and the products of a window every {@value #STRIDE} jumps of a
 * vacancy; followed atoms cost another seven memory accesses per jump, 16 bytes a site and 12 more
 * for every origin, and some four passes over the lattice per record. Not safe for threads.
 */
public final class Displacements implements JumpObserver {
  /** Windows of jumps: each twice as long as the one before it. */
  public static final int LEVELS = 16;

  /** Jumps per vacancy of the shortest window. */
  public static final int STRIDE = 4;

  static final int AXES = 3;

  /** Windows of records that begin within the length of one. */
  private static final int ORIGINS = 4;

  /** Bytes of a run whose windows have so many origins; larger ones have one. */
  private static final long MOST_MEMORY = 1L << 30;

  /** Most steps of a cell that are tried for a grid. */
  private static final int FINEST = 24;

  private final Columns layout;
  private final Metric metric;
  private final int hops;

  /** Steps of a vacancy along the axes, [(basis hops + direction) AXES + axis]. */
  private final int[] step;

  /** Of the atoms of each species, [(code - 1) AXES + axis]. */
  private final long[] moved;

  private final double[] jumps;
  private final Windows windows;
  private final Single[] vacancies;
  private final int stride;
  private int untilSample;

  /** Null where atoms are not followed. */
  private final FollowedAtoms followed;

  /** Null where nobody asks for it. */
  private final JumpStatistics statistics;

  private int records;

  /** Section {@code transport}. */
  public record TransportConfig(
      @Default("atoms")
          @Doc(
              "atoms: every atom is followed, for tracer diffusion; species: sums over each species"
                  + " alone, for the collective coefficients L_ij")
          Follow follow,
      @Default("32")
          @Range(min = 2, max = 1_000_000)
          @Doc(
              "longest window of followed atoms, records; windows of 1, 2, 4 and so on records up to"
                  + " it, 48 bytes a site for each length (12 where that is more than 1 GiB, 8 with"
                  + " direct.parallel)")
          int window,
      @Default("false")
          @Doc(
              "also barriers met and taken, residence times, and how few sites have most jumps; a"
                  + " jump takes a microsecond more")
          boolean statistics) {
    /** What is followed. */
    public enum Follow {
      /** Sums over species. */
      SPECIES,
      /** Every atom, too. */
      ATOMS
    }

    /** Of records of so many species. */
    public Columns layout(int species) {
      int lengths = Integer.SIZE - Integer.numberOfLeadingZeros(window);
      return new Columns(species, follow == Follow.ATOMS ? lengths : 0, statistics);
    }
  }

  /**
   * What the numbers of a record are, one after the other: for each species the sum of
   * displacements (x, y, z) and the number of jumps; for each window of jumps how often it was seen
   * and the sums of products of the displacements of two species, a the inner and b the outer
   * index, a at most b; for each window of the jumps of single vacancies how often it was seen and
   * the sum of squares; for each window of records how often it was seen and the sums of squares
   * over the atoms of each species; what {@link JumpStatistics} has. Lengths are those of the
   * crystal.
   *
   * @param species number of species
   * @param lengths of windows of records, each twice as long as the one before it, from one record
   *     on; 0 follows no atoms
   * @param statistics whether there are statistics of jumps
   */
  public record Columns(int species, int lengths, boolean statistics) {
    /** Numbers of a record. */
    public int columns() {
      return followed(lengths) + (statistics ? new JumpStatistics.Bins(species).columns() : 0);
    }

    /** Memory for each site of a lattice of {@code sites} sites. */
    public int siteBytes(long sites) {
      return siteBytes(lengthsOfOrigins(sites).length) + (statistics ? Double.BYTES : 0);
    }

    /** Returns how many windows of followed atoms begin within the length of a long one. */
    public int origins(long sites) {
      return lengthsOfOrigins(sites).length > lengths ? ORIGINS : 1;
    }

    private int siteBytes(int origins) {
      return lengths == 0 ? 0 : Integer.BYTES * (1 + AXES * (1 + origins));
    }

    /**
     * The origins of windows of followed atoms, length after length: each is the length of its
     * window as a power of two. A run that would take too much memory has one of each.
     */
    int[] lengthsOfOrigins(long sites) {
      int[] many =
          IntStream.range(0, lengths)
              .flatMap(l -> IntStream.generate(() -> l).limit(Math.min(ORIGINS, 1L << l)))
              .toArray();
      return siteBytes(many.length) * sites <= MOST_MEMORY
          ? many
          : IntStream.range(0, lengths).toArray();
    }

    int pairs() {
      return species * (species + 1) / 2;
    }

    int sum(int code) {
      return (AXES + 1) * (code - 1);
    }

    int jumps(int code) {
      return sum(code) + AXES;
    }

    public int level(int level) {
      return (AXES + 1) * species + level * (1 + pairs());
    }

    public int product(int level, int a, int b) {
      int low = Math.min(a, b) - 1;
      int high = Math.max(a, b) - 1;
      return level(level) + 1 + high * (high + 1) / 2 + low;
    }

    /** Of single vacancies: how many windows of a level, and the sum of squares. */
    public int single(int level) {
      return level(LEVELS) + 2 * level;
    }

    /** Of followed atoms: how many windows of a length, and the sums of squares by species. */
    public int followed(int length) {
      return single(LEVELS) + length * (1 + species);
    }

    double[] scaled(double[] records, double unit) {
      double[] scaled = records.clone();
      for (int first = 0; first < records.length; first += columns()) {
        for (int column = 0; column < columns(); column++) {
          scaled[first + column] *= power(column, unit);
        }
      }
      return scaled;
    }

    private double power(int column, double unit) {
      if (column < level(0)) {
        return column % (AXES + 1) == AXES ? 1 : unit;
      }
      if (column >= followed(lengths)) {
        return 1;
      }
      boolean number =
          column < single(0)
              ? (column - level(0)) % (1 + pairs()) == 0
              : column < followed(0)
                  ? (column - single(0)) % 2 == 0
                  : (column - followed(0)) % (1 + species) == 0;
      return number ? 1 : unit * unit;
    }

    public int square(int length, int code) {
      return followed(length) + code;
    }
  }

  /**
   * Nothing has moved yet.
   *
   * @param lattice whose atoms are meant
   * @param vacancies how many are active
   */
  public Displacements(Columns layout, Lattice lattice, int vacancies) {
    Crystal crystal = lattice.crystal();
    this.layout = layout;
    metric = Metric.of(crystal);
    hops = crystal.hopCount();
    step = steps(crystal, metric.grid());
    moved = new long[AXES * layout.species()];
    jumps = new double[layout.species()];
    windows = new Windows(layout.species(), metric);
    this.vacancies = new Single[vacancies];
    Arrays.setAll(this.vacancies, i -> new Single(metric));
    stride = STRIDE * Math.max(1, vacancies);
    untilSample = stride;
    followed =
        layout.lengths() == 0 ? null : new FollowedAtoms(Math.toIntExact(lattice.sites()), layout);
    statistics =
        layout.statistics()
            ? new JumpStatistics(layout.species(), Math.toIntExact(lattice.sites()))
            : null;
  }

  @Override
  public void jumped(JumpEvent event) {
    int way = AXES * (event.basisFrom() * hops + event.direction());
    int species = event.species() - 1;
    if (followed == null || !event.resolved()) {
      jumps[species]++;
    }
    moved[AXES * species] -= step[way];
    moved[AXES * species + 1] -= step[way + 1];
    moved[AXES * species + 2] -= step[way + 2];
    vacancies[event.vacancy()].jumped(step, way);
    if (followed != null) {
      followed.jumped(event, step, way);
    }
    if (--untilSample == 0) {
      windows.sample(moved);
      untilSample = stride;
    }
  }

  @Override
  public void passed(double[] expected) {
    for (int species = 0; species < jumps.length; species++) {
      jumps[species] += expected[species];
    }
  }

  /** Statistics of jumps, where they are asked for. */
  public Optional<JumpStatistics> statistics() {
    return Optional.ofNullable(statistics);
  }

  /** Makes a record ({@code lattice}: as it stands now); see {@link Columns}. */
  public double[] record(Lattice lattice) {
    double[] columns = new double[layout.columns()];
    for (int code = 1; code <= layout.species(); code++) {
      metric.cartesian(moved, AXES * (code - 1), columns, layout.sum(code));
      columns[layout.jumps(code)] = jumps[code - 1];
    }
    for (int level = 0; level < LEVELS; level++) {
      windows.addTo(columns, level, layout.level(level));
      for (Single vacancy : vacancies) {
        vacancy.windows.addTo(columns, level, layout.single(level));
      }
    }
    if (followed != null) {
      followed.record(records, lattice, metric);
      double[] sums = followed.sums();
      System.arraycopy(sums, 0, columns, layout.followed(0), sums.length);
    }
    if (statistics != null) {
      statistics.record(columns, layout.followed(layout.lengths()));
    }
    records++;
    return columns;
  }

  /** All that {@link #restore} needs. */
  public byte[] save() {
    int longs = longs().stream().mapToInt(array -> array.length).sum();
    int doubles = doubles().stream().mapToInt(array -> array.length).sum();
    int ints = 2 + ints().stream().mapToInt(array -> array.length).sum();
    ByteBuffer buffer =
        ByteBuffer.allocate(Long.BYTES * longs + Double.BYTES * doubles + Integer.BYTES * ints);
    longs().forEach(array -> Arrays.stream(array).forEach(buffer::putLong));
    doubles().forEach(array -> Arrays.stream(array).forEach(buffer::putDouble));
    buffer.putInt(untilSample).putInt(records);
    ints().forEach(array -> Arrays.stream(array).forEach(buffer::putInt));
    return buffer.array();
  }

  /**
   * Takes over what another one of the same layout and lattice saved ({@code buffer}: read from).
   */
  public void restore(ByteBuffer buffer) {
    longs().forEach(array -> Arrays.setAll(array, i -> buffer.getLong()));
    doubles().forEach(array -> Arrays.setAll(array, i -> buffer.getDouble()));
    untilSample = buffer.getInt();
    records = buffer.getInt();
    ints().forEach(array -> Arrays.setAll(array, i -> buffer.getInt()));
  }

  private List<long[]> longs() {
    List<long[]> arrays = new ArrayList<>(List.of(moved, windows.last, windows.seen));
    for (Single vacancy : vacancies) {
      arrays.addAll(List.of(vacancy.moved, vacancy.windows.last, vacancy.windows.seen));
    }
    return arrays;
  }

  private List<double[]> doubles() {
    List<double[]> arrays = new ArrayList<>(List.of(jumps, windows.products));
    if (followed != null) {
      arrays.add(followed.sums());
    }
    if (statistics != null) {
      arrays.addAll(statistics.arrays());
    }
    for (Single vacancy : vacancies) {
      arrays.add(vacancy.windows.products);
    }
    return arrays;
  }

  private List<int[]> ints() {
    List<int[]> arrays = new ArrayList<>();
    for (Single vacancy : vacancies) {
      arrays.add(vacancy.until);
    }
    if (followed != null) {
      arrays.addAll(followed.arrays());
    }
    return arrays;
  }

  /** Steps of a vacancy by basis position, direction and axis. */
  static int[] steps(Crystal crystal, int grid) {
    int hops = crystal.hopCount();
    int[] steps = new int[AXES * crystal.basisCount() * hops];
    for (int basis = 0; basis < crystal.basisCount(); basis++) {
      EnvironmentGeometry environment = crystal.environment(basis);
      for (int d = 0; d < hops; d++) {
        double[] cells =
            crystal.spec().fractional(basis, environment.offset(environment.hopTarget(d)));
        for (int axis = 0; axis < AXES; axis++) {
          steps[AXES * (basis * hops + d) + axis] = (int) Math.rint(cells[axis] * grid);
        }
      }
    }
    return steps;
  }

  /**
   * Lengths on the grid.
   *
   * @param grid steps that each cell vector is divided into
   * @param vectors a step along each axis, x, y, z
   * @param products scalar products of steps along two axes
   */
  record Metric(int grid, double[][] vectors, double[][] products) {
    static Metric of(Crystal crystal) {
      int grid = grid(crystal);
      double[][] vectors = new double[AXES][AXES];
      double[][] products = new double[AXES][AXES];
      for (int a = 0; a < AXES; a++) {
        for (int axis = 0; axis < AXES; axis++) {
          vectors[a][axis] = crystal.spec().cell().get(a).get(axis) / grid;
        }
      }
      for (int a = 0; a < AXES; a++) {
        for (int b = 0; b < AXES; b++) {
          for (int axis = 0; axis < AXES; axis++) {
            products[a][b] += vectors[a][axis] * vectors[b][axis];
          }
        }
      }
      return new Metric(grid, vectors, products);
    }

    private static int grid(Crystal crystal) {
      for (int steps = 1; steps <= FINEST; steps++) {
        int each = steps;
        if (crystal.spec().basis().stream()
            .flatMap(List::stream)
            .allMatch(f -> Math.abs(f * each - Math.rint(f * each)) < 1e-6)) {
          return steps;
        }
      }
      throw new IllegalArgumentException(
          "sites of " + crystal.name() + " are on no grid of up to " + FINEST + " steps a cell");
    }

    void cartesian(long[] steps, int from, double[] to, int at) {
      for (int a = 0; a < AXES; a++) {
        for (int axis = 0; axis < AXES; axis++) {
          to[at + axis] += vectors[a][axis] * steps[from + a];
        }
      }
    }

    double product(long[] steps, int a, int b) {
      double sum = 0;
      for (int i = 0; i < AXES; i++) {
        for (int j = 0; j < AXES; j++) {
          sum += products[i][j] * steps[a + i] * steps[b + j];
        }
      }
      return sum;
    }

    double square(int x, int y, int z) {
      return products[0][0] * x * x
          + products[1][1] * y * y
          + products[2][2] * z * z
          + 2 * (products[0][1] * x * y + products[0][2] * x * z + products[1][2] * y * z);
    }
  }

  /** Products over windows that follow each other, each level's twice as long as the one before. */
  static final class Windows {
    private final Metric metric;
    private final int kinds;
    private final int pairs;
    private final long[] change;

    /** The displacements at the beginning of the window of each level. */
    final long[] last;

    final long[] seen = new long[LEVELS];
    final double[] products;

    Windows(int kinds, Metric metric) {
      this.kinds = kinds;
      this.metric = metric;
      pairs = kinds * (kinds + 1) / 2;
      change = new long[AXES * kinds];
      last = new long[LEVELS * change.length];
      products = new double[LEVELS * pairs];
    }

    /** A window of the lowest level ends, and those of others that end with it. */
    void sample(long[] moved) {
      for (int level = 0; level < LEVELS; level++) {
        for (int i = 0; i < change.length; i++) {
          change[i] = moved[i] - last[level * change.length + i];
          last[level * change.length + i] = moved[i];
        }
        int at = level * pairs;
        for (int b = 0; b < kinds; b++) {
          for (int a = 0; a <= b; a++) {
            products[at++] += metric.product(change, AXES * a, AXES * b);
          }
        }
        if ((++seen[level] & 1) != 0) {
          return;
        }
      }
    }

    void addTo(double[] columns, int level, int first) {
      columns[first] += seen[level];
      for (int i = 0; i < pairs; i++) {
        columns[first + 1 + i] += products[level * pairs + i];
      }
    }
  }

  private static final class Single {
    private final long[] moved = new long[AXES];
    private final int[] until = {STRIDE};
    private final Windows windows;

    Single(Metric metric) {
      windows = new Windows(1, metric);
    }

    void jumped(int[] step, int way) {
      for (int axis = 0; axis < AXES; axis++) {
        moved[axis] += step[way + axis];
      }
      if (--until[0] == 0) {
        windows.sample(moved);
        until[0] = STRIDE;
      }
    }
  }
}
