package org.latticelift.sim.systems.alloy;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpLog;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.OrderDrift;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * A lattice of one shape with a simulator bound to it, so that kernels and tables are built once
 * and not per state. States are copied in and out.
 */
final class ShapeSimulator {
  private final Lattice lattice;
  private final VacancyKernel simulator;
  private final JumpLog log = new JumpLog(1024);
  private final Switch observer = new Switch();
  private final StopSignal stop;
  private boolean logging;

  /** What is followed at the moment, or null; nothing is told to anybody before it is needed. */
  private OrderDrift drift;

  private boolean watched;

  /**
   * @param stop ends evolutions that are made in one go
   */
  ShapeSimulator(
      LatticeShape shape,
      AlloyModel model,
      double temperature,
      EnvironmentCache cache,
      StopSignal stop) {
    this.stop = stop;
    lattice = new Lattice(shape);
    simulator = model.kernel(lattice, temperature, cache);
    simulator.observe(
        event -> {
          if (logging) {
            log.jumped(event);
          }
        });
    simulator.observe(observer);
  }

  boolean fits(LatticeShape other) {
    return lattice.nx() == other.nx() && lattice.ny() == other.ny() && lattice.nz() == other.nz();
  }

  /** The lattice that jumps change. */
  Lattice lattice() {
    return lattice;
  }

  void load(Lattice state) {
    lattice.set(state);
  }

  /**
   * Begins to evolve some vacancies of the lattice; nothing else may use the bench until the end.
   *
   * @param vacancies positions in selection order; replaced by the new ones whenever the run
   *     settles
   */
  VacancyRun begin(long[] vacancies, Duration duration, Clock clock, RandomStream stream) {
    simulator.activate(vacancies);
    simulator.time(0);
    return new VacancyRun(simulator, vacancies, duration, clock, stream);
  }

  /**
   * The generator applied to order parameters of the lattice, for one evolution.
   *
   * @param patches number K of patches in the whole
   */
  OrderDrift drift(OrderParameters order, double patches) {
    return new OrderDrift(simulator, lattice, order, patches);
  }

  /**
   * Evolves some vacancies.
   *
   * @param vacancies positions in selection order; replaced by the new ones
   */
  Progression run(long[] vacancies, Duration duration, Clock clock, RandomStream stream) {
    return run(vacancies, duration, clock, stream, null);
  }

  /**
   * The same.
   *
   * @param followed is told of jumps and times; null for nobody
   */
  Progression run(
      long[] vacancies, Duration duration, Clock clock, RandomStream stream, OrderDrift followed) {
    if (followed != null && !watched) {
      simulator.observe(this::jumped);
      simulator.observeResidence(this::resided);
      watched = true;
    }
    drift = followed;
    try {
      return begin(vacancies, duration, clock, stream).finish(stop);
    } finally {
      drift = null;
    }
  }

  private void jumped(JumpEvent event) {
    if (drift != null) {
      drift.jumped(event);
    }
  }

  private void resided(double seconds) {
    if (drift != null) {
      drift.resided(seconds);
    }
  }

  /** Evolves, reports every jump, and takes all jumps back. */
  Progression tryOut(
      long[] vacancies,
      Duration duration,
      Clock clock,
      RandomStream stream,
      JumpObserver jumps,
      Region region,
      OrderDrift followed) {
    log.clear();
    simulator.resetWall();
    logging = true;
    observer.target = jumps;
    simulator.confine(region);
    try {
      return run(vacancies.clone(), duration, clock, stream, followed);
    } finally {
      simulator.confine(null);
      observer.target = null;
      logging = false;
      log.undo(lattice);
    }
  }

  /** Whether the region of the last {@link #tryOut} refused any hop. */
  boolean metWall() {
    return simulator.wallContacts() > 0;
  }

  /** Passes events on to the observer of the moment. */
  private static final class Switch implements JumpObserver {
    private JumpObserver target;

    @Override
    public void jumped(JumpEvent event) {
      if (target != null) {
        target.jumped(event);
      }
    }
  }
}
