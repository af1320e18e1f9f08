package org.latticelift.sim.vacancy.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

class OrderDriftTest {
  /** Seven vacancies, so that some are near others, in a region of which some are at the wall. */
  @Test
  void theDriftIsThatOfAllPossibleHops() {
    BarrierModel model =
        new LinearBarrier("pairwise", Crystal.bcc(), LinearTerms.defaults(Crystal.bcc()), 1e13);
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 6, 6, 3, 7, 17);
    VacancySimulator kernel = new VacancySimulator(lattice, model, 1500, null);
    OrderParameters order =
        OrderParameters.of(
            Crystal.bcc(),
            List.of("Nb", "Mo", "Ta"),
            lattice.counts(),
            ObservableList.parse("[pair, {pair: {shell: 3}}, b2]"));
    kernel.confine(new CellBox(0, 0, 0, 6, 6, 5).region(lattice));
    kernel.activateAll();
    OrderDrift drift = new OrderDrift(kernel, lattice, order, 4);
    kernel.observe(drift);
    int steps = 60;
    for (int step = 0; step < steps; step++) {
      double[] before = drift.integral();
      drift.resided(1e-12);
      double[] after = drift.integral();
      double[] twin = twin(kernel, lattice, order);
      for (int i = 0; i < twin.length; i++) {
        assertThat(after[i] - before[i])
            .as("step %d, observable %d", step, i)
            .isEqualTo(twin[i] * 1e-12, within(1e-10));
      }
      kernel.runEvents(1, Clock.MEAN, RandomAlloy.stream(3, step));
    }
  }

  /** Every hop made and taken back, with all counted anew. */
  private static double[] twin(VacancySimulator kernel, Lattice lattice, OrderParameters order) {
    double[] sum = new double[order.size()];
    Counts before = order.newCounts();
    Counts after = order.newCounts();
    order.recount(lattice, before);
    for (int v = 0; v < kernel.vacancyCount(); v++) {
      long from = kernel.vacancySite(v);
      int basis = SiteIndex.b(from, 2);
      EnvironmentGeometry environment = Crystal.bcc().environment(basis);
      for (int d = 0; d < environment.hops(); d++) {
        double rate = kernel.rate(v, d);
        int j = environment.hopTarget(d);
        long to =
            lattice.index(
                Math.floorMod(SiteIndex.x(from, 6, 6, 2) + environment.dx(j), 6),
                Math.floorMod(SiteIndex.y(from, 6, 6, 2) + environment.dy(j), 6),
                Math.floorMod(SiteIndex.z(from, 6, 2) + environment.dz(j), 6),
                environment.basis(j));
        if (rate > 0) {
          byte atom = lattice.get(to);
          lattice.set(to, Lattice.VACANCY);
          lattice.set(from, atom);
          order.recount(lattice, after);
          lattice.set(from, Lattice.VACANCY);
          lattice.set(to, atom);
          double[] now = new double[sum.length];
          double[] then = new double[sum.length];
          order.values(after, 4, now);
          order.values(before, 4, then);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += rate * (now[i] - then[i]);
          }
        }
      }
    }
    return sum;
  }
}
