package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.basin.BinomialLaw.PoissonLaw;
import org.latticelift.sim.vacancy.basin.BinomialLaw.PoissonLaw.Counts53;

/**
 * Draws whole passages through an {@link AbsorbingChain}, from a start until it is left or an
 * independent interruption of constant rate comes: time spent and number of arrivals in every
 * state, number of jumps, and where the passage ended, with exactly their joint law.
 *
 * <p>Kinetic path sampling (Athenes and Bulatov, Phys. Rev. Lett. 113, 230601 (2014)) in continuous
 * time. {@link #factorise} takes the states out of sight one after the other, the start last: while
 * n is out of sight, the chain seen on the others jumps i to j with rate k_ij + k_in k_nj / S_n and
 * leaves i with rate a_i + k_in a_n / S_n, where S_n is the rate of n out to what is still in sight
 * (a sum, never a difference: accurate for basins of any depth, the elimination of Grassmann,
 * Taksar and Heyman). {@link #draw} brings them back in reverse order. Given the passage seen on
 * the others, every transition i to j went through n with the probability of its share in the rate
 * (binomial); returns i to n to i happened at rate k_in k_ni / S_n during the time in i (Poisson);
 * and the time in n is that many exponential times of rate S_n (gamma).
 *
 * <p>Cost: states are taken in order of least connections. Lattice hops form nearly a tree, so that
 * hardly any connection is filled in: about 40 ns per state for the factorisation, and 120 ns per
 * visited state for a draw, whatever the number of jumps. {@code BasinBenchmark} measures it;
 * {@code ChainWalk} of the tests is the plain twin. Allocates only when a factorisation needs more
 * room than all before. Serves one thread.
 */
public final class PathFactorisation {
  private static final int MOST = AbsorbingChain.MOST;

  /** Rates that elimination has changed, where {@link #changed} has their bit. */
  private final double[] rate = new double[MOST * MOST];

  private final long[] changed = new long[MOST];
  private final double[] leaving = new double[MOST];
  private final long[] inSight = new long[MOST];

  /** States by the number of their connections in sight. */
  private final long[] ofDegree = new long[MOST];

  private final int[] order = new int[MOST];
  private int eliminated;

  /** Connections of a state in sight when it was taken out, S_n, and its place in {@link #seen}. */
  private final long[] partners = new long[MOST];

  private final double[] total = new double[MOST];
  private final int[] place = new int[MOST];

  /**
   * For every state that was taken out, as they were before, with its partners in the order of
   * their numbers: rates from the partners, rates to the partners, and the square of rates among
   * them with the rates of leaving on the diagonal.
   */
  private double[] seen = new double[16 * MOST];

  private AbsorbingChain chain;
  private int start;
  private double interruption;

  private final double[] time = new double[MOST];
  private final long[] arrivals = new long[MOST];

  /** Transitions seen between visited states; entries of others are undefined. */
  private final long[] transitions = new long[MOST * MOST];

  private long visited;
  private int end;
  private boolean interrupted;
  private long jumps;
  private double duration;

  /** An empty workspace. */
  public PathFactorisation() {}

  /**
   * Prepares draws.
   *
   * @param chain read now and by {@link #draw}; must not change in between
   * @param start where passages start
   * @param interruption rate at which an independent interruption comes, 0 or more; positive if the
   *     chain cannot be left
   */
  public void factorise(AbsorbingChain chain, int start, double interruption) {
    this.chain = chain;
    this.start = start;
    this.interruption = interruption;
    load();
    eliminated = 0;
    int used = 0;
    // The start stays: it is never offered for elimination.
    ofDegree[Long.bitCount(inSight[start])] &= ~(1L << start);
    for (int left = Long.bitCount(chain.states()) - 1; left > 0; left--) {
      used = eliminate(leastConnected(), used);
    }
    total[start] = leaving[start];
    if (!(total[start] > 0)) {
      throw new ArithmeticException("a passage would never end: rate " + total[start]);
    }
  }

