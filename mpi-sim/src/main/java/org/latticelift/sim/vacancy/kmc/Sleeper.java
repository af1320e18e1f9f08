package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.basin.AbsorbingChain;
import org.latticelift.sim.vacancy.basin.PathFactorisation;
import org.latticelift.sim.vacancy.basin.StoppedPassage;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;
import org.latticelift.sim.vacancy.kmc.ChangedSites.AtomPlaces;
import org.latticelift.sim.vacancy.kmc.ChangedSites.Footprint;
import org.latticelift.sim.vacancy.kmc.FlickerEvents.SleepQueue;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;

/**
 * A vacancy with its basin. While it is asleep it moves about unseen in the basin: the lattice
 * holds the state in which it fell asleep, and the passage until it wakes is drawn already.
 */
final class Sleeper {
  final int vacancy;
  final Basin basin;
  boolean asleep;

  /** Where it stands in the {@link SleepQueue}. */
  int place;

  /** When it fell asleep and when it wakes, s. */
  double began;

  double wakes;

  /** First and last state of the passage. */
  int start;

  int end;

  /** Whether the passage leaves the basin from its last state. */
  boolean leaves;

  long visited;
  long jumps;
  private final double[] time = new double[AbsorbingChain.MOST];
  private final long[] departures = new long[AbsorbingChain.MOST];

  Sleeper(int vacancy, RateTable table, boolean atoms) {
    this.vacancy = vacancy;
    basin = new Basin(table, atoms);
  }

