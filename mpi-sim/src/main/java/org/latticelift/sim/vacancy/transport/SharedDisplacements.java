package org.latticelift.sim.vacancy.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;
import org.latticelift.sim.vacancy.transport.Displacements.Metric;
import org.latticelift.sim.vacancy.transport.Displacements.Windows;

/**
 * {@link Displacements} in a lattice that ranks share, each its own part of it. A site carries how
 * far what is there, atom or vacancy, has come since the run began, and how far it had come where
 * the window of each length began; they travel to other ranks with the code of the site. All
 * windows are of records: those of sums over species, and of single vacancies, too, which are known
 * where atoms are followed. Every rank adds up whole numbers, so records do not depend on which of
 * them saw what.
 *
 * <p>Cost: three additions per jump; followed atoms cost an exchange of two places in memory per
 * jump, 8 bytes a site and 8 more for every length of window, which also travel with each changed
 * site, and two passes over the own cells per record. Not safe for threads.
 */
public final class SharedDisplacements implements JumpObserver {
  private static final int AXES = Displacements.AXES;

  /** A displacement is one long; of each axis the last bits, of which differences are right. */
  private static final int BITS = Long.SIZE / AXES;

  private static final long MASK = (1L << BITS) - 1;

  /** Parts of a jump that are counted: expected numbers of jumps are not whole. */
  private static final long PER_JUMP = 1024;

  /** xx, yy, zz, xy, xz, yz. */
  private static final int PRODUCTS = 6;

  private final Columns layout;
  private final Lattice lattice;
  private final CellBox own;
  private final long vacancies;
  private final Metric metric;
  private final int hops;
  private final int basis;

  /** Steps of a vacancy along the axes, as in {@link Displacements}. */
  private final int[] step;

  /** Longs of a site: how far, and how far at the beginning of the window of each length. */
  private final int words;

  private final long[] track;

  /** What this rank adds: displacements by species and axis, jumps by species, products. */
  private final long[] sums;

  private final int firstJumps;
  private final int firstProduct;
  private final Windows windows;
  private int records;

  /**
   * Nothing has moved yet.
   *
   * @param layout without statistics of jumps
   * @param lattice of a rank, halo included
   * @param own cells that this rank counts
   * @param vacancies of the whole
   */
  public SharedDisplacements(Columns layout, Lattice lattice, CellBox own, long vacancies) {
    this.layout = layout;
    this.lattice = lattice;
    this.own = own;
    this.vacancies = vacancies;
    metric = Metric.of(lattice.crystal());
    hops = lattice.crystal().hopCount();
    basis = lattice.crystal().basisCount();
    step = Displacements.steps(lattice.crystal(), metric.grid());
    words = layout.lengths() == 0 ? 0 : 1 + layout.lengths();
    track = new long[Math.toIntExact(words * lattice.sites())];
    firstJumps = AXES * layout.species();
    firstProduct = firstJumps + layout.species();
    sums = new long[firstProduct + (1 + layout.species()) * layout.lengths() * PRODUCTS];
    windows = new Windows(layout.species(), metric);
  }

  @Override
  public void jumped(JumpEvent event) {
    int way = AXES * (event.basisFrom() * hops + event.direction());
    int species = event.species() - 1;
    if (words == 0 || !event.resolved()) {
      sums[firstJumps + species] += PER_JUMP;
    }
    for (int axis = 0; axis < AXES; axis++) {
      sums[AXES * species + axis] -= step[way + axis];
    }
    if (words > 0) {
      exchange((int) event.from() * words, (int) event.to() * words, way);
    }
  }

  /** The vacancy was at the first place, and the atom at the second. */
  private void exchange(int from, int to, int way) {
    for (int word = 0; word < words; word++) {
      long vacancy = track[from + word];
      track[from + word] = track[to + word];
      track[to + word] = vacancy;
    }
    track[to] = moved(track[to], way, 1);
    track[from] = moved(track[from], way, -1);
  }

  private long moved(long place, int way, int sign) {
    long sum = 0;
    for (int axis = 0; axis < AXES; axis++) {
      sum = sum << BITS | (along(place, axis) + (long) sign * step[way + axis] & MASK);
    }
    return sum;
  }

  private static long along(long place, int axis) {
    return place >> (AXES - 1 - axis) * BITS & MASK;
  }

  @Override
  public void passed(double[] expected) {
    for (int species = 0; species < layout.species(); species++) {
      sums[firstJumps + species] += Math.round(expected[species] * PER_JUMP);
    }
  }

