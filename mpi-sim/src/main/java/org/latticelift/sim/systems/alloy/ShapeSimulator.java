package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch.EventStretch;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.KineticsConfig;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache.RememberedBarriers;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpLog;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.OrderDrift;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.transport.Displacements;
import org.latticelift.sim.vacancy.transport.JumpStatistics;

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

  /** What is followed at the moment, or null, which costs a jump least. */
  private OrderDrift drift;

  /** As {@link #drift}. */
  private JumpStatistics statistics;

  private boolean watched;

  ShapeSimulator(
      LatticeShape shape,
      AlloyModel model,
      double temperature,
      Optional<EnvironmentCache> cache,
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

  /** Jumps are told to somebody from now on, or to nobody. */
  void follow(Optional<Displacements> jumps) {
    observer.target = jumps.orElse(null);
    statistics = jumps.flatMap(Displacements::statistics).orElse(null);
    if (statistics != null) {
      watch();
    }
  }

  private void watch() {
    if (!watched) {
      simulator.observe(this::jumped);
      simulator.observeResidence(this::resided);
      watched = true;
    }
  }

  boolean fits(LatticeShape other) {
    return lattice.nx() == other.nx() && lattice.ny() == other.ny() && lattice.nz() == other.nz();
  }

  Lattice lattice() {
    return lattice;
  }

  void load(Lattice state) {
    lattice.set(state);
  }

  /**
   * Begins to evolve some vacancies of the lattice; nothing else may use the bench until the end
   * ({@code vacancies}: positions in selection order; replaced by the new ones whenever the run
   * settles).
   */
  VacancyRun begin(long[] vacancies, Duration duration, Clock clock, RandomStream stream) {
    simulator.activate(vacancies);
    simulator.time(0);
    return new VacancyRun(simulator, vacancies, duration, clock, stream);
  }

  /** The generator applied to order parameters of the lattice, for one evolution. */
  OrderDrift drift(OrderParameters order, double patches) {
    return new OrderDrift(simulator, lattice, order, patches);
  }

  /**
   * Evolves some vacancies ({@code vacancies}: positions in selection order; replaced by the new
   * ones).
   */
  Progression run(long[] vacancies, Duration duration, Clock clock, RandomStream stream) {
    return run(vacancies, duration, clock, stream, Optional.empty());
  }

  /** The same ({@code followed}: is told of jumps and times). */
  Progression run(
      long[] vacancies,
      Duration duration,
      Clock clock,
      RandomStream stream,
      Optional<OrderDrift> followed) {
    if (followed.isPresent()) {
      watch();
    }
    drift = followed.orElse(null);
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
    if (statistics != null) {
      statistics.resided(seconds, simulator);
    }
  }

  /** Evolves, reports every jump, and takes all jumps back. */
  Progression tryOut(
      long[] vacancies,
      Duration duration,
      Clock clock,
      RandomStream stream,
      JumpObserver jumps,
      Optional<Region> region,
      Optional<OrderDrift> followed) {
    log.clear();
    simulator.resetWall();
    logging = true;
    observer.target = jumps;
    simulator.confine(region.orElse(null));
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

    @Override
    public void passed(double[] expected) {
      if (target != null) {
        target.passed(expected);
      }
    }
  }

  /** One simulator per lattice shape, all with one environment cache. Serves one thread. */
  static final class ShapeSimulators {
    private final AlloyModel model;
    private final Shapes shapes;
    private final double temperature;
    private final StopSignal stop;
    private final Optional<EnvironmentCache> cache;
    private final List<ShapeSimulator> simulators = new ArrayList<>();

    ShapeSimulators(AlloyModel model, Shapes shapes, double temperature, StopSignal stop) {
      this.stop = stop;
      this.model = model;
      this.shapes = shapes;
      this.temperature = temperature;
      cache = model.cache(temperature);
    }

    /** The workbench for lattices like this one. */
    ShapeSimulator of(Lattice lattice) {
      return of(lattice.shape());
    }

    private ShapeSimulator of(LatticeShape shape) {
      for (ShapeSimulator simulator : simulators) {
        if (simulator.fits(shape)) {
          return simulator;
        }
      }
      return add(shape);
    }

    ShapeSimulator of(Cells cells) {
      return of(shapes.of(cells));
    }

    private ShapeSimulator add(LatticeShape shape) {
      ShapeSimulator simulator = new ShapeSimulator(shape, model, temperature, cache, stop);
      simulators.add(simulator);
      return simulator;
    }
  }

  /** Jumps of the active vacancies of a kernel, in pieces. */
  static final class VacancyRun extends EventStretch {
    /** Takes 5 ms with the compact networks and up to 0.2 s with larger ones. */
    static final long PIECE = 1 << 11;

    private final VacancyKernel kernel;
    private final long[] vacancies;
    private final Clock clock;
    private final RandomStream stream;

    /**
     * @param kernel activated at the vacancies, its clock at 0
     * @param vacancies get their new positions whenever the run settles
     */
    VacancyRun(
        VacancyKernel kernel,
        long[] vacancies,
        Duration duration,
        Clock clock,
        RandomStream stream) {
      super(duration, PIECE);
      this.kernel = kernel;
      this.vacancies = vacancies;
      this.clock = clock;
      this.stream = stream;
    }

    VacancyRun resumed(byte[] saved) {
      byte[] memory = restore(saved);
      kernel.time(time());
      kernel.recall(memory);
      return this;
    }

    @Override
    protected Piece piece(double stop, long events) {
      long before = kernel.jumps();
      boolean stopped = false;
      if (stop == Double.POSITIVE_INFINITY) {
        kernel.runEvents(events, clock, stream);
      } else {
        stopped = kernel.runTowards(stop, events, stream);
      }
      return new Piece(kernel.jumps() - before, kernel.time(), stopped);
    }

    @Override
    protected void settle() {
      for (int i = 0; i < vacancies.length; i++) {
        vacancies[i] = kernel.vacancySite(i);
      }
    }

    @Override
    protected byte[] memory() {
      return kernel.memory();
    }
  }

  /**
   * How vacancies jump: the barriers, and how their jumps are simulated.
   *
   * @param barrier model of barriers
   * @param cacheBytes memory of the environment cache of a thread; 0 for none
   * @param kinetics section {@code kinetics}
   * @param atoms whether displacements of each atom are measured
   */
  record AlloyModel(BarrierModel barrier, long cacheBytes, KineticsConfig kinetics, boolean atoms) {
    /** The same for a few jumps, which need no memory for what recurs. */
    AlloyModel withoutCache() {
      return new AlloyModel(barrier, 0, kinetics, atoms);
    }

    /** The same for a thread that goes through many temperatures: barriers stay, rates do not. */
    AlloyModel remembering() {
      return cacheBytes > 0
          ? new AlloyModel(new RememberedBarriers(barrier, cacheBytes), 0, kinetics, atoms)
          : this;
    }

    Optional<EnvironmentCache> cache(double temperature) {
      return cacheBytes > 0
          ? Optional.of(new EnvironmentCache(barrier, temperature, cacheBytes))
          : Optional.empty();
    }

    /** A simulator of the vacancies of a lattice. */
    VacancyKernel kernel(Lattice lattice, double temperature, Optional<EnvironmentCache> cache) {
      return kinetics.kinetics(atoms).kernel(lattice, barrier, temperature, cache.orElse(null));
    }
  }

  /** The lattice shapes of a run, each made once: small, large and the levels between. */
  static final class Shapes {
    private final Crystal crystal;
    private final Map<Cells, LatticeShape> made = new ConcurrentHashMap<>();

    Shapes(Crystal crystal) {
      this.crystal = crystal;
    }

    LatticeShape of(Cells cells) {
      return made.computeIfAbsent(cells, c -> new LatticeShape(crystal, c.nx(), c.ny(), c.nz()));
    }

    Lattice lattice(Cells cells) {
      return new Lattice(of(cells));
    }
  }
}
