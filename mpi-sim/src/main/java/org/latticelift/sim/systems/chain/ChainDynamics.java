package org.latticelift.sim.systems.chain;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StepStretch;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.systems.line.LinePatches;
import org.latticelift.sim.systems.line.Segment;

/** The chain under one force. */
final class ChainDynamics implements PatchDynamics<Chain>, InterruptibleDynamics<Chain> {
  /** Moves of particles in a piece. */
  private static final long PIECE = 1 << 20;

  private static final double[] NONE = {};

  private final ChainSetup setup;
  private final Condition condition;
  private final ChainStep step;
  private final StopSignal stop;
  private double[] normals = new double[0];

  /**
   * @param stop ends evolutions that are made in one go
   */
  ChainDynamics(ChainSetup setup, Condition condition, StopSignal stop) {
    this.setup = setup;
    this.stop = stop;
    this.condition = condition;
    this.step = setup.step(condition.value());
  }

  @Override
  public Chain initial(Extent extent, RandomStream stream) {
    return setup.start(extent.role()).chain(extent.shape().get(0), stream);
  }

  /** An event is a step of a patch, so a step of K patches is K events. */
  @Override
  public Progression advance(Chain state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  @Override
  public StepStretch begin(Chain state, Duration duration, RandomStream stream) {
    long patches = setup.patches(state.particles());
    return stretch(
        state,
        Segment.whole(state.particles()),
        setup.steps().of(duration, patches),
        patches,
        stream,
        null);
  }

  @Override
  public Stretch resume(Chain state, Duration duration, RandomStream stream, byte[] memory) {
    return begin(state, duration, stream).resumed(memory);
  }

  private void run(Chain state, Segment range, long steps, RandomStream stream) {
    stretch(state, range, steps, 1, stream, null).finish(stop);
  }

  private StepStretch stretch(
      Chain state, Segment range, long steps, long events, RandomStream stream, ChainDrift drift) {
    return new StepStretch(
        steps,
        PIECE / range.length(),
        piece -> make(state, range, piece, stream, drift),
        made -> setup.steps().progression(made, events));
  }

  private void make(Chain state, Segment range, long steps, RandomStream stream, ChainDrift drift) {
    if (normals.length != state.particles()) {
      normals = new double[state.particles()];
    }
    for (long s = 0; s < steps; s++) {
      for (int i = range.from(); i < range.to(); i++) {
        normals[i] = stream.normal();
      }
      if (drift != null) {
        drift.add(state.displacement());
      }
      step.move(state.displacement(), range, normals);
    }
    if (!range.finite(state.displacement())) {
      throw LatticeLiftException.numerical(
          "the chain diverged", "simulation", "finite displacements", "Lower lattice.step");
    }
  }

  @Override
  public double[] observe(Chain state) {
    return state.means(Segment.whole(state.particles()));
  }

  @Override
  public double[] observePatch(Chain state, long patch) {
    return state.means(Segment.patch(setup.lattice().small(), patch));
  }

  /**
   * A random snapshot with every particle repeated, then relaxed, or a state of a run of the large
   * chain itself after a random number of steps (LC-04).
   */
  @Override
  public Chain upsample(
      SnapshotPool<Chain> pool, Extent extent, RandomStream build, RandomStream relax) {
    int factor = extent.shape().get(0) / setup.lattice().small();
    if (factor > 1 && setup.simulatesStates()) {
      Chain state = initial(extent, build);
      run(state, Segment.whole(state.particles()), build.below(setup.simulatedSteps()), relax);
      return state;
    }
    Chain small = pool.snapshot(build.below(pool.runs()), build.below(pool.records()));
    Chain state = small.enlarged(factor);
    if (factor > 1) {
      relax(state, relax);
    }
    return state;
  }

  @Override
  public void relax(Chain state, RandomStream stream) {
    if (setup.relax().windows() == Windows.NONE) {
      return;
    }
    long steps = setup.steps().of(setup.relaxation(condition), 1);
    int side = setup.lattice().small();
    int stride = Math.max(1, side / 2);
    for (int pass = 0; pass < setup.relax().passes(); pass++) {
      for (int from = 0; from + side <= state.particles(); from += stride) {
        run(state, new Segment(from, from + side), steps, stream);
      }
    }
  }

  @Override
  public Patches patches(Chain state, boolean compensated) {
    return new LinePatches<>(
        setup.patchEvolution(),
        state,
        (moving, observed, ring, steps, stream) -> {
          ChainDrift drift = compensated ? new ChainDrift(step, observed) : null;
          stretch(state, moving, steps, 1, stream, drift).finish(stop);
          return drift == null ? NONE : drift.integral();
        });
  }
}
