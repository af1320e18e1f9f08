package org.latticelift.sim.systems.spins;

import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Progression;

/**
 * The square patches that tile a lattice (IS-20, CW-02), and how they evolve together ({@code S}:
 * state).
 */
public abstract class SquarePatches<S extends SquareSpins> implements Patches<S> {
  private final Enlargement enlargement;
  private final Environment environment;
  private final S state;

  /**
   * Patches of a state.
   *
   * @param enlargement with the side of a patch
   * @param environment of a patch that evolves
   * @param state is as it was after every evolution
   */
  protected SquarePatches(Enlargement enlargement, Environment environment, S state) {
    this.enlargement = enlargement;
    this.environment = environment;
    this.state = state;
  }

  @Override
  public final long count() {
    return enlargement.patches(state.side());
  }

  /** Whether the evolution of a patch is that of all spins, as configured. */
  protected final boolean moveTogether() {
    return environment == Environment.WHOLE;
  }

  /** The state, as it was given. */
  protected final S state() {
    return state;
  }

  /** The sites of a patch ({@code patch}: 0 to K - 1); a tile. */
  protected final Window window(long patch) {
    return Window.tile(state, enlargement.small(), patch);
  }

  /** All sites; the whole lattice. */
  protected final Window lattice() {
    return new Window(0, 0, state.side());
  }

  /**
   * A duration of a patch for many that evolve together ({@code duration}: events of a patch, or a
   * time; {@code patches}: how many evolve); events of all of them, or the same time.
   */
  protected static Duration together(Duration duration, long patches) {
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events((long) duration.value() * patches)
        : duration;
  }

  /**
   * What an evolution made of a state.
   *
   * @param <S> state
   * @param state after it; the state of these patches itself if it was changed
   * @param made events and duration
   * @param compensator of the observables that it observed, or empty (EX-05)
   */
  public record Moved<S>(S state, Progression made, double[] compensator) {}

  /**
   * Evolves all spins.
   *
   * @param observed whose compensator is computed if it is asked for
   * @param duration how long; events are those of all spins
   * @param stream randomness
   * @return what came of it
   */
  protected abstract Moved<S> evolveSpins(Window observed, Duration duration, RandomStream stream);

  /**
   * Observables of a part, such that those of all patches add up ({@code spins}: a state); a new
   * array.
   */
  protected abstract double[] observe(S spins, Window part);

  /** Makes the state what it was before it evolved; nothing if evolutions work on copies. */
  protected void undo() {}

  @Override
  public final JointEvolution evolveAll(Duration duration, RandomStream stream) {
    long[] all = LongStream.range(0, count()).toArray();
    double[][] before = observe(state, all);
    Moved<S> moved = evolveSpins(lattice(), together(duration, all.length), stream);
    double[][] increments = observe(moved.state(), all);
    for (int k = 0; k < all.length; k++) {
      subtract(increments[k], before[k]);
    }
    undo();
    return JointEvolution.of(all, increments, moved.compensator(), moved.made());
  }

  private double[][] observe(S spins, long[] patches) {
    return LongStream.of(patches)
        .mapToObj(patch -> observe(spins, window(patch)))
        .toArray(double[][]::new);
  }

  /**
   * The change of observables ({@code after}: becomes after - before; {@code before}: not
   * modified), after.
   */
  protected static double[] subtract(double[] after, double[] before) {
    for (int i = 0; i < after.length; i++) {
      after[i] -= before[i];
    }
    return after;
  }
}
