package org.latticelift.sim.vacancy.kmc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;
import org.latticelift.sim.vacancy.kmc.ArrheniusRates.HopRates;
import org.latticelift.sim.vacancy.kmc.ArrheniusRates.StepBack;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The rates of all hops of the active vacancies, kept up to date jump by jump.
 *
 * <p>Cost per jump beside selection: for a hop straight back with a cache two copies of an
 * environment and of its rates (20 ns); else one gather (60 to 80 ns) and a look-up (30 to 60 ns)
 * or an evaluation. With several active vacancies two scans of an environment for vacancies (10
 * ns), and a look-up or an evaluation for each that is near. {@code latticelift bench kmc} measures
 * the whole.
 */
final class RateTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  final Lattice lattice;
  private final HopGeometry geometry;
  private final ArrheniusRates arrhenius;
  private final HopRates evaluator;
  private final int[] changed;
  final ActiveVacancies vacancies;
  final SumTree tree = new SumTree(0);
  private final SumTree blocked = new SumTree(0);
  private boolean[] marked = {};
  private int changedCount;
  private Region region;
  private Region home;

  private final StepBack stepBack;

  /** Whether rates and sums are still to be evaluated. */
  private boolean stale;

  long wallContacts;

  RateTable(Lattice lattice, BarrierModel model, double kelvin, EnvironmentCache cache) {
    this.lattice = lattice;
    geometry = new HopGeometry(lattice.crystal());
    arrhenius = new ArrheniusRates(model, kelvin);
    evaluator = new HopRates(geometry, model, arrhenius, cache);
    changed = new int[2 * geometry.sites + 1];
    stepBack = new StepBack(geometry);
    vacancies = new ActiveVacancies(lattice.crystal());
  }

  void activate(long[] sites, int count) {
    if (marked.length < count) {
      marked = new boolean[count];
    }
    Arrays.fill(marked, 0, count, false);
    invalidate();
    vacancies.place(sites, count, lattice);
  }

  void confine(Region where) {
    region = where;
    invalidate();
  }

  void home(Region where) {
    home = where;
    invalidate();
  }

  /** Evaluates all rates anew when they are needed next. */
  void invalidate() {
    stale = true;
    stepBack.forget();
  }

  private void evaluateAll() {
    tree.reset(vacancies.count);
    blocked.reset(region == null ? 0 : vacancies.count);
    for (int from = 0; from < vacancies.count; from += changed.length) {
      changedCount = Math.min(changed.length, vacancies.count - from);
      for (int i = 0; i < changedCount; i++) {
        changed[i] = from + i;
      }
      evaluateChanged();
      for (int i = 0; i < changedCount; i++) {
        sum(changed[i]);
      }
    }
    tree.rebuild();
    blocked.rebuild();
    stale = false;
  }

  private void evaluateChanged() {
    if (home != null) {
      dropAway();
    }
    evaluator.evaluate(changedCount, changed, vacancies);
  }

  /** Takes vacancies outside the home region off the list of the changed and stops them. */
  private void dropAway() {
    int kept = 0;
    for (int i = 0; i < changedCount; i++) {
      int w = changed[i];
      if (home.contains(vacancies.x[w], vacancies.y[w], vacancies.z[w], vacancies.b[w])) {
        changed[kept++] = w;
      } else {
        marked[w] = false;
        vacancies.stop(w);
        stop(tree, w);
        if (region != null) {
          stop(blocked, w);
        }
      }
    }
    changedCount = kept;
  }

  private static void stop(SumTree sums, int w) {
    if (sums.leaf(w) != 0) {
      sums.set(w, 0);
    }
  }

  /** Sets the leaf of one vacancy: its rates summed in the order of the hops. */
  private void sum(int v) {
    if (region != null) {
      blocked.setLeaf(v, block(v));
    }
    tree.setLeaf(v, leafSum(vacancies.rates, v * geometry.hops, geometry.hops));
  }

  static double leafSum(float[] rates, int at, int hops) {
    double sum = 0;
    for (int d = 0; d < hops; d++) {
      sum += rates[at + d];
    }
    return sum;
  }

  /** Sets rates of hops out of the region to zero and returns their sum. */
  private double block(int v) {
    double sum = 0;
    int b = vacancies.b[v];
    for (int d = 0; d < geometry.hops; d++) {
      int j = geometry.target[b][d];
      int at = v * geometry.hops + d;
      if (vacancies.rates[at] != 0 && !region.contains(x(v, j), y(v, j), z(v, j), basis(v, j))) {
        sum += vacancies.rates[at];
        vacancies.rates[at] = 0;
      }
    }
    return sum;
  }

  private double total() {
    if (stale) {
      evaluateAll();
    }
    return tree.total();
  }

  double totalRate() {
    return total() * arrhenius.unit();
  }

  /** Whether nothing can happen here until another block changes something. */
  boolean isAtRest() {
    return home != null && total() == 0;
  }

  double rate(int v, int direction) {
    total();
    return vacancies.rates[v * geometry.hops + direction] * arrhenius.unit();
  }

  double exitRate(int v) {
    total();
    return tree.leaf(v) * arrhenius.unit();
  }

  double requireTotalRate() {
    double total = total();
    if (!(total > 0 && total < Double.POSITIVE_INFINITY)) {
      throw noRate(total);
    }
    return total * arrhenius.unit();
  }

  private LatticeLiftException noRate(double total) {
    return LatticeLiftException.numerical(
        "the total rate is " + total + ", so no jump can be chosen",
        vacancies.count + " active vacancies" + (region == null ? "" : " in a region"),
        "at least one active vacancy with a hop of positive, finite rate",
        "Check that vacancies are active and not enclosed, and that the barrier model"
            + " contains all species");
  }

  /**
   * The smallest direction whose cumulative rate reaches the target, never one of rate zero even if
   * rounding left the target beyond the sum.
   */
  int direction(int v, double target) {
    return direction(vacancies.rates, v * geometry.hops, geometry.hops, target);
  }

  static int direction(float[] rates, int at, int hops, double target) {
    double sum = 0;
    int last = 0;
    for (int d = 0; d < hops; d++) {
      if (rates[at + d] != 0) {
        sum += rates[at + d];
        last = d;
        if (sum >= target) {
          return d;
        }
      }
    }
    return last;
  }

  /**
   * Exchanges vacancy and atom and brings environments, rates and sums up to date ({@code e}: the
   * event of the last jump, rewritten).
   */
  void jump(int v, int d, JumpEvent e) {
    if (region != null && blocked.total() > 0) {
      wallContacts++;
    }
    hop(v, d, e);
  }

  /** A jump that does not count at the wall. */
  void hop(int v, int d, JumpEvent e) {
    boolean back = stepBack.isHop(v, d, e);
    stepBack.leave(vacancies.rates, v * geometry.hops, region == null ? 0 : blocked.leaf(v));
    hop(v, d, e, back);
    stepBack.jumped();
  }

  private void hop(int v, int d, JumpEvent e, boolean back) {
    ActiveVacancies a = vacancies;
    int fx = a.x[v];
    int fy = a.y[v];
    int fz = a.z[v];
    shift(v, d, e, back);
    changedCount = 0;
    if (back && evaluator.remembers()) {
      restore(v);
    } else {
      marked[v] = true;
      changed[changedCount++] = v;
    }
    if (a.count > 1) {
      notice(e.before, 0, fx, fy, fz, e.basisFrom, (byte) e.species);
      notice(a.codes, e.afterAt, a.x[v], a.y[v], a.z[v], e.basisTo, Lattice.VACANCY);
    }
    refresh();
  }

  /** Sets rates and sums of a vacancy to those before the last jump. */
  private void restore(int v) {
    stepBack.read(vacancies.rates, v * geometry.hops);
    if (region != null) {
      blocked.set(v, stepBack.blocked());
    }
    tree.set(v, leafSum(vacancies.rates, v * geometry.hops, geometry.hops));
    evaluator.countRemembered();
  }

  /** Exchanges vacancy and atom, but leaves rates and other vacancies as they are. */
  void shift(int v, int d, JumpEvent e) {
    shift(v, d, e, false);
  }

  private void shift(int v, int d, JumpEvent e, boolean back) {
    ActiveVacancies a = vacancies;
    int at = v * geometry.sites;
    int basisFrom = a.b[v];
    int j = geometry.target[basisFrom][d];
    byte atom = a.codes[at + j];
    long from = a.site[v];
    int tx = x(v, j);
    int ty = y(v, j);
    int tz = z(v, j);
    int basisTo = basis(v, j);
    long to = lattice.index(tx, ty, tz, basisTo);
    lattice.set(a.x[v], a.y[v], a.z[v], basisFrom, atom);
    lattice.set(tx, ty, tz, basisTo, Lattice.VACANCY);
    a.move(v, tx, ty, tz, basisTo, to);
    stepBack.forget();
    if (back) {
      stepBack.exchange(a.codes, at, e);
    } else {
      System.arraycopy(a.codes, at, e.before, 0, geometry.sites);
      a.gather(v, lattice);
    }
    e.from = from;
    e.to = to;
    e.species = atom;
    e.direction = d;
    e.reverse = geometry.reverse[basisFrom][d];
    e.basisFrom = basisFrom;
    e.basisTo = basisTo;
    e.vacancy = v;
    e.after = a.codes;
    e.afterAt = at;
  }

  /** Sets the rates of one vacancy to values that were evaluated before. */
  void assign(int v, float[] rates, int from, double blockedSum) {
    System.arraycopy(rates, from, vacancies.rates, v * geometry.hops, geometry.hops);
    if (region != null) {
      blocked.set(v, blockedSum);
    }
    tree.set(v, leafSum(rates, from, geometry.hops));
  }

  /** Takes one vacancy out of the competition; {@link #assign} or a hop brings it back. */
  void suspend(int v) {
    tree.set(v, 0);
    if (region != null) {
      blocked.set(v, 0);
    }
  }

  /** What one unit of a stored rate is, 1/s. */
  double unit() {
    return arrhenius.unit();
  }

  /** Sum of the rates that the region blocks. */
  double blocked(int v) {
    return region == null ? 0 : blocked.leaf(v);
  }

  long target(int v, int d) {
    int j = geometry.target[vacancies.b[v]][d];
    return lattice.index(x(v, j), y(v, j), z(v, j), basis(v, j));
  }

  /** Code of the site that a hop leads to. */
  byte targetCode(int v, int d) {
    return vacancies.codes[v * geometry.sites + geometry.target[vacancies.b[v]][d]];
  }

  HopGeometry geometry() {
    return geometry;
  }

  /** Whether another active vacancy is in the environment of one. */
  boolean meets(int v) {
    ActiveVacancies a = vacancies;
    if (a.count == 1) {
      return false;
    }
    int from = v * geometry.sites;
    int whole = geometry.sites & -Long.BYTES;
    for (int j = 0; j < whole; j += Long.BYTES) {
      long zeros = zeros((long) LONG.get(a.codes, from + j));
      for (; zeros != 0; zeros &= zeros - 1) {
        if (active(v, j + (Long.numberOfTrailingZeros(zeros) >>> 3))) {
          return true;
        }
      }
    }
    for (int j = whole; j < geometry.sites; j++) {
      if (a.codes[from + j] == Lattice.VACANCY && active(v, j)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an active vacancy is at a site of the environment of another. */
  private boolean active(int v, int j) {
    return vacancies.index.get(lattice.index(x(v, j), y(v, j), z(v, j), basis(v, j))) >= 0;
  }

  /** Tells every active vacancy around a site of the site's new code. */
  private void notice(byte[] codes, int at, int x, int y, int z, int b, byte code) {
    int whole = geometry.sites & -Long.BYTES;
    for (int j = 0; j < whole; j += Long.BYTES) {
      long zeros = zeros((long) LONG.get(codes, at + j));
      while (zeros != 0) {
        tell(j + (Long.numberOfTrailingZeros(zeros) >>> 3), x, y, z, b, code);
        zeros &= zeros - 1;
      }
    }
    for (int j = whole; j < geometry.sites; j++) {
      if (codes[at + j] == Lattice.VACANCY) {
        tell(j, x, y, z, b, code);
      }
    }
  }

  /** The high bit of every byte that is zero; bytes are below 128. */
  private static long zeros(long codes) {
    return ~(codes + LOW_BITS) & ~LOW_BITS;
  }

  private void tell(int j, int x, int y, int z, int b, byte code) {
    long site =
        lattice.index(
            wrap(x + geometry.dx[b][j], lattice.nx()),
            wrap(y + geometry.dy[b][j], lattice.ny()),
            wrap(z + geometry.dz[b][j], lattice.nz()),
            geometry.basis[b][j]);
    int w = vacancies.index.get(site);
    if (w < 0) {
      return;
    }
    vacancies.codes[w * geometry.sites + geometry.opposite[b][j]] = code;
    if (!marked[w]) {
      marked[w] = true;
      changed[changedCount++] = w;
    }
  }

  private void refresh() {
    evaluateChanged();
    for (int i = 0; i < changedCount; i++) {
      int w = changed[i];
      marked[w] = false;
      if (region != null) {
        blocked.set(w, block(w));
      }
      tree.set(w, leafSum(vacancies.rates, w * geometry.hops, geometry.hops));
    }
  }

  private int x(int v, int j) {
    return wrap(vacancies.x[v] + geometry.dx[vacancies.b[v]][j], lattice.nx());
  }

  private int y(int v, int j) {
    return wrap(vacancies.y[v] + geometry.dy[vacancies.b[v]][j], lattice.ny());
  }

  private int z(int v, int j) {
    return wrap(vacancies.z[v] + geometry.dz[vacancies.b[v]][j], lattice.nz());
  }

  private int basis(int v, int j) {
    return geometry.basis[vacancies.b[v]][j];
  }

  private static int wrap(int i, int n) {
    if (i < 0) {
      return i + n;
    }
    return i >= n ? i - n : i;
  }
}
