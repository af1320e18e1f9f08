package org.latticelift.sim.simulate;

import java.nio.ByteBuffer;
import java.util.List;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;

/**
 * A system of one number that relaxes from 5 to 0 with noise of variance 1; the value of a
 * condition is its correlation time in events, of one per second. Averages and their errors are
 * known, and a record costs nothing.
 */
final class Relaxing implements LatticeSystem<double[]> {
  private final List<Condition> conditions;

  Relaxing(double... correlationTimes) {
    conditions =
        java.util.Arrays.stream(correlationTimes)
            .mapToObj(tau -> new Condition("C" + (int) tau, "correlation_time", tau))
            .toList();
  }

  private static Extent extent(Role role) {
    return new Extent(role, "one number", List.of(1), 1, 1);
  }

  @Override
  public SystemFacts facts() {
    return new SystemFacts(
        "relaxing",
        conditions,
        Macroscopics.free(List.of("x", "square"), List.of("1", "1")),
        extent(Role.SMALL),
        extent(Role.LARGE),
        CostEstimate.uniform(1e-6, 0));
  }

  @Override
  public StateCodec<double[]> codec() {
    return new Codec();
  }

  @Override
  public Dynamics<double[]> dynamics(Condition condition, RunContext context) {
    return new Motion(Math.exp(-1 / condition.value()));
  }

  private record Motion(double memory) implements Dynamics<double[]> {
    @Override
    public double[] initial(Extent extent, RandomStream stream) {
      return new double[] {5};
    }

    @Override
    public Progression advance(double[] state, Duration duration, RandomStream stream) {
      int events = (int) Math.round(duration.value());
      for (int i = 0; i < events; i++) {
        state[0] = memory * state[0] + Math.sqrt(1 - memory * memory) * stream.normal();
      }
      return new Progression(events, events);
    }

    @Override
    public double[] observe(double[] state) {
      return new double[] {state[0], state[0] * state[0]};
    }
  }

  private static final class Codec implements StateCodec<double[]> {
    @Override
    public Layout layout() {
      return new Layout("sign", ElementType.INT8, List.of("number"));
    }

    @Override
    public byte[] encode(double[] state) {
      return new byte[] {(byte) Math.signum(state[0])};
    }

    @Override
    public double[] decode(byte[] bytes, Extent extent) {
      return new double[] {bytes[0]};
    }

    @Override
    public byte[] save(double[] state) {
      return ByteBuffer.allocate(Double.BYTES).putDouble(state[0]).array();
    }

    @Override
    public double[] restore(byte[] bytes, Extent extent) {
      return new double[] {ByteBuffer.wrap(bytes).getDouble()};
    }
  }
}
