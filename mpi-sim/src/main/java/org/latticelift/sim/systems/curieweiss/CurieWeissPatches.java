package org.latticelift.sim.systems.curieweiss;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spin.SquarePatches;
import org.latticelift.sim.systems.spin.Window;

/** The square patches that tile the lattice (CW-02). Evolutions work on copies. */
final class CurieWeissPatches extends SquarePatches<MeanFieldSpins> {
  private static final double[] NONE = {};

  /** Makes simulators of coupled spins. */
  @FunctionalInterface
  interface Coupling {
    /** Of so many spins. */
    MeanFieldSimulator of(int spins);
  }

  private final Coupling coupling;
  private final StopSignal stop;
  private final boolean isolated;
  private final boolean compensated;

  CurieWeissPatches(
      CurieWeissSetup setup,
      Coupling coupling,
      StopSignal stop,
      MeanFieldSpins state,
      boolean compensated) {
    super(setup.enlargement(), setup.evolve().environment(), state);
    this.coupling = coupling;
    this.stop = stop;
    this.isolated = setup.evolve().environment() == Environment.PERIODIC;
    this.compensated = compensated;
  }

  @Override
  public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
    Window window = window(chosen);
    double[] before = observe(state(), window);
    if (moveTogether()) {
      Moved<MeanFieldSpins> all = evolveSpins(window, together(duration, count()), stream);
      return result(chosen, before, observe(all.state(), window), all);
    }
    MeanFieldSpins part = MeanFieldSpins.cut(state(), window);
    int coupled = isolated ? part.sites() : state().sites();
    int outside = isolated ? 0 : state().ups() - part.ups();
    Window observed = new Window(0, 0, part.side());
    Moved<MeanFieldSpins> moved = moved(part, coupled, outside, observed, duration, stream);
    return result(chosen, before, new double[] {part.meanSpin()}, moved);
  }

  private static PartialEvolution result(
      long chosen, double[] before, double[] after, Moved<MeanFieldSpins> moved) {
    return new PartialEvolution(
        chosen,
        before,
        subtract(after, before),
        moved.made().events(),
        moved.made().time(),
        0,
        moved.compensator());
  }

  @Override
  protected Moved<MeanFieldSpins> evolveSpins(
      Window observed, Duration duration, RandomStream stream) {
    MeanFieldSpins all = MeanFieldSpins.of(state().spins());
    return moved(all, all.sites(), 0, observed, duration, stream);
  }

  /**
   * Evolves spins.
   *
   * @param spins changed
   * @param coupled number of spins that are coupled
   * @param outside up spins among them that stand still
   */
  private Moved<MeanFieldSpins> moved(
      MeanFieldSpins spins,
      int coupled,
      int outside,
      Window observed,
      Duration duration,
      RandomStream stream) {
    MeanFieldSimulator simulator = coupling.of(coupled);
    MeanFieldDrift drift =
        compensated ? new MeanFieldDrift(simulator.rates(), spins, outside, observed) : null;
    Progression made =
        new MeanFieldRun(simulator, spins, outside, duration, stream)
            .followedBy(drift)
            .finish(stop);
    return new Moved<>(spins, made, drift == null ? NONE : drift.integral());
  }

  @Override
  protected double[] observe(MeanFieldSpins spins, Window part) {
    return new double[] {MeanFieldSpins.cut(spins, part).meanSpin()};
  }
}
