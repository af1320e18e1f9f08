package org.latticelift.sim.systems.curieweiss;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spin.Window;

/**
 * The square patches that tile the lattice (CW-02). All spins are neighbours of all, so a block of
 * patches is the whole.
 */
final class CurieWeissPatches implements Patches {
  private static final double[] NONE = {};

  /** Makes simulators of coupled spins. */
  @FunctionalInterface
  interface Coupling {
    /** Of so many spins. */
    MeanFieldSimulator of(int spins);
  }

  private final CurieWeissSetup setup;
  private final Coupling coupling;
  private final StopSignal stop;
  private final MeanFieldSpins state;
  private final boolean compensated;

  CurieWeissPatches(
      CurieWeissSetup setup,
      Coupling coupling,
      StopSignal stop,
      MeanFieldSpins state,
      boolean compensated) {
    this.setup = setup;
    this.coupling = coupling;
    this.stop = stop;
    this.state = state;
    this.compensated = compensated;
  }

  @Override
  public long count() {
    return setup.enlargement().patches(state.side());
  }

  @Override
  public boolean moveTogether() {
    return setup.evolve().environment() == Environment.WHOLE;
  }

  private Window window(long patch) {
    return Window.tile(state, setup.lattice().small(), patch);
  }

  @Override
  public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
    Window window = window(chosen);
    return setup.evolve().environment() == Environment.WHOLE
        ? withAll(chosen, window, duration, stream)
        : alone(chosen, window, duration, stream);
  }

  private PartialEvolution alone(
      long chosen, Window window, Duration duration, RandomStream stream) {
    MeanFieldSpins part = MeanFieldSpins.cut(state, window);
    double before = part.meanSpin();
    boolean isolated = setup.evolve().environment() == Environment.PERIODIC;
    MeanFieldSimulator simulator = coupling.of(isolated ? part.sites() : state.sites());
    int outside = isolated ? 0 : state.ups() - part.ups();
    Window all = new Window(0, 0, part.side());
    MeanFieldDrift drift = drift(simulator, part, outside, all);
    Progression made =
        new MeanFieldRun(simulator, part, outside, duration, stream).followedBy(drift).finish(stop);
    return result(chosen, before, part.meanSpin(), made, drift);
  }

  private PartialEvolution withAll(
      long chosen, Window window, Duration duration, RandomStream stream) {
    double before = MeanFieldSpins.cut(state, window).meanSpin();
    MeanFieldSpins all = MeanFieldSpins.of(state.spins());
    MeanFieldDrift drift = drift(coupling.of(all.sites()), all, 0, window);
    Progression made = advance(all, duration, stream, drift);
    return result(chosen, before, MeanFieldSpins.cut(all, window).meanSpin(), made, drift);
  }

  private Progression advance(
      MeanFieldSpins all, Duration duration, RandomStream stream, MeanFieldDrift drift) {
    MeanFieldSimulator simulator = coupling.of(all.sites());
    return new MeanFieldRun(simulator, all, 0, wholeLength(duration), stream)
        .followedBy(drift)
        .finish(stop);
  }

  private Duration wholeLength(Duration duration) {
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events(
            (long) duration.value() * state.sites() / setup.enlargement().smallSites())
        : duration;
  }

  private MeanFieldDrift drift(
      MeanFieldSimulator simulator, MeanFieldSpins crowd, int outside, Window observed) {
    return compensated ? new MeanFieldDrift(simulator.rates(), crowd, outside, observed) : null;
  }

  private static double[] integral(MeanFieldDrift drift) {
    return drift == null ? NONE : drift.integral();
  }

  private static PartialEvolution result(
      long chosen, double before, double after, Progression made, MeanFieldDrift drift) {
    return new PartialEvolution(
        chosen,
        new double[] {before},
        new double[] {after - before},
        made.events(),
        made.time(),
        0,
        integral(drift));
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    MeanFieldSpins all = MeanFieldSpins.of(state.spins());
    MeanFieldDrift drift = drift(coupling.of(all.sites()), all, 0, new Window(0, 0, all.side()));
    Progression made = advance(all, duration, stream, drift);
    long[] patches = new long[Math.toIntExact(count())];
    double[][] increments = new double[patches.length][];
    for (int k = 0; k < patches.length; k++) {
      patches[k] = k;
      increments[k] = new double[] {mean(all, k) - mean(state, k)};
    }
    return JointEvolution.of(patches, increments, integral(drift), made);
  }

  private double mean(MeanFieldSpins spins, long patch) {
    return MeanFieldSpins.cut(spins, window(patch)).meanSpin();
  }
}
