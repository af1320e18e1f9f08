package org.latticelift.sim.vacancy.barrier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * The linear barrier model: barrier = activation + (energy after the hop - energy before it) / 2,
 * the kinetically resolved activation of Van der Ven et al., Phys. Rev. B 64, 184307 (2001). The
 * energy is a sum over pairs of atoms; the activation depends on the jumping species and on the
 * species in shells around the saddle point, which are the same for the hop and its reverse. So the
 * barriers of both differ by exactly the energy change, and detailed balance holds for every
 * species, shell and crystal.
 *
 * <p>A barrier is at least the floor in either direction: max(activation + change / 2, floor +
 * max(0, change)). The floor does not break detailed balance.
 *
 * <p>Model {@code pairwise} is this model without saddle terms. Both the change and the activation
 * depend on numbers of atoms only: those of each species in each shell of the vacancy, of the
 * target and of the saddle point. Sites are bits of two words, which are masked and counted; the
 * numbers are weighted by tables. Cost: two population counts for each hop, shell and species, 0.1
 * to 0.2 microseconds for the eight hops of BCC ({@code bench kmc}).
 */
public final class LinearBarrier implements BarrierModel {
  private final String name;
  private final Crystal crystal;
  private final LinearTerms terms;
  private final double[] attemptFrequency;
  private final Optional<TableError> error;

  /** A model with one attempt frequency for all species, 1/s. */
  public LinearBarrier(String name, Crystal crystal, LinearTerms terms, double attemptFrequency) {
    this(name, crystal, terms, repeated(attemptFrequency, terms.species()), Optional.empty());
  }

  /**
   * A model.
   *
   * @param attemptFrequency of each species, 1/s
   * @param error of the table that it was fitted to; empty where it was not
   * @throws org.latticelift.io.error.LatticeLiftException if shells reach beyond the environment
   */
  public LinearBarrier(
      String name,
      Crystal crystal,
      LinearTerms terms,
      double[] attemptFrequency,
      Optional<TableError> error) {
    this.name = name;
    this.crystal = crystal;
    this.terms = terms;
    this.attemptFrequency = attemptFrequency.clone();
    this.error = error;
    newKernel();
  }

  private static double[] repeated(double value, int count) {
    double[] all = new double[count];
    Arrays.fill(all, value);
    return all;
  }

  /** The numbers of the model. */
  public LinearTerms terms() {
    return terms;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Crystal crystal() {
    return crystal;
  }

  @Override
  public int species() {
    return terms.species();
  }

  @Override
  public BarrierKernel newKernel() {
    return new Kernel(crystal, terms);
  }

  @Override
  public Optional<TableError> tableError() {
    return error;
  }

  @Override
  public boolean quick() {
    return true;
  }

  @Override
  public double attemptFrequency(int species) {
    return attemptFrequency[species - 1];
  }

  private static final class Kernel implements BarrierKernel {
    private final int hops;
    private final int sites;
    private final int pairTerms;
    private final int saddleTerms;
    private final double floor;
    private final double[] activation;

    /**
     * Jumping species by shell by species: what an atom more after than before the hop adds, eV.
     */
    private final double[] pairWeight;

    /** Jumping species by shell around the saddle point by species, eV. */
    private final double[] saddleWeight;

    private final int[][] target;
    private final SiteSets[] aroundVacancy;
    private final SiteSets[] aroundTarget;
    private final SiteSets[] aroundSaddle;
    private final SpeciesSets atoms;

    private final int[] beside;

    Kernel(Crystal crystal, LinearTerms terms) {
      int species = terms.species();
      int shells = terms.shells().size();
      hops = crystal.hopCount();
      sites = crystal.environmentSize();
      pairTerms = shells * species;
      saddleTerms = terms.saddleShells() * species;
      floor = terms.floor();
      activation = terms.activation().stream().mapToDouble(e -> e).toArray();
      pairWeight = new double[species * pairTerms];
      Arrays.setAll(pairWeight, i -> pairWeight(terms, i));
      saddleWeight = new double[species * saddleTerms];
      Arrays.setAll(
          saddleWeight,
          i ->
              terms.saddle(
                  1 + i / species % terms.saddleShells(), 1 + i / saddleTerms, 1 + i % species));
      atoms = new SpeciesSets(sites, species, Math.max(1, Math.max(shells, terms.saddleShells())));
      beside = new int[pairTerms];
      int basisCount = crystal.basisCount();
      target = new int[basisCount][hops];
      aroundVacancy = new SiteSets[basisCount];
      aroundTarget = new SiteSets[basisCount];
      aroundSaddle = new SiteSets[basisCount];
      for (int basis = 0; basis < basisCount; basis++) {
        EnvironmentGeometry geometry = crystal.environment(basis);
        aroundVacancy[basis] = new SiteSets(1, shells, species);
        aroundTarget[basis] = new SiteSets(hops, shells, species);
        aroundSaddle[basis] = new SiteSets(hops, terms.saddleShells(), species);
        aroundVacancy[basis].set(0, sites, geometry::shellOf);
        for (int d = 0; d < hops; d++) {
          HopNeighbourhood hop =
              HopNeighbourhood.of(crystal, basis, d, shells, terms.saddleShells());
          target[basis][d] = hop.target();
          aroundTarget[basis].set(d, sites, hop::before);
          aroundSaddle[basis].set(d, sites, hop::saddle);
        }
      }
    }

    /**
     * An atom that gains a neighbour gains the energy of that pair; the vacancy loses its own with
     * the neighbour, and the atom has one vacancy less beside it.
     */
    private double pairWeight(LinearTerms terms, int i) {
      int atom = 1 + i / pairTerms;
      int shell = 1 + i / terms.species() % terms.shells().size();
      int other = 1 + i % terms.species();
      return terms.pair(shell, atom, other)
          - terms.pair(shell, 0, other)
          - terms.pair(shell, atom, 0);
    }

    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      atoms.read(environment, at);
      SiteSets near = aroundVacancy[basis];
      for (int k = 0; k < beside.length; k++) {
        beside[k] = atoms.count(k, near, k);
      }
      int[] targets = target[basis];
      for (int d = 0; d < targets.length; d++) {
        int moving = environment[at + targets[d]];
        barriers[to + d] =
            moving == 0
                ? Float.POSITIVE_INFINITY
                : (float)
                    barrier(
                        activation[moving - 1] + addition(moving - 1, aroundSaddle[basis], d),
                        energyChange(moving - 1, aroundTarget[basis], d));
      }
    }

    private double barrier(double base, double change) {
      return Math.max(base + change / 2, floor + Math.max(0, change));
    }

    /** Energy after the hop minus energy before it, eV. */
    private double energyChange(int atom, SiteSets sets, int d) {
      if (pairTerms == 0) {
        return 0;
      }
      int row = atom * pairTerms;
      int first = d * pairTerms;
      // The atom itself, which is beside the vacancy before the hop, is no neighbour after it.
      double change = -pairWeight[row + atom];
      for (int k = 0; k < beside.length; k++) {
        change += (beside[k] - atoms.count(k, sets, first + k)) * pairWeight[row + k];
      }
      return change;
    }

    /** What the atoms around the saddle point add to the activation, eV. */
    private double addition(int atom, SiteSets sets, int d) {
      int row = atom * saddleTerms;
      int first = d * saddleTerms;
      double sum = 0;
      for (int k = 0; k < saddleTerms; k++) {
        sum += atoms.count(k, sets, first + k) * saddleWeight[row + k];
      }
      return sum;
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      for (int i = 0; i < count; i++) {
        barriers(environments, i * sites, basis[i], barriers, i * hops);
      }
    }
  }

