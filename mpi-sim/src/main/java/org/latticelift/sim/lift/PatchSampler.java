package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.Patches;

/**
 * Evolves patches of large states (EX-01 to EX-05). The first patch and its evolution are those of
 * a single patch, bit for bit; the others are drawn without replacement, and every evolution has a
 * stream of its own.
 *
 * @param condition the condition
 * @param duration of an evolution
 * @param plan what is evolved
 * @param streams of the run
 * @param <S> state
 */
record PatchSampler<S>(
    Condition condition, Duration duration, EvolutionPlan plan, Streams streams) {

  SampleEvolution evolve(PatchDynamics<S> dynamics, S state, int sample) {
    Patches patches = dynamics.patches(state, plan.compensated());
    RandomStream stream = streams.stream(Purpose.EVOLVE, condition.key(), sample);
    long first = patches.draw(stream);
    long count = count(patches);
    if (count > 1 && patches.moveTogether()) {
      return whole(patches, first, dynamics.observePatch(state, first), stream);
    }
    List<PartialEvolution> evolved = new ArrayList<>();
    evolved.add(patches.evolve(first, duration, stream));
    Permutation order = order(patches, sample);
    for (long k = 0; evolved.size() < count; k++) {
      long patch = order.of(k);
      if (patch != first) {
        evolved.add(patches.evolve(patch, duration, other(sample, evolved.size())));
      }
    }
    return sample(patches, evolved, sample);
  }

  private RandomStream other(int sample, int index) {
    return streams.stream(Purpose.EVOLVE_PATCH, condition.key(), sample, index);
  }

  private Permutation order(Patches patches, int sample) {
    return new Permutation(
        patches.count(), streams.stream(Purpose.PATCH_ORDER, condition.key(), sample));
  }

  private long count(Patches patches) {
    long distinct = patches.distinct();
    long wanted = plan.patches();
    if (patches.moveTogether()) {
      return plan.automatic() || wanted > 1 ? patches.count() : 1;
    }
    if (!plan.equalTimes() && plan.automatic()) {
      return 1;
    }
    if (!plan.equalTimes() && wanted > 1) {
      throw LatticeLiftException.badData(
          "several patches of one state with a duration by events",
          "evolve.patches",
          "1, or a duration in time, which is the same for all patches",
          "Set evolve.patches to 1, or evolve.duration to {mean_events: ...} or {time: ...}");
    }
    return Math.min(wanted, distinct);
  }

  private SampleEvolution whole(Patches patches, long first, double[] before, RandomStream stream) {
    JointEvolution made = patches.evolveAll(duration, stream);
    double[] change = made.increments()[Math.toIntExact(first)];
    return new SampleEvolution(
        firstOf(first, made.patches()),
        before,
        change,
        made.increment(),
        made.compensator(),
        new double[0],
        made.events(),
        made.time(),
        0,
        Optional.empty());
  }

  private static long[] firstOf(long first, long[] all) {
    long[] patches = new long[all.length];
    patches[0] = first;
    int at = 1;
    for (long patch : all) {
      if (patch != first) {
        patches[at++] = patch;
      }
    }
    return patches;
  }

  private SampleEvolution sample(Patches patches, List<PartialEvolution> evolved, int sample) {
    PartialEvolution first = evolved.get(0);
    double[] twin =
        plan.twins()
            ? patches
                .evolve(
                    first.patch(),
                    duration,
                    streams.stream(Purpose.EVOLVE_TWIN, condition.key(), sample))
                .increment()
            : new double[0];
    Optional<JointEvolution> joint =
        sample < joint(patches, evolved.size())
            ? Optional.of(
                patches.evolveAll(
                    duration, streams.stream(Purpose.EVOLVE_JOINT, condition.key(), sample)))
            : Optional.empty();
    return new SampleEvolution(
        evolved.stream().mapToLong(PartialEvolution::patch).toArray(),
        first.before(),
        first.increment(),
        mean(evolved.stream().map(PartialEvolution::increment).toList()),
        mean(evolved.stream().map(PartialEvolution::compensator).toList()),
        twin,
        evolved.stream().mapToLong(PartialEvolution::events).sum(),
        first.time(),
        evolved.stream().mapToDouble(PartialEvolution::blocked).average().orElseThrow(),
        joint);
  }

  /**
   * Copies of one patch all expect the same change, which does not average out in a joint evolution
   * as it does in a large system: kappa would come out too small (EX-01).
   */
  private int joint(Patches patches, int evolved) {
    boolean copies = patches.distinct() < patches.count();
    if (copies && plan.joint().wanted().number().orElse(0) > 0) {
      throw LatticeLiftException.badData(
          "joint evolutions of states that are made of copies",
          "evolve.joint",
          "0 or auto, or upsample.tiles other than replicate",
          "Set evolve.joint to auto");
    }
    return copies || patches.moveTogether() ? 0 : plan.joint().count(evolved, patches.count());
  }

  /** The only row itself, without a rounding, where there is one. */
  private static double[] mean(List<double[]> rows) {
    if (rows.size() == 1) {
      return rows.get(0);
    }
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      Arrays.setAll(mean, i -> mean[i] + row[i]);
    }
    Arrays.setAll(mean, i -> mean[i] / rows.size());
    return mean;
  }
}
