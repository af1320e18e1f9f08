package org.latticelift.sim.systems.predatorprey;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;

/** Consecutive parts of the line of cells (PP-18). */
final class FieldsPatches implements Patches {
  private static final double[] NONE = {};

  /** Steps some cells. */
  @FunctionalInterface
  interface Mover {
    /**
     * @param closed whether the window is bent to a ring
     * @param drift is told of every step; null for nobody
     */
    void move(Window window, boolean closed, long steps, RandomStream stream, FieldsDrift drift);
  }

  private final Setup setup;
  private final Fields state;
  private final boolean compensated;
  private final Mover mover;

  FieldsPatches(Setup setup, Fields state, boolean compensated, Mover mover) {
    this.setup = setup;
    this.state = state;
    this.compensated = compensated;
    this.mover = mover;
  }

  @Override
  public boolean moveTogether() {
    return setup.evolve().environment() == Environment.WHOLE;
  }

  @Override
  public long count() {
    return state.cells() / (long) setup.lattice().patch();
  }

  private Window window(long patch) {
    return Window.patch(setup.lattice().patch(), patch);
  }

  @Override
  public PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
    return evolve(patch, duration, stream, (evolved, chosen) -> {});
  }

  PartialEvolution evolve(
      long chosen, Duration duration, RandomStream stream, EvolvedPatch<Fields> look) {
    long steps = setup.steps(duration, 1);
    boolean closed = setup.evolve().environment() == Environment.PERIODIC;
    Change change =
        evolve(
            new long[] {chosen},
            window(chosen),
            closed,
            steps,
            stream,
            () -> look.seen(state, chosen));
    return new PartialEvolution(
        chosen,
        change.before[0],
        change.increments[0],
        steps,
        steps * setup.lattice().step(),
        0,
        change.compensator);
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    return together(LongStream.range(0, count()).toArray(), Window.whole(state), duration, stream);
  }

  /** A patch at an end of the line has one neighbour. */
  @Override
  public JointEvolution evolveBlock(long centre, Duration duration, RandomStream stream) {
    long[] block =
        LongStream.of(centre, centre - 1, centre + 1)
            .filter(patch -> patch >= 0 && patch < count())
            .toArray();
    long first = Arrays.stream(block).min().orElseThrow();
    long last = Arrays.stream(block).max().orElseThrow();
    return together(block, new Window(window(first).from(), window(last).to()), duration, stream);
  }

  private JointEvolution together(
      long[] patches, Window all, Duration duration, RandomStream stream) {
    long steps = setup.steps(duration, 1);
    Change change = evolve(patches, all, false, steps, stream, () -> {});
    return JointEvolution.of(
        patches,
        change.increments,
        change.compensator,
        new Progression(steps * patches.length, steps * setup.lattice().step()));
  }

  /** What an evolution did to patches. */
  private record Change(double[][] before, double[][] increments, double[] compensator) {}

  /** Evolves patches that fill a window, shows them, and takes everything back. */
  private Change evolve(
      long[] patches, Window all, boolean closed, long steps, RandomStream stream, Runnable look) {
    Window moving = moving(all);
    Fields saved = state.cut(moving);
    double[][] before = observe(patches);
    FieldsDrift drift = compensated ? new FieldsDrift(all, closed) : null;
    mover.move(moving, closed, steps, stream, drift);
    double[][] increments = observe(patches);
    for (int k = 0; k < patches.length; k++) {
      increments[k][0] -= before[k][0];
      increments[k][1] -= before[k][1];
    }
    look.run();
    state.paste(saved, moving);
    return new Change(before, increments, drift == null ? NONE : drift.integral());
  }

  private double[][] observe(long[] patches) {
    return LongStream.of(patches).mapToObj(k -> state.means(window(k))).toArray(double[][]::new);
  }

  /** The cells that evolve with others (ME-13, DI-03). */
  private Window moving(Window window) {
    return switch (setup.evolve().environment()) {
      case WHOLE -> Window.whole(state);
      case BUFFER -> window.widened(setup.evolve().bufferCells(), state.cells());
      case GHOST, PERIODIC -> window;
    };
  }
}