  /** Sets of sites, one bit each in two words: by hop and shell, once for each species. */
  private static final class SiteSets {
    private final int shells;
    private final int species;
    private final long[] low;
    private final long[] high;

    SiteSets(int hops, int shells, int species) {
      this.shells = shells;
      this.species = species;
      this.low = new long[hops * shells * species];
      this.high = new long[hops * shells * species];
    }

    void set(int hop, int sites, IntUnaryOperator shellOf) {
      for (int j = 0; j < sites; j++) {
        int shell = shellOf.applyAsInt(j);
        for (int s = 0; s < species && 0 < shell && shell <= shells; s++) {
          int at = (hop * shells + shell - 1) * species + s;
          (j < Long.SIZE ? low : high)[at] |= 1L << j % Long.SIZE;
        }
      }
    }
  }

  /** The sites at which each species is, repeated for each shell. */
  private static final class SpeciesSets {
    private static final VarHandle LONG =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST = 0x0101010101010101L;

    /** Multiplication moves the lowest bit of byte i to bit 56 + i. */
    private static final long COLLECT = 0x0102040810204080L;

    private static final int TOP = 56;

    private final int sites;
    private final int species;
    private final long[] low;
    private final long[] high;

    SpeciesSets(int sites, int species, int shells) {
      if (sites > 2 * Long.SIZE) {
        throw new IllegalArgumentException(sites + " sites: at most " + 2 * Long.SIZE);
      }
      this.sites = sites;
      this.species = species;
      this.low = new long[species * shells];
      this.high = new long[species * shells];
    }

    void read(byte[] codes, int at) {
      read(codes, at, Math.min(Long.SIZE, sites), low);
      if (sites > Long.SIZE) {
        read(codes, at + Long.SIZE, sites - Long.SIZE, high);
      }
    }

    private void read(byte[] codes, int from, int count, long[] sets) {
      long p0 = 0;
      long p1 = 0;
      long p2 = 0;
      long p3 = 0;
      int whole = count / Long.BYTES * Long.BYTES;
      for (int j = 0; j < count; j += Long.BYTES) {
        long eight = j < whole ? (long) LONG.get(codes, from + j) : tail(codes, from, j, count);
        p0 |= ((eight & LOWEST) * COLLECT >>> TOP) << j;
        p1 |= ((eight >>> 1 & LOWEST) * COLLECT >>> TOP) << j;
        if (species > 3) {
          p2 |= ((eight >>> 2 & LOWEST) * COLLECT >>> TOP) << j;
          p3 |= ((eight >>> 3 & LOWEST) * COLLECT >>> TOP) << j;
        }
      }
      for (int s = 0; s < species; s++) {
        long set =
            with(p0, s + 1) & with(p1, s + 1 >>> 1) & with(p2, s + 1 >>> 2) & with(p3, s + 1 >>> 3);
        for (int k = s; k < sets.length; k += species) {
          sets[k] = set;
        }
      }
    }

    /** The plane, or what is not in it, as the lowest bit of a code says. */
    private static long with(long bits, int code) {
      return bits ^ (code & 1) - 1L;
    }

    private static long tail(byte[] codes, int from, int j, int count) {
      long word = 0;
      for (int k = count - 1; k >= j; k--) {
        word = word << Byte.SIZE | codes[from + k];
      }
      return word;
    }

    /** Number of atoms of a species in a set of sites. */
    int count(int of, SiteSets sets, int set) {
      return Long.bitCount(low[of] & sets.low[set]) + Long.bitCount(high[of] & sets.high[set]);
    }
  }
}
