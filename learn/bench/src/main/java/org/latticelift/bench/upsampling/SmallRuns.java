package org.latticelift.bench.upsampling;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;

/**
 * Snapshots of the small system at equal times, made in memory.
 *
 * @param snapshots run after run, as the codec stores them
 * @param runs number of runs
 * @param records of a run
 * @param meanEventTime of a patch
 */
record SmallRuns(List<byte[]> snapshots, int runs, int records, double meanEventTime) {
  /**
   * How they are made.
   *
   * @param runs number of runs
   * @param records of a run
   * @param settle jumps of a vacancy before the first record
   * @param gap mean jumps of a vacancy between two
   */
  record Plan(int runs, int records, long settle, long gap) {}

  static <S> SmallRuns of(MicroscopicSystem<S> system, Plan plan) {
    Condition condition = system.conditions().get(0);
    Dynamics<S> dynamics = system.dynamics(condition, 0);
    Streams streams = new Streams(1);
    long patches = system.small().patches();
    List<S> states = new ArrayList<>();
    List<RandomStream> run = new ArrayList<>();
    double time = 0;
    for (int r = 0; r < plan.runs(); r++) {
      RandomStream stream = streams.stream(Purpose.SIMULATE, condition.key(), r);
      S state =
          dynamics.initial(
              system.small(), streams.stream(Purpose.INITIAL_STATE, condition.key(), r));
      dynamics.advance(state, Duration.events(plan.settle() / 2 * patches), stream);
      Progression made =
          dynamics.advance(state, Duration.events(plan.settle() / 2 * patches), stream);
      time += made.time() * patches / made.events() / plan.runs();
      states.add(state);
      run.add(stream);
    }
    List<byte[]> snapshots = new ArrayList<>();
    for (int r = 0; r < plan.runs(); r++) {
      for (int record = 0; record < plan.records(); record++) {
        dynamics.advance(states.get(r), Duration.time(plan.gap() * time), run.get(r));
        snapshots.add(system.codec().encode(states.get(r)));
      }
    }
    return new SmallRuns(snapshots, plan.runs(), plan.records(), time);
  }

  /** As a pool of states of a system. */
  <S> SnapshotPool<S> pool(MicroscopicSystem<S> system) {
    return new SnapshotPool<>() {
      @Override
      public int runs() {
        return runs;
      }

      @Override
      public int records() {
        return records;
      }

      @Override
      public S snapshot(int run, int record) {
        byte[] bytes = snapshots.get(run * records + record).clone();
        return system.codec().decode(bytes, system.small());
      }
    };
  }
}
