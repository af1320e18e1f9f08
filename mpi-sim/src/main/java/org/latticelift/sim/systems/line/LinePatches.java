package org.latticelift.sim.systems.line;

import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.EvolvedPatch;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Progression;

/**
 * Consecutive parts of a line (LC-07, PP-18), evolved by steps.
 *
 * @param rules how they evolve
 * @param state is as it was after every evolution
 * @param mover steps it
 * @param <S> state
 */
public record LinePatches<S extends LineState>(LineEvolution rules, S state, Mover mover)
    implements Patches<S> {
  /** Steps some sites. */
  @FunctionalInterface
  public interface Mover {
    /**
     * Changes the state.
     *
     * @param moving the sites that change
     * @param observed sites among them, whose compensator is computed if it is asked for
     * @param ring whether the moving sites are bent to a ring
     * @return integral of the drift of the means over the observed sites (EX-05), or empty
     */
    double[] move(
        ChainSegment moving, ChainSegment observed, boolean ring, long steps, RandomStream stream);
  }

  @Override
  public long count() {
    return state.sites() / (long) rules.patch();
  }

  @Override
  public PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
    return evolve(patch, duration, stream, (evolved, chosen) -> {});
  }

  @Override
  public PartialEvolution evolve(
      long patch, Duration duration, RandomStream stream, EvolvedPatch<S> look) {
    long steps = rules.steps().of(duration, 1);
    boolean ring = rules.environment() == Environment.PERIODIC;
    Change change =
        evolve(
            new long[] {patch},
            rules.segment(patch),
            ring,
            steps,
            stream,
            () -> look.seen(state, patch));
    Progression made = rules.steps().progression(steps, 1);
    return new PartialEvolution(
        patch,
        change.before[0],
        change.increments[0],
        made.events(),
        made.time(),
        0,
        change.compensator);
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    long[] all = LongStream.range(0, count()).toArray();
    long steps = rules.steps().of(duration, 1);
    Change change = evolve(all, ChainSegment.whole(state.sites()), false, steps, stream, () -> {});
    return JointEvolution.of(
        all, change.increments, change.compensator, rules.steps().progression(steps, all.length));
  }

  private record Change(double[][] before, double[][] increments, double[] compensator) {}

  /** Evolves patches that fill a part of the line, shows them, and takes everything back. */
  private Change evolve(
      long[] patches,
      ChainSegment all,
      boolean ring,
      long steps,
      RandomStream stream,
      Runnable look) {
    ChainSegment moving = rules.moving(all, state.sites());
    Runnable back = state.kept(moving);
    double[][] before = observe(patches);
    double[] compensator = mover.move(moving, all, ring, steps, stream);
    double[][] increments = observe(patches);
    for (int k = 0; k < patches.length; k++) {
      for (int i = 0; i < increments[k].length; i++) {
        increments[k][i] -= before[k][i];
      }
    }
    look.run();
    back.run();
    return new Change(before, increments, compensator);
  }

  private double[][] observe(long[] patches) {
    return LongStream.of(patches)
        .mapToObj(k -> state.means(rules.segment(k)))
        .toArray(double[][]::new);
  }
}
