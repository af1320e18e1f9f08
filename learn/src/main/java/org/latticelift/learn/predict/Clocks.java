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
   * A simulated time.
   *
   * @param simulated schedule in simulated time
   * @param written time in the clock of schedules
   * @return the simulated time then
   */
  double simulated(Schedule simulated, double written) {
    return real ? realTime.orElseThrow().simulatedTime(simulated, written) : written;
  }

  /**
   * A time in the clock of schedules.
   *
   * @param simulated schedule in simulated time
   * @param time simulated
   * @return the time then in the clock in which schedules are written
   */
  double written(Schedule simulated, double time) {
    return real ? realTime.orElseThrow().times(simulated, new double[] {time})[0] : time;
  }

  /**
   * Real times of a crystal.
   *
   * @param simulated schedule in simulated time
   * @param times simulated
   * @return as many; none where nothing is said about a crystal
   */
  double[] times(Schedule simulated, double[] times) {
    return realTime.map(time -> time.times(simulated, times)).orElseGet(() -> new double[0]);
  }

  /**
   * How much longer the clock of schedules takes than the simulation.
   *
   * @param condition at which
   * @return 1 where schedules are written in simulated time
   */
  double slowness(double condition) {
    return real ? realTime.orElseThrow().ratio(condition) : 1;
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