  private void load() {
    java.util.Arrays.fill(ofDegree, 0);
    for (long rest = chain.states(); rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      long connected = chain.neighbours[i];
      inSight[i] = connected;
      changed[i] = 0;
      leaving[i] = chain.leaving[i] + interruption;
      ofDegree[Long.bitCount(connected)] |= 1L << i;
    }
  }

  private int leastConnected() {
    int degree = 0;
    while (ofDegree[degree] == 0) {
      degree++;
    }
    int n = Long.numberOfTrailingZeros(ofDegree[degree]);
    ofDegree[degree] &= ofDegree[degree] - 1;
    return n;
  }

  private double rate(int i, int j) {
    int at = i * MOST + j;
    return (changed[i] >>> j & 1) == 0 ? chain.rate[at] : rate[at];
  }

  private int eliminate(int n, int used) {
    long all = inSight[n];
    int degree = Long.bitCount(all);
    order[eliminated++] = n;
    partners[n] = all;
    place[n] = used;
    int end = used + degree * (degree + 2);
    if (end > seen.length) {
      seen = java.util.Arrays.copyOf(seen, 2 * end);
    }
    double sum = leaving[n];
    int from = used;
    for (long js = all; js != 0; js &= js - 1) {
      int j = Long.numberOfTrailingZeros(js);
      seen[from] = rate(j, n);
      seen[from + degree] = rate(n, j);
      sum += seen[from + degree];
      from++;
    }
    total[n] = sum;
    int row = used + 2 * degree;
    int diagonal = row;
    from = used;
    for (long is = all; is != 0; is &= is - 1) {
      int i = Long.numberOfTrailingZeros(is);
      double share = sum == 0 ? 0 : seen[from] / sum;
      seen[diagonal] = leaving[i];
      leaving[i] += share * leaving[n];
      if (degree > 1) {
        redirect(i, all, share, used + degree, row);
      }
      reconnect(i, (inSight[i] | all) & ~(1L << n | 1L << i));
      from++;
      row += degree;
      diagonal += degree + 1;
    }
    return end;
  }

  /** Adds the ways from i through the state that is taken out to its other partners. */
  private void redirect(int i, long all, double share, int out, int row) {
    int from = out;
    int to = row;
    for (long js = all; js != 0; js &= js - 1) {
      int j = Long.numberOfTrailingZeros(js);
      if (j != i) {
        double before = (inSight[i] >>> j & 1) == 0 ? 0 : rate(i, j);
        seen[to] = before;
        rate[i * MOST + j] = before + share * seen[from];
        changed[i] |= 1L << j;
      }
      from++;
      to++;
    }
  }

  private void reconnect(int i, long now) {
    if (i != start) {
      ofDegree[Long.bitCount(inSight[i])] &= ~(1L << i);
      ofDegree[Long.bitCount(now)] |= 1L << i;
    }
    inSight[i] = now;
  }

  /**
   * Draws a passage. May be called again for another, independent one.
   *
   * @throws ArithmeticException if a count exceeds 2^53
   */
  public void draw(RandomStream stream) {
    visited = 1L << start;
    end = start;
    jumps = 1;
    arrivals[start] = 1;
    time[start] = stream.exponential() / total[start];
    duration = time[start];
    for (int k = eliminated - 1; k >= 0; k--) {
      int n = order[k];
      long near = partners[n] & visited;
      if (near != 0) {
        bringBack(n, near, stream);
      }
    }
    double out = chain.leaving[end];
    interrupted =
        interruption > 0 && (out == 0 || stream.uniform() * (out + interruption) <= interruption);
    if (interrupted) {
      jumps--;
    }
    if (jumps > Counts53.LARGEST) {
      throw Counts53.exceeded(jumps);
    }
  }

