package org.latticelift.sim.simulate;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.DelegatedDynamics;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.Stretch;

/**
 * A system whose process is asked to stop while a piece of its evolution is made.
 *
 * @param system that evolves
 * @param stop requested
 * @param pieces after so many; 0 for never
 * @param made so far
 */
record Interrupting<S>(MicroscopicSystem<S> system, StopSignal stop, int pieces, int[] made)
    implements MicroscopicSystem<S> {
  @Override
  public Dynamics<S> dynamics(Condition condition, double meanEventTime) {
    throw new IllegalStateException("stages say who stops them");
  }

  @Override
  public Dynamics<S> dynamics(Condition condition, double meanEventTime, StopSignal asked) {
    return new Motion(system.dynamics(condition, meanEventTime, asked));
  }

  private final class Motion extends DelegatedDynamics<S> implements InterruptibleDynamics<S> {
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
      return counted(Stretch.begin(dynamics, state, duration, stream));
    }

    @Override
    public Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
      return counted(Stretch.resume(dynamics, state, duration, stream, memory));
    }
  }

  @Override
  public String name() {
    return system.name();
  }

  @Override
  public List<Condition> conditions() {
    return system.conditions();
  }

  @Override
  public Macroscopics macroscopics() {
    return system.macroscopics();
  }

  @Override
  public Extent small() {
    return system.small();
  }

  @Override
  public Extent large() {
    return system.large();
  }

  @Override
  public StateCodec<S> codec() {
    return system.codec();
  }

  @Override
  public CostEstimate costs() {
    return system.costs();
  }
}
