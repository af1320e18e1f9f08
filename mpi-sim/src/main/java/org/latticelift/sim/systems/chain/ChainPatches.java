package org.latticelift.sim.systems.chain;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;

/** Consecutive parts of a chain. */
final class ChainPatches implements Patches {
  private static final double[] NONE = {};

  /** Moves some particles by some steps. */
  @FunctionalInterface
  interface Mover {
    /**
     * @param drift is told of every step; null for nobody
     */
    void move(Range range, long steps, RandomStream stream, ChainDrift drift);
  }

  private final ChainSetup setup;
  private final ChainStep step;
  private final Chain state;
  private final boolean compensated;
  private final Mover mover;

  ChainPatches(ChainSetup setup, ChainStep step, Chain state, boolean compensated, Mover mover) {
    this.setup = setup;
    this.step = step;
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
    return setup.patches(state.particles());
  }

  private Range range(long patch) {
    return Range.patch(setup.lattice().small(), patch);
  }

  @Override
  public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
    long steps = setup.steps(duration, 1);
    Change change = evolve(new long[] {chosen}, range(chosen), steps, stream);
    return new PartialEvolution(
        chosen,
        new double[] {change.before[0]},
        change.increments[0],
        steps,
        steps * setup.lattice().step(),
        0,
        change.compensator);
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    return together(LongStream.range(0, count()).toArray(), Range.whole(state), duration, stream);
  }

  /** A patch at an end of the chain has one neighbour. */
  @Override
  public JointEvolution evolveBlock(long centre, Duration duration, RandomStream stream) {
    long[] block =
        LongStream.of(centre, centre - 1, centre + 1)
            .filter(patch -> patch >= 0 && patch < count())
            .toArray();
    long first = Arrays.stream(block).min().orElseThrow();
    long last = Arrays.stream(block).max().orElseThrow();
    return together(block, new Range(range(first).from(), range(last).to()), duration, stream);
  }

  private JointEvolution together(
      long[] patches, Range all, Duration duration, RandomStream stream) {
    long steps = setup.steps(duration, 1);
    Change change = evolve(patches, all, steps, stream);
    return JointEvolution.of(
        patches,
        change.increments,
        change.compensator,
        new Progression(steps * patches.length, steps * setup.lattice().step()));
  }

  /** What an evolution did to patches. */
  private record Change(double[] before, double[][] increments, double[] compensator) {}

  /** Evolves patches that fill a range, and takes everything back. */
  private Change evolve(long[] patches, Range all, long steps, RandomStream stream) {
    double[] x = state.displacement();
    Range moving = moving(all);
    double[] saved = Arrays.copyOfRange(x, moving.from(), moving.to());
    double[] before = LongStream.of(patches).mapToDouble(k -> range(k).mean(x)).toArray();
    ChainDrift drift = compensated ? new ChainDrift(step, all) : null;
    mover.move(moving, steps, stream, drift);
    double[][] increments = new double[patches.length][];
    Arrays.setAll(increments, k -> new double[] {range(patches[k]).mean(x) - before[k]});
    System.arraycopy(saved, 0, x, moving.from(), saved.length);
    return new Change(before, increments, drift == null ? NONE : drift.integral());
  }

  /** The particles that move with others (LC-07, DI-03). */
  private Range moving(Range range) {
    return switch (setup.evolve().environment()) {
      case WHOLE -> Range.whole(state);
      case BUFFER -> range.widened(setup.evolve().bufferSites(), state);
      default -> range;
    };
  }
}
