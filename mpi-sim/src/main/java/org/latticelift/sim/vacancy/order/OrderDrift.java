package org.latticelift.sim.vacancy.order;

import java.util.Arrays;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.HopVisitor;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.ResidenceObserver;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * The generator of vacancy dynamics applied to order parameters (EX-05, EX-06): b(x) = sum over the
 * hops that the active vacancies may make of rate times change, and its integral over the time
 * spent in states, also in those of a basin whose jumps are resolved together.
 *
 * <p>Order parameters must depend on sites within an environment of a bond's ends, as barriers do.
 * Cost per jump: the hops of the vacancy that jumped, about 100 ns each with pairs, and of others
 * whose environment the jump changed; nothing for a jump straight back.
 */
public final class OrderDrift implements JumpObserver, ResidenceObserver {
  private final VacancyKernel kernel;
  private final Lattice lattice;
  private final OrderParameters order;
  private final double patches;
  private final int reach;
  private final Counts change;
  private final double[] value;
  private final double[] sum;
  private final double[] integral;

  /** Of every active vacancy, and whether it is still that of the state of the moment. */
  private double[] drift = {};

  private boolean[] known = {};
  private int count;

  /** The last jump, and the drift of its vacancy before it. */
  private int lastVacancy = -1;

  private long lastFrom;
  private long lastTo;
  private final double[] before;
  private boolean beforeKnown;

  private final double[] fresh;
  private final HopVisitor adder = this::add;

  /**
   * Nothing is followed yet ({@code kernel}: whose hops are meant; it tells this object of jumps
   * and residence; {@code patches}: number K of patches in the whole, as for {@link
   * OrderParameters#difference}).
   */
  public OrderDrift(VacancyKernel kernel, Lattice lattice, OrderParameters order, double patches) {
    this.kernel = kernel;
    this.lattice = lattice;
    this.order = order;
    this.patches = patches;
    reach = lattice.crystal().reach();
    change = order.newCounts();
    value = new double[order.size()];
    sum = new double[order.size()];
    integral = new double[order.size()];
    before = new double[order.size()];
    fresh = new double[order.size()];
  }

  /** All vacancies that are active now begin to be followed. */
  private void begin() {
    count = kernel.vacancyCount();
    drift = new double[count * value.length];
    known = new boolean[count];
  }

  @Override
  public void jumped(JumpEvent event) {
    if (count == 0) {
      return;
    }
    moved(event);
    if (count > 1
        && (meetsVacancy(event.before(), event.beforeOffset())
            || meetsVacancy(event.after(), event.afterOffset()))) {
      forgetNear(event);
    }
  }

  /** After a jump straight back the drift is what it was before the jump forth. */
  private void moved(JumpEvent event) {
    int v = event.vacancy();
    boolean back =
        event.vacancy() == lastVacancy && event.from() == lastTo && event.to() == lastFrom;
    boolean restored = back && beforeKnown;
    beforeKnown = known[v];
    for (int i = 0; i < value.length; i++) {
      double left = drift[v * value.length + i];
      if (restored) {
        replace(v, i, before[i]);
      }
      before[i] = left;
    }
    known[v] = restored;
    lastVacancy = v;
    lastFrom = event.from();
    lastTo = event.to();
  }

  private void replace(int v, int i, double fresh) {
    int at = v * value.length + i;
    sum[i] = count == 1 ? fresh : sum[i] - drift[at] + fresh;
    drift[at] = fresh;
  }

  private boolean meetsVacancy(byte[] codes, int from) {
    int sites = lattice.crystal().environmentSize();
    for (int j = from; j < from + sites; j++) {
      if (codes[j] == Lattice.VACANCY) {
        return true;
      }
    }
    return false;
  }

  /** Others whose environment the jump has changed, and rarely one too many. */
  private void forgetNear(JumpEvent event) {
    forgetNear(event.from(), event.vacancy());
    forgetNear(event.to(), event.vacancy());
  }

  private void forgetNear(long site, int jumped) {
    int basis = lattice.crystal().basisCount();
    int x = SiteIndex.x(site, lattice.ny(), lattice.nz(), basis);
    int y = SiteIndex.y(site, lattice.ny(), lattice.nz(), basis);
    int z = SiteIndex.z(site, lattice.nz(), basis);
    for (int v = 0; v < count; v++) {
      long other = kernel.vacancySite(v);
      if (v != jumped
          && near(SiteIndex.x(other, lattice.ny(), lattice.nz(), basis) - x, lattice.nx())
          && near(SiteIndex.y(other, lattice.ny(), lattice.nz(), basis) - y, lattice.ny())
          && near(SiteIndex.z(other, lattice.nz(), basis) - z, lattice.nz())) {
        known[v] = false;
      }
    }
  }

  private boolean near(int difference, int period) {
    int distance = Math.abs(difference);
    return Math.min(distance, period - distance) <= reach;
  }

  @Override
  public void resided(double seconds) {
    if (count == 0) {
      begin();
    }
    for (int v = 0; v < count; v++) {
      if (!known[v]) {
        evaluate(v);
      }
    }
    for (int i = 0; i < sum.length; i++) {
      integral[i] += sum[i] * seconds;
    }
  }

  private void evaluate(int v) {
    Arrays.fill(fresh, 0);
    kernel.possibleHops(v, adder);
    for (int i = 0; i < value.length; i++) {
      replace(v, i, fresh[i]);
    }
    known[v] = true;
  }

  private void add(double rate, JumpEvent event) {
    change.clear();
    order.count(event, change);
    order.difference(change, patches, value);
    for (int i = 0; i < value.length; i++) {
      fresh[i] += rate * value[i];
    }
  }

  /** The integral of b(x) over the time that was told; one number per order parameter, a copy. */
  public double[] integral() {
    return Arrays.copyOf(integral, integral.length);
  }
}
