package org.latticelift.sim.lift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.sim.lift.PairShard.PatchInputs;
import org.latticelift.sim.lift.SampleEvolution.FirstPatch;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Patches.SimultaneousEvolutions;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Makes the samples of one condition, each from random streams of its own.
 *
 * @param condition the condition
 * @param dynamics of this thread
 * @param large size to reach
 * @param duration of a partial evolution
 * @param plan what is evolved of each state; one patch for dynamics that choose it themselves
 * @param streams of the run
 * @param <S> state
 */
public record PairMaker<S>(
    Condition condition,
    Dynamics<S> dynamics,
    Extent large,
    Duration duration,
    EvolutionPlan plan,
    Streams streams) {

  /**
   * A large state (ME-82), relaxed as the configuration says ({@code sample}: its number; with the
   * condition and the seed it decides the state; {@code pool}: the snapshots to draw from).
   */
  public S upsample(SnapshotPool<S> pool, int sample) {
    return dynamics.upsample(
        pool,
        large,
        streams.stream(Purpose.UPSAMPLE, condition.key(), sample),
        streams.stream(Purpose.RELAX, condition.key(), sample));
  }

  /** The observables of a large state ({@code state}: not modified); z, m values. */
  public double[] observe(S state) {
    return dynamics.observeUpsampled(state);
  }

  /**
   * Evolves patches of a large state (ME-17, EX-01). {@code state}: from {@link #upsample};
   * unchanged on return. {@code sample}: the same number.
   */
  public SampleEvolution evolve(S state, int sample) {
    return evolve(state, sample, Optional.empty());
  }

  /**
   * Evolves patches of a large state ({@code inputs}: where wanted, also told what the patches look
   * like before and after).
   */
  SampleEvolution evolve(S state, int sample, Optional<PatchInputs> inputs) {
    return new PatchSampler<S>(condition, duration, plan, streams)
        .evolve(dynamics, state, sample, inputs);
  }

  /**
   * Evolves patches of large states (EX-01 to EX-05). The first patch is that of a single patch,
   * and so is its evolution, bit for bit, unless patches evolve many at a time; the others are
   * drawn without replacement, and every evolution, or all that are made at a time, have a stream
   * of their own.
   *
   * @param condition the condition
   * @param duration of an evolution
   * @param plan what is evolved
   * @param streams of the run
   * @param <S> state
   */
  record PatchSampler<S>(
      Condition condition, Duration duration, EvolutionPlan plan, Streams streams) {
    private static final double[] NONE = {};

    /** Evolves ({@code inputs}: where wanted, told what the patches look like before and after). */
    SampleEvolution evolve(
        Dynamics<S> dynamics, S state, int sample, Optional<PatchInputs> inputs) {
      Patches<S> patches = dynamics.patches(state, plan.compensated());
      Evolution evolution =
          inputs.map(into -> shown(dynamics, state, patches, into)).orElse(patches::evolve);
      RandomStream stream = streams.stream(Purpose.EVOLVE, condition.key(), sample);
      long first = patches.draw(stream);
      long count = Math.min(plan.patches(), patches.count());
      if (plan.together()) {
        return whole(patches, first, dynamics.observePatch(state, first), stream, sample);
      }
      long[] chosen = chosen(patches, first, sample);
      if (plan.simultaneous()) {
        double[] before = dynamics.observePatch(state, first);
        return simultaneous(patches, chosen, before, stream, sample);
      }
      List<PartialEvolution> evolved = new ArrayList<>();
      PartialEvolution[] further = new PartialEvolution[chosen.length * (plan.evolutions() - 1)];
      for (int k = 0; k < chosen.length; k++) {
        evolved.add(evolution.of(chosen[k], duration, k == 0 ? stream : other(sample, k)));
        for (int at = k; at < further.length; at += chosen.length) {
          // right after each other, as one cut out of the state serves all
          further[at] = patches.evolve(chosen[k], duration, other(sample, chosen.length + at));
        }
      }
      double[] twin = plan.twins() ? twin(dynamics, patches, first, sample, inputs) : NONE;
      return sample(patches, evolved, List.of(further), twin, sample);
    }

    /** The first patch, and others without replacement. */
    private long[] chosen(Patches<S> patches, long first, int sample) {
      long[] chosen = new long[Math.toIntExact(Math.min(plan.patches(), patches.count()))];
      chosen[0] = first;
      Permutation order = order(patches, sample);
      int count = 1;
      for (long k = 0; count < chosen.length; k++) {
        long patch = order.of(k);
        if (patch != first) {
          chosen[count++] = patch;
        }
      }
      return chosen;
    }

    /** Evolves a patch. */
    @FunctionalInterface
    private interface Evolution {
      PartialEvolution of(long patch, Duration duration, RandomStream stream);
    }

    private Evolution shown(Dynamics<S> dynamics, S state, Patches<S> patches, PatchInputs inputs) {
      return (patch, time, stream) -> {
        inputs.before(dynamics.encoderInput(state, patch));
        return patches.evolve(
            patch,
            time,
            stream,
            (evolved, chosen) -> inputs.after(dynamics.encoderInput(evolved, chosen)));
      };
    }

    /** The change of the first patch in another evolution (EX-04). */
    private double[] twin(
        Dynamics<S> dynamics,
        Patches<S> patches,
        long first,
        int sample,
        Optional<PatchInputs> inputs) {
      RandomStream stream = streams.stream(Purpose.EVOLVE_TWIN, condition.key(), sample);
      if (inputs.isEmpty()) {
        return patches.evolve(first, duration, stream).increment();
      }
      return patches
          .evolve(
              first,
              duration,
              stream,
              (evolved, chosen) -> inputs.get().twin(dynamics.encoderInput(evolved, chosen)))
          .increment();
    }

    private RandomStream other(int sample, int index) {
      return streams.stream(Purpose.EVOLVE_PATCH, condition.key(), sample, index);
    }

    private Permutation order(Patches<S> patches, int sample) {
      return new Permutation(
          patches.count(), streams.stream(Purpose.PATCH_ORDER, condition.key(), sample));
    }

    private SampleEvolution whole(
        Patches<S> patches, long first, double[] before, RandomStream stream, int sample) {
      JointEvolution made = patches.evolveAll(duration, stream);
      List<JointEvolution> all = new ArrayList<>(List.of(made));
      while (all.size() < plan.evolutions()) {
        all.add(patches.evolveAll(duration, other(sample, all.size())));
      }
      double[] change = made.increments()[Math.toIntExact(first)];
      return new SampleEvolution(
          firstOf(first, made.patches()),
          new FirstPatch(before, change, NONE),
          made.increment(),
          made.compensator(),
          means(
              all.stream().map(JointEvolution::increment).toList(),
              all.stream().map(JointEvolution::compensator).toList()),
          all.stream().mapToLong(JointEvolution::events).sum(),
          made.time(),
          0,
          Optional.empty(),
          0);
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

    /** The first evolution of every patch, and means over all. */
    private SampleEvolution simultaneous(
        Patches<S> patches, long[] chosen, double[] before, RandomStream stream, int sample) {
      double time = duration.value();
      SimultaneousEvolutions made =
          patches.evolveMany(
              chosen, plan.evolutions(), time, k -> k == 0 ? stream : other(sample, k));
      double[][][] increments = made.increments();
      List<double[]> all = Arrays.stream(increments).flatMap(Arrays::stream).toList();
      return new SampleEvolution(
          chosen,
          new FirstPatch(before, increments[0][0], NONE),
          mean(List.of(increments[0])),
          NONE,
          means(all, List.of(NONE)),
          made.events(),
          time,
          0,
          joint(patches, sample),
          0);
    }

    private Optional<JointEvolution> joint(Patches<S> patches, int sample) {
      return sample < plan.joint()
          ? Optional.of(
              patches.evolveAll(
                  duration, streams.stream(Purpose.EVOLVE_JOINT, condition.key(), sample)))
          : Optional.empty();
    }

    private SampleEvolution sample(
        Patches<S> patches,
        List<PartialEvolution> evolved,
        List<PartialEvolution> further,
        double[] twin,
        int sample) {
      PartialEvolution first = evolved.get(0);
      List<PartialEvolution> all = new ArrayList<>(evolved);
      all.addAll(further);
      return new SampleEvolution(
          evolved.stream().mapToLong(PartialEvolution::patch).toArray(),
          new FirstPatch(first.before(), first.increment(), twin),
          mean(evolved.stream().map(PartialEvolution::increment).toList()),
          mean(evolved.stream().map(PartialEvolution::compensator).toList()),
          means(
              all.stream().map(PartialEvolution::increment).toList(),
              all.stream().map(PartialEvolution::compensator).toList()),
          all.stream().mapToLong(PartialEvolution::events).sum(),
          first.time(),
          all.stream().mapToDouble(PartialEvolution::blocked).average().orElseThrow(),
          joint(patches, sample),
          0);
    }

    private Optional<SampleEvolution.Mean> means(
        List<double[]> increments, List<double[]> compensators) {
      return plan.evolutions() == 1
          ? Optional.empty()
          : Optional.of(new SampleEvolution.Mean(mean(increments), mean(compensators)));
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
}
