package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpLog;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

class AllocationTest {
  @Test
  void nothingIsAllocatedPerJump() {
    BarrierModel model = new HashModel(Crystal.bcc(), 3);
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 8, 8, 8, 3, 12, 6);
    EnvironmentCache cache = new EnvironmentCache(model, 1500, 1 << 18);
    VacancySimulator simulator = new VacancySimulator(lattice, model, 1500, cache);
    simulator.activateAll();
    OrderParameters order =
        OrderParameters.of(
            Crystal.bcc(),
            List.of("Nb", "Mo", "Ta"),
            lattice.counts(),
            ObservableList.parse("[pair, b2]"));
    Counts counts = order.newCounts();
    JumpLog log = new JumpLog(1 << 17);
    simulator.observe(order.tracker(counts));
    simulator.observe(log);
    RandomStream stream = RandomAlloy.stream(1, 0);
    simulator.runEvents(20_000, Clock.EXPONENTIAL, stream);
    simulator.runUntil(simulator.time() + 1000 / simulator.totalRate(), stream);
    log.clear();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    simulator.runEvents(100_000, Clock.EXPONENTIAL, stream);
    long allocated = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(allocated).isLessThan(4096);
  }
}