  /** Makes a record, equal on all ranks; collective; see {@link Columns}. */
  public double[] record(Communicator ranks) {
    if (records > 0) {
      endWindows();
    }
    long[] all = total(ranks);
    if (records > 0) {
      windows.sample(all);
    }
    double[] columns = new double[layout.columns()];
    for (int code = 1; code <= layout.species(); code++) {
      metric.cartesian(all, AXES * (code - 1), columns, layout.sum(code));
      columns[layout.jumps(code)] = (double) all[firstJumps + code - 1] / PER_JUMP;
    }
    for (int level = 0; level < Displacements.LEVELS; level++) {
      windows.addTo(columns, level, layout.level(level));
    }
    for (int length = 0; length < layout.lengths(); length++) {
      int seen = records >> length;
      columns[layout.single(length)] = (double) seen * vacancies;
      columns[layout.single(length) + 1] = square(all, product(Lattice.VACANCY, length));
      columns[layout.followed(length)] = seen;
      for (int code = 1; code <= layout.species(); code++) {
        columns[layout.square(length, code)] = square(all, product(code, length));
      }
    }
    records++;
    return columns;
  }

  private double square(long[] all, int at) {
    double[][] p = metric.products();
    return p[0][0] * all[at]
        + p[1][1] * all[at + 1]
        + p[2][2] * all[at + 2]
        + 2 * (p[0][1] * all[at + 3] + p[0][2] * all[at + 4] + p[1][2] * all[at + 5]);
  }

  private int product(int code, int length) {
    return firstProduct + (code * layout.lengths() + length) * PRODUCTS;
  }

  /** Ends the windows that end with this record; the next ones begin in the halo, too. */
  private void endWindows() {
    int ended = Math.min(layout.lengths(), 1 + Integer.numberOfTrailingZeros(records));
    for (int x = own.x(); x < own.x() + own.nx(); x++) {
      byte[] plane = lattice.plane(x);
      for (int y = own.y(); y < own.y() + own.ny(); y++) {
        int row = (y * lattice.nz() + own.z()) * basis;
        for (int i = row; i < row + own.nz() * basis; i++) {
          for (int length = 0; length < ended; length++) {
            add((x * plane.length + i) * words, length, product(plane[i], length));
          }
        }
      }
    }
    for (int at = 0; at < track.length && ended > 0; at += words) {
      Arrays.fill(track, at + 1, at + 1 + ended, track[at]);
    }
  }

  private void add(int at, int length, int to) {
    long x = since(track[at], track[at + 1 + length], 0);
    long y = since(track[at], track[at + 1 + length], 1);
    long z = since(track[at], track[at + 1 + length], 2);
    sums[to] += x * x;
    sums[to + 1] += y * y;
    sums[to + 2] += z * z;
    sums[to + 3] += x * y;
    sums[to + 4] += x * z;
    sums[to + 5] += y * z;
  }

  private static long since(long now, long begin, int axis) {
    int others = Long.SIZE - BITS;
    return along(now, axis) - along(begin, axis) << others >> others;
  }

  private long[] total(Communicator ranks) {
    long[] all = sums.clone();
    ranks.allReduce(all, Reduction.SUM);
    return all;
  }

  /** How many numbers go with a site. */
  public int words() {
    return words;
  }

  /** One of them ({@code site}: of the lattice of this rank). */
  public long word(long site, int i) {
    return track[(int) site * words + i];
  }

  /** Takes over those of a site ({@code next}: gives one after the other). */
  public void take(long site, LongSupplier next) {
    for (int at = (int) site * words; at < ((int) site + 1) * words; at++) {
      track[at] = next.getAsLong();
    }
  }

  /** All that {@link #restore} needs beside what goes with sites; collective. */
  public byte[] save(Communicator ranks) {
    long[] all = total(ranks);
    ByteBuffer buffer = ByteBuffer.allocate(savedBytes());
    Arrays.stream(all).forEach(buffer::putLong);
    Arrays.stream(windows.last).forEach(buffer::putLong);
    Arrays.stream(windows.seen).forEach(buffer::putLong);
    Arrays.stream(windows.products).forEach(buffer::putDouble);
    return buffer.putInt(records).array();
  }

  /** Bytes of {@link #save}. */
  public int savedBytes() {
    int numbers = sums.length + windows.last.length + windows.seen.length + windows.products.length;
    return numbers * Long.BYTES + Integer.BYTES;
  }

  /**
   * Takes over what a run of any number of ranks saved.
   *
   * @param saved read from
   * @param first whether this rank goes on with the sums of all ranks, as one of them does
   */
  public void restore(ByteBuffer saved, boolean first) {
    for (int i = 0; i < sums.length; i++) {
      long sum = saved.getLong();
      sums[i] = first ? sum : 0;
    }
    Arrays.setAll(windows.last, i -> saved.getLong());
    Arrays.setAll(windows.seen, i -> saved.getLong());
    Arrays.setAll(windows.products, i -> saved.getDouble());
    records = saved.getInt();
  }
}
