package org.latticelift.sim.lift;

import java.io.ByteArrayOutputStream;
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
 * Snapshots of short runs of the small system, made in memory: enough of them, and far enough apart
 * from each other, that tiles differ as they do in a real run.
 */
final class BenchmarkSnapshots {
  private static final int RUNS = 10;
  private static final int RECORDS = 50;
  private static final int SETTLING_EVENTS = 10_000;
  private static final int EVENTS_BETWEEN = 200;

  private BenchmarkSnapshots() {}

  /** A maker of pairs at the first condition, with dynamics that are new. */
  static <S> PairMaker<S> maker(MicroscopicSystem<S> system, Streams streams) {
    Condition condition = system.conditions().get(0);
    Dynamics<S> simulation = system.dynamics(condition, 0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    double seconds = 0;
    for (int run = 0; run < RUNS; run++) {
      RandomStream stream = streams.stream(Purpose.SIMULATE, run);
      S state = simulation.initial(system.small(), streams.stream(Purpose.INITIAL_STATE, run));
      simulation.advance(state, Duration.events(SETTLING_EVENTS), stream);
      for (int record = 0; record < RECORDS; record++) {
        Progression progression =
            simulation.advance(state, Duration.events(EVENTS_BETWEEN), stream);
        seconds += progression.seconds() / progression.events();
        bytes.writeBytes(system.codec().encode(state));
      }
    }
    double meanEventSeconds = seconds * system.small().patches() / (RUNS * RECORDS);
    SnapshotPool<S> pool =
        new StoredSnapshots<>(bytes.toByteArray(), RUNS, RECORDS, system.codec(), system.small());
    return new PairMaker<>(
        condition,
        system.dynamics(condition, meanEventSeconds),
        sample -> pool,
        system.large(),
        system.evolutionDuration(condition, meanEventSeconds),
        streams);
  }
}
