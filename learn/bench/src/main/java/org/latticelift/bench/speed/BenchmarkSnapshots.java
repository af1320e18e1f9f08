package org.latticelift.bench.speed;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.lift.EvolutionPlan;
import org.latticelift.sim.lift.PairMaker;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.TimeScales;

/**
 * Snapshots of short runs of the small system, made in memory: enough of them, and far enough apart
 * from each other, that tiles differ as they do in a real run.
 */
record BenchmarkSnapshots<S>(List<byte[]> snapshots, StateCodec<S> codec, Extent extent)
    implements SnapshotPool<S> {
  private static final int RUNS = 10;
  private static final int RECORDS = 50;
  private static final int SETTLING_EVENTS = 10_000;
  private static final int EVENTS_BETWEEN = 200;

  /** A maker of pairs at the first condition, with dynamics that are new. */
  static <S> PairMaker<S> maker(LiftableSystem<S> system, Streams streams) {
    Condition condition = system.conditions().get(0);
    Dynamics<S> simulation = system.dynamics(condition, 0);
    List<byte[]> snapshots = new ArrayList<>();
    double seconds = 0;
    for (int run = 0; run < RUNS; run++) {
      RandomStream stream = streams.stream(Purpose.SIMULATE, run);
      S state = simulation.initial(system.small(), streams.stream(Purpose.INITIAL_STATE, run));
      simulation.advance(state, Duration.events(SETTLING_EVENTS), stream);
      for (int record = 0; record < RECORDS; record++) {
        Progression progression =
            simulation.advance(state, Duration.events(EVENTS_BETWEEN), stream);
        seconds += progression.time() / progression.events();
        snapshots.add(system.codec().encode(state));
      }
    }
    double meanEventTime = seconds * system.small().patches() / (RUNS * RECORDS);
    SnapshotPool<S> pool = new BenchmarkSnapshots<>(snapshots, system.codec(), system.small());
    return new PairMaker<>(
        condition,
        system.dynamics(condition, meanEventTime),
        sample -> pool,
        system.large(),
        system.evolutionDuration(condition, TimeScales.ofEvents(meanEventTime)),
        EvolutionPlan.ONE_PATCH,
        streams);
  }

  @Override
  public int runs() {
    return RUNS;
  }

  @Override
  public int records() {
    return RECORDS;
  }

  @Override
  public S snapshot(int run, int record) {
    return codec.decode(snapshots.get(run * RECORDS + record).clone(), extent);
  }
}