  private void bringBack(int n, long near, RandomStream stream) {
    long all = partners[n];
    int degree = Long.bitCount(all);
    int row = n * MOST;
    for (long js = near; js != 0; js &= js - 1) {
      transitions[row + Long.numberOfTrailingZeros(js)] = 0;
    }
    long came = 0;
    long returns = 0;
    for (long is = near; is != 0; is &= is - 1) {
      int i = Long.numberOfTrailingZeros(is);
      int rank = Long.bitCount(all & (1L << i) - 1);
      int at = place[n] + rank;
      double share = seen[at] / total[n];
      long back = PoissonLaw.draw(share * seen[at + degree] * time[i], stream);
      long into = back;
      if (end == i) {
        into += leaves(n, seen[place[n] + 2 * degree + rank * (degree + 1)], share, stream);
      }
      if (degree > 1) {
        into += through(n, i, near, share, stream);
      }
      arrivals[i] += back;
      transitions[row + i] += back;
      transitions[i * MOST + n] = into;
      returns += back;
      came += into;
    }
    if (came > 0) {
      visited |= 1L << n;
      arrivals[n] = came;
      jumps += came + returns;
      time[n] = GammaLaw.draw(came, stream) / total[n];
      duration += time[n];
    }
  }

  /** Whether the chain, seen to be left from the end, was left through n: 1 or 0. */
  private int leaves(int n, double direct, double share, RandomStream stream) {
    double via = share * leaving[n];
    if (stream.uniform() * (direct + via) > direct) {
      end = n;
      return 1;
    }
    return 0;
  }

  /** How many of the seen transitions from i to other states went through n. */
  private long through(int n, int i, long near, double share, RandomStream stream) {
    long all = partners[n];
    int degree = Long.bitCount(all);
    int out = place[n] + degree;
    int row = out + degree + Long.bitCount(all & (1L << i) - 1) * degree;
    long sum = 0;
    for (long js = near & ~(1L << i); js != 0; js &= js - 1) {
      int j = Long.numberOfTrailingZeros(js);
      long count = transitions[i * MOST + j];
      if (count > 0) {
        int rank = Long.bitCount(all & (1L << j) - 1);
        long via = BinomialLaw.draw(count, share * seen[out + rank], seen[row + rank], stream);
        transitions[i * MOST + j] = count - via;
        transitions[n * MOST + j] += via;
        sum += via;
      }
    }
    return sum;
  }

  /** The states that the drawn passage visited. */
  public long visited() {
    return visited;
  }

  /** Time that the drawn passage spent in a state, in the unit of time of the rates. */
  public double time(int i) {
    return time[i];
  }

  /**
   * How often the drawn passage came to a state, the start counted once for its beginning there; 1
   * or more.
   */
  public long arrivals(int i) {
    return arrivals[i];
  }

  /** Time of the whole drawn passage. */
  public double duration() {
    return duration;
  }

  /**
   * Jumps of the drawn passage; the one that leaves counts, an interruption does not; 0 or more.
   */
  public long jumps() {
    return jumps;
  }

  /**
   * The last state of the drawn passage; the one from which the chain was left, or in which it was
   * interrupted.
   */
  public int end() {
    return end;
  }

  /** Whether the drawn passage was interrupted; false if the chain was left. */
  public boolean interrupted() {
    return interrupted;
  }

  /**
   * Sums of independent exponential numbers of unit mean: up to four as the logarithm of a product,
   * else by the exact rejection of Marsaglia and Tsang (2000). No allocation.
   */
  public static final class GammaLaw {
    private static final int PRODUCT = 4;

    private GammaLaw() {}

    /**
     * Draws a sum ({@code terms}: how many exponential numbers, 0 or more); their sum; 0 for no
     * term.
     */
    public static double draw(long terms, RandomStream stream) {
      if (terms <= PRODUCT) {
        return terms == 0 ? 0 : product((int) terms, stream);
      }
      double d = terms - 1.0 / 3;
      double c = 1 / Math.sqrt(9 * d);
      while (true) {
        double x = stream.normal();
        double root = 1 + c * x;
        if (root > 0) {
          double v = root * root * root;
          double u = stream.uniform();
          double square = x * x;
          if (u < 1 - 0.0331 * square * square
              || StrictMath.log(u) < 0.5 * square + d * (1 - v + StrictMath.log(v))) {
            return d * v;
          }
        }
      }
    }

    private static double product(int terms, RandomStream stream) {
      double product = stream.uniform();
      for (int i = 1; i < terms; i++) {
        product *= stream.uniform();
      }
      return -StrictMath.log(product);
    }
  }
}
