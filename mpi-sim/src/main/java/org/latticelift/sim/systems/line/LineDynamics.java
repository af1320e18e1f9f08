package org.latticelift.sim.systems.line;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.Stretch.StepStretch;

/**
 * Equal steps of sites in a line: of all of them, of a part, and of patches that evolve alone. An
 * event is a step of a patch, so a step of K patches is K events ({@code S}: state).
 */
abstract class LineDynamics<S extends LineState> implements Dynamics<S> {
  private final LineSetup setup;
  private final StopSignal stop;
  private final long perPiece;

  /** {@code perPiece}: steps of single sites between two questions whether to stop. */
  LineDynamics(LineSetup setup, StopSignal stop, long perPiece) {
    this.setup = setup;
    this.stop = stop;
    this.perPiece = perPiece;
  }

  /**
   * The deterministic part of the steps of some sites, summed over an evolution: b dt, where b is
   * the drift of the means over them (EX-05).
   */
  interface LineDrift<S> {
    /** Called before every step. */
    void add(S state);

    /** One number per observable; none where nothing was followed. */
    double[] integral();

    static <S> LineDrift<S> none() {
      return new LineDrift<>() {
        @Override
        public void add(S state) {
          // Nobody asks.
        }

        @Override
        public double[] integral() {
          return new double[0];
        }
      };
    }
  }

  /**
   * Makes some steps of some sites, the others standing still; an error where they diverge ({@code
   * ring}: whether these sites are bent to a ring).
   */
  abstract void make(
      S state,
      ChainSegment moving,
      boolean ring,
      long steps,
      RandomStream stream,
      LineDrift<S> drift);

  /** The drift of some sites, of which nothing is summed yet. */
  abstract LineDrift<S> drift(S state, ChainSegment observed, boolean ring);

  @Override
  public Progression advance(S state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  @Override
  public StepStretch begin(S state, Duration duration, RandomStream stream) {
    ChainSegment all = ChainSegment.whole(state.sites());
    long patches = setup.patches(state.sites());
    long steps = setup.steps().of(duration, patches);
    return stretch(state, all, false, steps, patches, stream, LineDrift.none());
  }

  @Override
  public Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
    return begin(state, duration, stream).resumed(memory);
  }

  void run(S state, ChainSegment moving, long steps, RandomStream stream) {
    stretch(state, moving, false, steps, 1, stream, LineDrift.none()).finish(stop);
  }

  private StepStretch stretch(
      S state,
      ChainSegment moving,
      boolean ring,
      long steps,
      long patches,
      RandomStream stream,
      LineDrift<S> drift) {
    return new StepStretch(
        steps,
        perPiece / moving.length(),
        piece -> make(state, moving, ring, piece, stream, drift),
        made -> setup.steps().progression(made, patches));
  }

  @Override
  public double[] observe(S state) {
    return state.means(ChainSegment.whole(state.sites()));
  }

  @Override
  public double[] observePatch(S state, long patch) {
    return state.means(setup.patchEvolution().segment(patch));
  }

  @Override
  public LinePatches<S> patches(S state, boolean compensated) {
    return new LinePatches<>(
        setup.patchEvolution(),
        state,
        (moving, observed, ring, steps, stream) -> {
          LineDrift<S> drift = compensated ? drift(state, observed, ring) : LineDrift.none();
          stretch(state, moving, ring, steps, 1, stream, drift).finish(stop);
          return drift.integral();
        });
  }
}
