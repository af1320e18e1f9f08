package org.latticelift.app.example;

import java.util.*;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.*;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec.ByteArrayCodec;

/** Voters on a ring copy a neighbour, or now and then choose freely. A state is 0 or 1 for each. */
public final class VoterProvider implements SystemProvider {
  record Conditions(List<Double> noise) {}

  record Lattice(int small, int large) {}

  public String name() {
    return "voter";
  }

  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of("conditions", List.of(Conditions.class), "lattice", List.of(Lattice.class));
  }

  public LatticeSystem<?> create(ConfigNode root) {
    var noise = Binder.bind(root.get("conditions"), Conditions.class).noise().stream();
    int n = Binder.bind(root.section("lattice"), Lattice.class).small();
    int large = Binder.bind(root.section("lattice"), Lattice.class).large();
    var facts =
        new SystemFacts(
            name(),
            noise.map(p -> Condition.of("noise", p)).toList(),
            Macroscopics.free(List.of("opinion", "borders"), List.of("1", "1")),
            new Extent(Role.SMALL, n + " voters", List.of(n), n, 1),
            new Extent(Role.LARGE, large + " voters", List.of(large), large, large / n),
            CostEstimate.uniform(2e-8, n)); // seconds per event, events per sample
    return new Voters(facts, n);
  }

  record Voters(SystemFacts facts, int patch) implements LatticeSystem<byte[]> {
    public StateCodec<byte[]> codec() {
      return new ByteArrayCodec("opinion", List.of("voter"));
    }

    public Dynamics<byte[]> dynamics(Condition condition, RunContext context) {
      return new Updates(patch, condition.value());
    }

    public SystemOptions<byte[]> options() { // an update per voter; all patches are copies of one
      return SystemOptions.of(Lifting.ofCopies(Duration.events(patch)));
    }
  }

  /** Every voter updates at rate 1. */
  record Updates(int patch, double noise) implements Dynamics<byte[]> {
    public byte[] initial(Extent extent, RandomStream stream) {
      return new byte[extent.shape().get(0)];
    }

    public Progression advance(byte[] state, Duration duration, RandomStream stream) {
      return run(state, 0, state.length, duration, stream, new double[0]);
    }

    /** Updates voters of a range; the others stand still and may be copied. */
    private Progression run(
        byte[] x, int from, int n, Duration duration, RandomStream stream, double[] drift) {
      double end = duration.kind() == Duration.Kind.TIME ? duration.value() : Double.MAX_VALUE;
      double most = end < Double.MAX_VALUE ? Double.MAX_VALUE : duration.value();
      double time = 0;
      for (long events = 0; events < most; events++) {
        double next = time + stream.exponential() / n;
        addDrift(x, from, n, Math.min(next, end) - time, drift);
        if (next > end) {
          return new Progression(events, end);
        }
        time = next;
        int i = from + stream.below(n);
        int to = Math.floorMod(i + 2 * stream.below(2) - 1, x.length);
        x[i] = stream.uniform() < noise ? (byte) stream.below(2) : x[to];
      }
      return new Progression((long) most, time);
    }

    /** Rate times change of opinions and borders, summed over a range, while nothing happens. */
    private void addDrift(byte[] x, int from, int n, double time, double[] drift) {
      for (int i = from; i < from + n && drift.length > 0; i++) {
        int borders = (x[i] ^ x[Math.floorMod(i - 1, x.length)]) + (x[i] ^ x[(i + 1) % x.length]);
        double rate = noise / 2 + (1 - noise) * borders / 2;
        drift[0] += time * rate * (1 - 2 * x[i]) / patch;
        drift[1] += time * rate * (2 - 2 * borders) / patch;
      }
    }

    public double[] observe(byte[] state) {
      return observe(state, 0, state.length);
    }

    public double[] observePatch(byte[] state, long k) {
      return observe(state, (int) k * patch, patch);
    }

    /** A voter owns the border to its left: patches average to the whole. */
    private static double[] observe(byte[] x, int from, int n) {
      double[] mean = new double[2];
      for (int i = from; i < from + n; i++) {
        mean[0] += x[i] / (double) n;
        mean[1] += (x[i] ^ x[Math.floorMod(i - 1, x.length)]) / (double) n;
      }
      return mean;
    }

    /** Copies of a snapshot side by side: they fit, as a snapshot is a ring. */
    public byte[] upsample(
        SnapshotPool<byte[]> pool, Extent extent, RandomStream build, RandomStream relax) {
      return ByteArrayCodec.repeated(pool.any(build), extent);
    }

    public Patches<byte[]> patches(byte[] state, boolean compensated) {
      int copies = state.length / patch;
      int drifts = compensated ? 2 : 0;
      return new CopiedPatches<>(
          this,
          state,
          byte[]::clone,
          copies,
          drifts,
          (x, k, n, duration, stream, drift) ->
              run(x, (int) k * patch, (int) n * patch, duration, stream, drift));
    }
  }
}
