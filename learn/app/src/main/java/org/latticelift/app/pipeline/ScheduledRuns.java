package org.latticelift.app.pipeline;

import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.system.MicroscopicSystem;

/** Direct runs whose condition follows a schedule, which also says how long they are. */
final class ScheduledRuns {
  private static final double PIECES = 1000;

  private ScheduledRuns() {}

  /**
   * The stage.
   *
   * @param system at fixed conditions
   * @param spec section {@code schedule}
   * @param direct section {@code direct}
   * @param given what of that section the user wrote
   * @param checkpoint section {@code checkpoint}
   */
  static <S> DirectStage<?> of(
      MicroscopicSystem<S> system,
      ScheduleSpec spec,
      SimulateConfig direct,
      ConfigNode given,
      CheckpointConfig checkpoint) {
    for (String key : new String[] {"duration", "sampling", "stop", "parallel", "dynamics"}) {
      given.find(key).ifPresent(value -> refuse(key, value));
    }
    String unit = system.timeUnit();
    Schedule schedule = spec.schedule(system.conditions().get(0).parameter(), unit);
    String length = (unit.equals("s") ? "{time_s: " : "{time: ") + schedule.length() + "}";
    SimulateConfig timed =
        Binder.bind(Binder.resolve(direct).with("duration", length), SimulateConfig.class);
    double change = direct.change().orElse(schedule.highest() / PIECES);
    return new DirectStage<>(
        new ScheduledSystem<>(system, schedule, timed.records(), change), timed, checkpoint);
  }

  private static void refuse(String key, ConfigNode value) {
    throw LatticeLiftException.badData(
        "direct." + key + " beside a schedule",
        value.where(),
        "runs of whole schedules with the dynamics of the system, each the task of one rank,"
            + " recorded at equal times",
        "Remove one of the two");
  }
}
