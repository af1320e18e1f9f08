package org.latticelift.sim.systems.predatorprey;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.GrowthFactors;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StepStretch;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.systems.line.LinePatches;
import org.latticelift.sim.systems.line.Segment;

/** The stochastic equations at one level of the noise. */
final class PredatorPreyDynamics
    implements PatchDynamics<Fields>, EncodableDynamics<Fields>, InterruptibleDynamics<Fields> {
  /** Steps of cells in a piece. */
  private static final long PIECE = 1 << 18;

  private static final double[] NONE = {};

  private final Setup setup;
  private final double noiseLevel;
  private final StopSignal stop;
  private Fields noise = new Fields(new double[0], new double[0]);

  /**
   * @param stop ends evolutions that are made in one go
   */
  PredatorPreyDynamics(Setup setup, double noiseLevel, StopSignal stop) {
    this.setup = setup;
    this.stop = stop;
    this.noiseLevel = noiseLevel;
  }

  @Override
  public Fields initial(Extent extent, RandomStream stream) {
    return setup.start(extent.role()).fields(extent.shape().get(0), stream);
  }

  /** An event is a step of a patch, so a step of K patches is K events. */
  @Override
  public Progression advance(Fields state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  @Override
  public StepStretch begin(Fields state, Duration duration, RandomStream stream) {
    long patches = setup.patches(state.cells());
    Segment all = Segment.whole(state.cells());
    return new StepStretch(
        setup.steps().of(duration, patches),
        PIECE / state.cells(),
        piece -> make(state, all, false, piece, stream, null),
        made -> setup.steps().progression(made, patches));
  }

  @Override
  public Stretch resume(Fields state, Duration duration, RandomStream stream, byte[] memory) {
    return begin(state, duration, stream).resumed(memory);
  }

  private void run(
      Fields state,
      Segment window,
      boolean closed,
      long steps,
      RandomStream stream,
      FieldsDrift drift) {
    new StepStretch(
            steps,
            PIECE / window.length(),
            piece -> make(state, window, closed, piece, stream, drift),
            made -> setup.steps().progression(made, 1))
        .finish(stop);
  }

  private void make(
      Fields state,
      Segment window,
      boolean closed,
      long steps,
      RandomStream stream,
      FieldsDrift drift) {
    EulerStep step = setup.step(state.cells(), noiseLevel);
    if (noise.cells() != window.length()) {
      noise = new Fields(new double[window.length()], new double[window.length()]);
    }
    for (long i = 0; i < steps; i++) {
      draw(noise.prey(), stream);
      draw(noise.predator(), stream);
      if (drift != null) {
        drift.add(step, state);
      }
      step.step(state, window, closed, noise);
    }
    if (!state.finite(window)) {
      throw LatticeLiftException.numerical(
          "the fields diverged", "simulation", "finite values", "Lower lattice.step or the noise");
    }
  }

  private static void draw(double[] noise, RandomStream stream) {
    for (int i = 0; i < noise.length; i++) {
      noise[i] = stream.normal();
    }
  }

  @Override
  public double[] observe(Fields state) {
    return state.means(Segment.whole(state.cells()));
  }

  @Override
  public double[] observePatch(Fields state, long patch) {
    return state.means(Segment.patch(setup.lattice().patch(), patch));
  }

  /** Prey of the patch, then predators. */
  @Override
  public float[] encoderInput(Fields state, long patch) {
    Segment window = Segment.patch(setup.lattice().patch(), patch);
    int cells = window.length();
    float[] input = new float[2 * cells];
    for (int i = 0; i < cells; i++) {
      input[i] = (float) state.prey()[window.from() + i];
      input[cells + i] = (float) state.predator()[window.from() + i];
    }
    return input;
  }

  /** One random snapshot, interpolated (PP-15); nothing is relaxed (PP-16). */
  @Override
  public Fields upsample(
      SnapshotPool<Fields> pool, Extent extent, RandomStream build, RandomStream relax) {
    Fields state = pool.snapshot(build.below(pool.runs()), build.below(pool.records())).copy();
    for (int factor : GrowthFactors.of(state.cells(), extent.shape().get(0))) {
      state = Interpolation.enlarge(state, factor);
    }
    return state;
  }

  @Override
  public LinePatches<Fields> patches(Fields state, boolean compensated) {
    return new LinePatches<>(
        setup.patchEvolution(),
        state,
        (moving, observed, ring, steps, stream) -> {
          FieldsDrift drift = compensated ? new FieldsDrift(observed, ring) : null;
          run(state, moving, ring, steps, stream, drift);
          return drift == null ? NONE : drift.integral();
        });
  }

  @Override
  public PartialEvolution evolve(Fields state, Duration duration, RandomStream stream) {
    return EncodableDynamics.super.evolve(state, duration, stream);
  }

  @Override
  public PartialEvolution evolve(
      Fields state, Duration duration, RandomStream stream, EvolvedPatch<Fields> look) {
    LinePatches<Fields> patches = patches(state, false);
    return patches.evolve(patches.draw(stream), duration, stream, look);
  }
}
