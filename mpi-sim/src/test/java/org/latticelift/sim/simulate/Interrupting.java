package org.latticelift.sim.simulate;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DelegatedDynamics;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;

/**
 * A system whose process is asked to stop while a piece of its evolution is made.
 *
 * @param system that evolves
 * @param stop requested
 * @param pieces after so many; 0 for never
 * @param made so far
 */
record Interrupting<S>(LatticeSystem<S> system, StopSignal stop, int pieces, int[] made)
    implements LatticeSystem<S> {
  @Override
  public Dynamics<S> dynamics(Condition condition, double meanEventTime) {
    throw new IllegalStateException("stages say who stops them");
  }

  @Override
  public Dynamics<S> dynamics(Condition condition, RunContext context) {
    return new Motion(system.dynamics(condition, context));
  }

  private final class Motion extends DelegatedDynamics<S> {
    private final Dynamics<S> dynamics;

    Motion(Dynamics<S> dynamics) {
      super(dynamics);
      this.dynamics = dynamics;
    }

    private Stretch counted(Stretch stretch) {
      return new Stretch() {
        @Override
        public boolean done() {
          return stretch.done();
        }

        @Override
        public void advance() {
          stretch.advance();
          made[0]++;
          if (made[0] == pieces) {
            stop.request();
          }
        }

        @Override
        public Progression made() {
          return stretch.made();
        }

        @Override
        public byte[] save() {
          return stretch.save();
        }
      };
    }

    @Override
    public Stretch begin(S state, Duration duration, RandomStream stream) {
      return counted(dynamics.begin(state, duration, stream));
    }

    @Override
    public Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
      return counted(dynamics.resume(state, duration, stream, memory));
    }
  }

  @Override
  public SystemFacts facts() {
    return system.facts();
  }

  @Override
  public SystemOptions<S> options() {
    return system.options();
  }

  @Override
  public StateCodec<S> codec() {
    return system.codec();
  }
}