  void sleep(double now, double until, PathFactorisation passage) {
    asleep = true;
    began = now;
    wakes = until;
    start = basin.current();
    end = passage.end();
    leaves = !passage.interrupted();
    visited = passage.visited();
    jumps = passage.jumps();
    for (long rest = visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] = passage.time(i);
      departures[i] = passage.arrivals(i) - (i == end && !leaves ? 1 : 0);
    }
  }

  /** Replaces the passage by one that was stopped. */
  void stop(double now, StoppedPassage passage) {
    wakes = now;
    end = passage.end();
    leaves = false;
    visited = 1L << end | 1L << start;
    jumps = passage.jumps();
    for (long rest = basin.chain.states(); rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] = passage.time(i);
      departures[i] = passage.departures(i);
      if (departures[i] > 0) {
        visited |= 1L << i;
      }
    }
  }

  /** Time in a visited state, in the unit of the rates. */
  double time(int i) {
    return time[i];
  }

  long departures(int i) {
    return departures[i];
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(asleep);
    out.writeDouble(began);
    out.writeDouble(wakes);
    out.writeInt(start);
    out.writeInt(end);
    out.writeBoolean(leaves);
    out.writeLong(visited);
    out.writeLong(jumps);
    for (long rest = visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      out.writeDouble(time[i]);
      out.writeLong(departures[i]);
    }
    basin.write(out);
  }

  void read(DataInput in) throws IOException {
    asleep = in.readBoolean();
    began = in.readDouble();
    wakes = in.readDouble();
    start = in.readInt();
    end = in.readInt();
    leaves = in.readBoolean();
    visited = in.readLong();
    jumps = in.readLong();
    for (long rest = visited; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] = in.readDouble();
      departures[i] = in.readLong();
    }
    basin.read(in);
  }

  /**
   * The configurations that one vacancy visited recently while everything around stood still, as
   * states of an absorbing chain. A state is known by the sites in which it differs from the root;
   * they are compared in full, a hash only finds the candidate. Different sequences of hops may
   * lead to the same state. A new state costs eight look-ups (about 150 ns) beside the jump into
   * it.
   *
   * <p>Where single atoms are followed, configurations in which like atoms have changed places are
   * different states, so that the last state of a passage tells where every atom is.
   */
  static final class Basin {
    private static final int MOST = AbsorbingChain.MOST;
    private static final int FAR_FROM_ROOT = 40;
    private static final int NONE = -1;

    /** Atoms out of place from which on a basin that follows them begins anew. */
    private static final int FAR_OUT_OF_PLACE = 256;

    final AbsorbingChain chain = new AbsorbingChain();
    private final RateTable table;
    private final HopGeometry geometry;
    private final int hops;
    private final long[] site = new long[MOST];
    private final byte[] basis = new byte[MOST];
    private final float[] rates;
    private final double[] total = new double[MOST];
    private final double[] blocked = new double[MOST];
    private final byte[] successor;
    private final ChangedSites[] changed = new ChangedSites[MOST];
    private final StateIndex index = new StateIndex();
    private final long[] lastVisit = new long[MOST];
    private final ChangedSites scratch = new ChangedSites();
    private final ChangedSites probe = new ChangedSites();
    private final ChangedSites root = new ChangedSites();
    private final byte[] parent = new byte[MOST];
    private final Footprint footprint;

    /** Where the atoms are in each state; null where they are not followed. */
    private final AtomPlaces[] places;

    private final AtomPlaces reached = new AtomPlaces();
    private final AtomPlaces tried = new AtomPlaces();

    /** The atom that each hop moves, where atoms are followed. */
    private final byte[] species;

    private long now;
    private int current = NONE;

    Basin(RateTable table, boolean atoms) {
      this.table = table;
      geometry = table.geometry();
      hops = geometry.hops;
      rates = new float[MOST * hops];
      successor = new byte[MOST * hops];
      footprint = new Footprint(table);
      Arrays.setAll(changed, i -> new ChangedSites());
      places = atoms ? new AtomPlaces[MOST] : null;
      species = atoms ? new byte[MOST * hops] : null;
      if (atoms) {
        Arrays.setAll(places, i -> new AtomPlaces());
      }
    }

    /** Whether the state of the moment is known; else nothing is. */
    boolean known() {
      return current != NONE;
    }

    /** The state that the lattice is in. */
    int current() {
      return current;
    }

    int size() {
      return Long.bitCount(chain.states());
    }

    Footprint footprint() {
      return footprint;
    }

    void forget() {
      if (known()) {
        chain.clear();
        index.clear();
        current = NONE;
      }
    }

    /** Starts with the configuration of the moment. */
    void begin(int v) {
      forget();
      scratch.clear();
      reached.clear();
      footprint.clear();
      current = add(v, 0);
    }

    /**
     * Goes along with a hop that was made: to a known state, or to a new one, which is added
     * ({@code most}: states to keep, the one visited longest ago is dropped first).
     */
    void follow(int v, int direction, JumpEvent e, int most) {
      int next = successor[current * hops + direction];
      if (next != NONE) {
        current = next;
        return;
      }
      if (places != null) {
        if (places[current].size() > FAR_OUT_OF_PLACE) {
          begin(v);
          return;
        }
        reached.set(places[current]);
        reached.exchange(e.from, e.to);
      }
      scratch.set(changed[current]);
      scratch.change(e.from, 0, e.species);
      scratch.change(e.to, e.species, 0);
      long hash = StateIndex.exchanged(index.hash(current), e.from, e.to, e.species);
      touch(1L << current);
      while (size() >= most) {
        dropOldest();
      }
      current = add(v, hash);
      if (changed[current].size() > FAR_FROM_ROOT) {
        rebase();
      }
    }

    private int add(int v, long hash) {
      int i = chain.add();
      ActiveVacancies a = table.vacancies;
      site[i] = a.site[v];
      basis[i] = (byte) a.b[v];
      System.arraycopy(a.rates, v * hops, rates, i * hops, hops);
      total[i] = RateTable.leafSum(rates, i * hops, hops);
      blocked[i] = table.blocked(v);
      Arrays.fill(successor, i * hops, (i + 1) * hops, (byte) NONE);
      changed[i].set(scratch);
      if (places != null) {
        places[i].set(reached);
      }
      lastVisit[i] = ++now;
      for (int d = 0; d < hops; d++) {
        int code = table.targetCode(v, d);
        if (species != null) {
          species[i * hops + d] = (byte) code;
        }
        if (code != 0) {
          connect(i, d, find(hash, site[i], table.target(v, d), code));
        }
      }
      index.put(i, hash);
      footprint.add(i, v);
      leaving(i);
      return i;
    }

    private int find(long hash, long from, long to, int code) {
      long next = StateIndex.exchanged(hash, from, to, code);
      boolean probed = false;
      for (int z = index.first(next); z != NONE; z = index.next(z, next)) {
        if (!probed) {
          probe.set(scratch);
          probe.change(from, 0, code);
          probe.change(to, code, 0);
          probed = true;
        }
        if (changed[z].same(probe) && (places == null || samePlaces(z, from, to))) {
          return z;
        }
      }
      return NONE;
    }

    private boolean samePlaces(int z, long from, long to) {
      tried.set(reached);
      tried.exchange(from, to);
      return places[z].same(tried);
    }

    /**
     * Adds the numbers of jumps of atoms of each species that are expected in a time in a state, as
     * rate times time is ({@code seconds}: in the unit of the rates; {@code jumps}: by code less
     * 1).
     */
    void expect(int i, double seconds, double[] jumps) {
      for (int at = i * hops; at < (i + 1) * hops; at++) {
        if (rates[at] > 0) {
          jumps[species[at] - 1] += rates[at] * seconds;
        }
      }
    }

    private void connect(int i, int d, int z) {
      if (z == NONE) {
        return;
      }
      int back = geometry.reverse[basis[i]][d];
      successor[i * hops + d] = (byte) z;
      successor[z * hops + back] = (byte) i;
      chain.connect(i, z, rates[i * hops + d], rates[z * hops + back]);
      leaving(z);
    }

    private void leaving(int i) {
      double sum = 0;
      for (int d = 0; d < hops; d++) {
        if (successor[i * hops + d] == NONE) {
          sum += rates[i * hops + d];
        }
      }
      chain.leaving(i, sum);
    }

    private void dropOldest() {
      int oldest = NONE;
      for (long rest = chain.states() & ~(1L << current); rest != 0; rest &= rest - 1) {
        int i = Long.numberOfTrailingZeros(rest);
        if (oldest == NONE || lastVisit[i] < lastVisit[oldest]) {
          oldest = i;
        }
      }
      for (int d = 0; d < hops; d++) {
        int z = successor[oldest * hops + d];
        if (z != NONE) {
          successor[z * hops + geometry.reverse[basis[oldest]][d]] = NONE;
          leaving(z);
        }
      }
      index.remove(oldest);
      chain.remove(oldest);
      footprint.drop(oldest);
    }

    private void rebase() {
      root.set(changed[current]);
      for (long rest = chain.states(); rest != 0; rest &= rest - 1) {
        changed[Long.numberOfTrailingZeros(rest)].rebase(root, probe);
      }
    }

    void touch(long states) {
      now++;
      for (long rest = states; rest != 0; rest &= rest - 1) {
        lastVisit[Long.numberOfTrailingZeros(rest)] = now;
      }
    }

    /** Sum of the rates of all hops from a state. */
    double total(int i) {
      return total[i];
    }

    /** Sum of the rates that the region blocks in a state. */
    double blocked(int i) {
      return blocked[i];
    }

    /** Draws a hop out of the basin. */
    int wayOut(int i, RandomStream stream) {
      double target = stream.uniform() * chain.leaving(i);
      int last = NONE;
      for (int d = 0; d < hops; d++) {
        int at = i * hops + d;
        if (successor[at] == NONE && rates[at] > 0) {
          last = d;
          target -= rates[at];
          if (target <= 0) {
            return d;
          }
        }
      }
      return last;
    }

    /** Shows the hops from a state, in which the lattice has to be. */
    void possibleHops(VacancySimulator simulator, int v, int i, HopVisitor visitor) {
      simulator.possibleHops(v, rates, i * hops, visitor);
    }

    /** The hop from a state to a neighbouring one. */
    int direction(int from, int to) {
      int d = 0;
      while (successor[from * hops + d] != to) {
        d++;
      }
      return d;
    }

    /** Finds shortest ways from a state to some others, through these only: {@link #parent}. */
    void routes(int from, long through) {
      long edge = 1L << from;
      long open = through & ~edge;
      while (edge != 0) {
        long next = 0;
        for (long rest = edge; rest != 0; rest &= rest - 1) {
          int i = Long.numberOfTrailingZeros(rest);
          long found = chain.neighbours(i) & open;
          open &= ~found;
          next |= found;
          for (; found != 0; found &= found - 1) {
            parent[Long.numberOfTrailingZeros(found)] = (byte) i;
          }
        }
        edge = next;
      }
    }

    /** The state before another on the way from the start of {@link #routes}. */
    int parent(int i) {
      return parent[i];
    }

    /** Makes another known state the one of the moment, with its rates. */
    void settle(int v, int i) {
      current = i;
      table.assign(v, rates, i * hops, blocked[i]);
    }

    void write(DataOutput out) throws IOException {
      out.writeInt(current);
      out.writeLong(now);
      chain.write(out);
      footprint.write(out);
      for (long rest = chain.states(); rest != 0; rest &= rest - 1) {
        int i = Long.numberOfTrailingZeros(rest);
        out.writeLong(site[i]);
        out.writeByte(basis[i]);
        out.writeDouble(total[i]);
        out.writeDouble(blocked[i]);
        out.writeLong(lastVisit[i]);
        out.writeLong(index.hash(i));
        changed[i].write(out);
        if (places != null) {
          places[i].write(out);
          out.write(species, i * hops, hops);
        }
        for (int at = i * hops; at < (i + 1) * hops; at++) {
          out.writeFloat(rates[at]);
          out.writeByte(successor[at]);
        }
      }
    }

    void read(DataInput in) throws IOException {
      forget();
      index.clear();
      current = in.readInt();
      now = in.readLong();
      chain.read(in);
      footprint.read(in);
      for (long rest = chain.states(); rest != 0; rest &= rest - 1) {
        int i = Long.numberOfTrailingZeros(rest);
        site[i] = in.readLong();
        basis[i] = in.readByte();
        total[i] = in.readDouble();
        blocked[i] = in.readDouble();
        lastVisit[i] = in.readLong();
        index.put(i, in.readLong());
        changed[i].read(in);
        if (places != null) {
          places[i].read(in);
          in.readFully(species, i * hops, hops);
        }
        for (int at = i * hops; at < (i + 1) * hops; at++) {
          rates[at] = in.readFloat();
          successor[at] = in.readByte();
        }
      }
    }

    /**
     * Finds states of a basin by a hash of their configuration: the exclusive or of one mixed
     * number per changed site and code, so that an exchange of two sites changes it in four
     * operations. Equal hashes are candidates only.
     */
    static final class StateIndex {
      private static final int NONE = -1;
      private static final int BUCKETS = 256;
      private static final int CODES = 16;

      private final byte[] head = new byte[BUCKETS];
      private final byte[] next = new byte[AbsorbingChain.MOST];
      private final long[] hash = new long[AbsorbingChain.MOST];

      StateIndex() {
        clear();
      }

      void clear() {
        Arrays.fill(head, (byte) NONE);
      }

      /** Hash after the vacancy at one site changed places with the atom at another. */
      static long exchanged(long hash, long vacancy, long atom, int code) {
        long v = vacancy * CODES;
        long a = atom * CODES;
        return hash ^ mixed(v) ^ mixed(v + code) ^ mixed(a + code) ^ mixed(a);
      }

      private static long mixed(long key) {
        long z = (key + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        return z ^ z >>> 27;
      }

      private static int bucket(long hash) {
        return (int) hash & (BUCKETS - 1);
      }

      long hash(int i) {
        return hash[i];
      }

      void put(int i, long key) {
        hash[i] = key;
        next[i] = head[bucket(key)];
        head[bucket(key)] = (byte) i;
      }

      void remove(int i) {
        int b = bucket(hash[i]);
        if (head[b] == i) {
          head[b] = next[i];
          return;
        }
        int k = head[b];
        while (next[k] != i) {
          k = next[k];
        }
        next[k] = next[i];
      }

      /** A state with this hash, or -1. */
      int first(long key) {
        return matching(head[bucket(key)], key);
      }

      int next(int i, long key) {
        return matching(next[i], key);
      }

      private int matching(int from, long key) {
        int i = from;
        while (i != NONE && hash[i] != key) {
          i = next[i];
        }
        return i;
      }
    }
  }
}
