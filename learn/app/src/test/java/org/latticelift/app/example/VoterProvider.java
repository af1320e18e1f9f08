package org.latticelift.app.example;

import java.util.*;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.*;

/** Voters on a ring copy a neighbour, or now and then choose freely. */
public final class VoterProvider implements SystemProvider {
  /** Found by {@link ServiceLoader}. */
  public VoterProvider() {}

  record Conditions(List<Double> noise) {}

  record Lattice(int small, int large) {}

  public String name() {
    return "voter";
  }

  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of("conditions", List.of(Conditions.class), "lattice", List.of(Lattice.class));
  }

  public MicroscopicSystem<?> create(ConfigNode root) {
    var noise = Binder.bind(root.get("conditions"), Conditions.class).noise().stream();
    Lattice lattice = Binder.bind(root.section("lattice"), Lattice.class);
    return new Voters(lattice, noise.map(p -> Condition.of("noise", p)).toList());
  }

  /** Sizes, names and units. A state is one opinion per voter, 0 or 1. */
  record Voters(Lattice lattice, List<Condition> conditions) implements LiftableSystem<byte[]> {
    public String name() {
      return "voter";
    }

    public Macroscopics macroscopics() {
      return Macroscopics.free(List.of("opinion", "borders"), List.of("1", "1"));
    }

    public Extent small() {
      return extent(Role.SMALL, lattice.small());
    }

    public Extent large() {
      return extent(Role.LARGE, lattice.large());
    }

    private Extent extent(Role role, int n) {
      return new Extent(role, n + " voters", List.of(n), n, n / lattice.small());
    }

    public StateCodec<byte[]> codec() {
      return new ByteArrayCodec("opinion", List.of("voter"));
    }

    public LiftableDynamics<byte[]> dynamics(
        Condition condition, double meanTime, StopSignal stop) {
      return new Updates(lattice.small(), condition.value());
    }

    public Duration evolutionDuration(Condition condition, TimeScales scales) {
      return Duration.events(lattice.small()); // one update per voter
    }

    public long distinctPatches() {
      return 1; // large states are copies of one small state
    }

    public CostEstimate costs() {
      return CostEstimate.uniform(2e-8, lattice.small()); // seconds per event, events per sample
    }
  }

  /** Every voter updates at rate 1. */
  record Updates(int patch, double noise) implements PatchDynamics<byte[]> {
    public byte[] initial(Extent extent, RandomStream stream) {
      return new byte[extent.shape().get(0)];
    }

    public Progression advance(byte[] state, Duration duration, RandomStream stream) {
      return run(state, 0, state.length, duration, stream, new double[0]);
    }

    /** Updates voters of a range; the others stand still and may be copied. */
    private Progression run(
        byte[] x, int from, int n, Duration duration, RandomStream stream, double[] drift) {
      boolean byTime = duration.kind() == Duration.Kind.TIME;
      double time = 0;
      for (long events = 0; byTime || events < duration.value(); events++) {
        double next = time + stream.exponential() / n;
        if (byTime && next > duration.value()) {
          addDrift(x, from, n, duration.value() - time, drift);
          return new Progression(events, duration.value());
        }
        addDrift(x, from, n, next - time, drift);
        time = next;
        int i = from + stream.below(n);
        int to = Math.floorMod(i + 2 * stream.below(2) - 1, x.length);
        x[i] = stream.uniform() < noise ? (byte) stream.below(2) : x[to];
      }
      return new Progression((long) duration.value(), time);
    }

    /** Rate times change of opinions and borders, summed over a range, while nothing happens. */
    private void addDrift(byte[] x, int from, int n, double time, double[] drift) {
      for (int i = from; i < from + n && drift.length > 0; i++) {
        int left = x[i] ^ x[Math.floorMod(i - 1, x.length)];
        int borders = left + (x[i] ^ x[(i + 1) % x.length]);
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
      byte[] small = pool.snapshot(build.below(pool.runs()), build.below(pool.records()));
      byte[] large = new byte[extent.shape().get(0)];
      for (int i = 0; i < large.length; i++) {
        large[i] = small[i % patch];
      }
      return large;
    }

    public Patches patches(byte[] state, boolean compensated) {
      return new Neighbourhoods(this, state, compensated);
    }
  }

  /** Groups of voters side by side. */
  record Neighbourhoods(Updates law, byte[] state, boolean compensated) implements Patches {
    public long count() {
      return state.length / law.patch;
    }

    public long draw(RandomStream stream) {
      return stream.below((int) count());
    }

    /** The change of all borders, also of the last one, in units of the patch. */
    public PartialEvolution evolve(long k, Duration duration, RandomStream stream) {
      byte[] x = state.clone();
      double[] drift = new double[compensated ? 2 : 0];
      Progression made = law.run(x, (int) k * law.patch, law.patch, duration, stream, drift);
      double[] change = law.observe(x);
      Arrays.setAll(change, i -> (change[i] - law.observe(state)[i]) * count());
      double[] before = law.observePatch(state, k);
      return new PartialEvolution(k, before, change, made.events(), made.time(), 0, drift);
    }

    public JointEvolution evolveAll(Duration duration, RandomStream stream) {
      byte[] x = state.clone();
      double[] drift = new double[compensated ? 2 : 0];
      boolean byTime = duration.kind() == Duration.Kind.TIME;
      Duration all = byTime ? duration : Duration.events((long) duration.value() * count());
      Progression made = law.run(x, 0, x.length, all, stream, drift);
      long[] patches = java.util.stream.LongStream.range(0, count()).toArray();
      double[][] changes = new double[patches.length][];
      for (int k = 0; k < patches.length; k++) {
        double[] before = law.observePatch(state, k);
        double[] after = law.observePatch(x, k);
        changes[k] = new double[] {after[0] - before[0], after[1] - before[1]};
      }
      Arrays.setAll(drift, i -> drift[i] / count());
      return JointEvolution.of(patches, changes, drift, made);
    }
  }
}
