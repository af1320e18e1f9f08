package org.latticelift.kmc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.lattice.Lattice;

/** The rates of all hops of the active vacancies, kept up to date jump by jump. */
final class RateTable {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

  final Lattice lattice;
  private final HopGeometry geometry;
  private final ArrheniusRates arrhenius;
  private final HopRates evaluator;
  private final int[] changed;
  ActiveVacancies vacancies;
  SumTree tree = new SumTree(0);
  private SumTree blocked;
  private boolean[] marked = {};
  private int changedCount;
  private Region region;
  long wallContacts;
  double wallHits;

  RateTable(Lattice lattice, BarrierModel model, double kelvin, EnvironmentCache cache) {
    this.lattice = lattice;
    geometry = new HopGeometry(lattice.crystal());
    arrhenius = new ArrheniusRates(model, kelvin);
    evaluator = new HopRates(geometry, model, arrhenius, cache);
    changed = new int[2 * geometry.sites + 1];
    vacancies = new ActiveVacancies(0, lattice.crystal());
  }

  void activate(long[] sites) {
    if (vacancies.count != sites.length) {
      vacancies = new ActiveVacancies(sites.length, lattice.crystal());
      tree = new SumTree(sites.length);
      marked = new boolean[sites.length];
      blocked = region == null ? null : new SumTree(sites.length);
    }
    vacancies.place(sites, lattice);
    evaluateAll();
  }

  void confine(Region where) {
    region = where;
    blocked = where == null ? null : new SumTree(vacancies.count);
    evaluateAll();
  }

  private void evaluateAll() {
    for (int from = 0; from < vacancies.count; from += changed.length) {
      int n = Math.min(changed.length, vacancies.count - from);
      for (int i = 0; i < n; i++) {
        changed[i] = from + i;
      }
      evaluator.evaluate(n, changed, vacancies);
      for (int i = 0; i < n; i++) {
        sum(from + i);
      }
    }
    tree.rebuild();
    if (blocked != null) {
      blocked.rebuild();
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

  double totalRate() {
    return tree.total() * arrhenius.unit();
  }

  double rate(int v, int direction) {
    return vacancies.rates[v * geometry.hops + direction] * arrhenius.unit();
  }

  double requireTotalRate() {
    double total = tree.total();
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
        "Check that vacancies are active and not enclosed, and that the barrier model knows all"
            + " species");
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

  /** Exchanges vacancy and atom and brings environments, rates and sums up to date. */
  void jump(int v, int d, JumpEvent e) {
    if (region != null && blocked.total() > 0) {
      wallContacts++;
      wallHits += blocked.total() / tree.total();
    }
    ActiveVacancies a = vacancies;
    int at = v * geometry.sites;
    System.arraycopy(a.codes, at, e.before, 0, geometry.sites);
    int basisFrom = a.b[v];
    int j = geometry.target[basisFrom][d];
    byte atom = a.codes[at + j];
    int fx = a.x[v];
    int fy = a.y[v];
    int fz = a.z[v];
    long from = a.site[v];
    int tx = x(v, j);
    int ty = y(v, j);
    int tz = z(v, j);
    int basisTo = basis(v, j);
    long to = lattice.index(tx, ty, tz, basisTo);
    lattice.set(fx, fy, fz, basisFrom, atom);
    lattice.set(tx, ty, tz, basisTo, Lattice.VACANCY);
    changed[0] = v;
    changedCount = 1;
    marked[v] = true;
    notice(e.before, 0, fx, fy, fz, basisFrom, atom);
    a.move(v, tx, ty, tz, basisTo, to);
    a.gather(v, lattice);
    notice(a.codes, at, tx, ty, tz, basisTo, Lattice.VACANCY);
    refresh();
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
    evaluator.evaluate(changedCount, changed, vacancies);
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
