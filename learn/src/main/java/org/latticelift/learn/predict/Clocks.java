package org.latticelift.learn.predict;

import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.Vacancies;

/**
 * The time of the simulations that a model was trained on, and that of a crystal with its own
 * vacancies (EX-52).
 *
 * @param realTime of the crystal, where it is asked for
 * @param real whether schedules are written in real time
 */
public record Clocks(Optional<RealTime> realTime, boolean real) {
  /**
   * The clocks of a model.
   *
   * @param vacancies of a crystal, where real times are asked for
   * @param quantities of the model
   * @return an error where the model does not know what its times depend on
   */
  public static Clocks of(Optional<Vacancies> vacancies, Quantities quantities) {
    return new Clocks(
        vacancies.map(crystal -> new RealTime(crystal, simulated(quantities))),
        vacancies.filter(crystal -> crystal.clock() == Vacancies.Clock.REAL).isPresent());
  }

  private static double simulated(Quantities quantities) {
    return quantities
        .vacancies()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "real times of a model that does not know the vacancies it was trained with",
                    "vacancies",
                    "models of alloys, trained by this version or a later one",
                    "Train it again, or leave vacancies out"));
  }

  /**
   * Where a prediction is recorded.
   *
   * @param written in the clock of schedules
   * @param count of records
   * @return empty for equally spaced simulated times, as of schedules that are written in these
   */
  public Optional<RealTime.Records> records(Schedule written, int count) {
    return real
        ? realTime.map(time -> time.records(written, simulated(written), count))
        : Optional.empty();
  }

  /**
   * A schedule in simulated time.
   *
   * @param written in the clock of schedules
   * @return the same course
   */
  public Schedule simulated(Schedule written) {
    realTime.ifPresent(time -> time.check(written.lowest(), written.highest()));
    return real ? realTime.orElseThrow().simulated(written) : written;
  }
}
