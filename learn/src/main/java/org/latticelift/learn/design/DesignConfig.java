package org.latticelift.learn.design;

import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.InputFile;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.predict.PathSettings;
import org.latticelift.sim.schedule.Vacancies;

/** What {@code design} is asked. */
public record DesignConfig(
    @Doc("file of the trained model") InputFile model,
    @Doc("whose mean at the end counts") String observable,
    @Default("largest") @Doc("largest, smallest, or a number to come near to") Goal goal,
    @Part Candidates candidates,
    @Part Search search,
    @Default("16") @Range(min = 1) @Doc("per model and schedule that is tried") int trajectories,
    @Default("0.3")
        @Range(min = 0, minOpen = true, max = 1000)
        @Doc("longest step in time units of the model, of schedules that are tried")
        double step,
    @Default("runge_kutta") @Doc(PathSettings.SCHEME) StepScheme scheme,
    @Default("random") @Doc("random (initial states), {observables: [...]} or {temperature_K: T}")
        InitialState initial,
    @Doc("of a real crystal, for times in hours; models of alloys") Optional<Vacancies> vacancies) {

  private static final int TRIAL_RECORDS = 2;
  private static final int TRAJECTORIES = 48;
  private static final int RECORDS = 101;
  private static final double STEP = 0.2;

  /** Of schedules that are tried: only the end is looked at. */
  PathSettings trials() {
    return new PathSettings(trajectories, TRIAL_RECORDS, step, scheme, initial, false);
  }

  /** Of the best ones: those that {@code predict} has by default. */
  PathSettings best() {
    return new PathSettings(TRAJECTORIES, RECORDS, STEP, StepScheme.RUNGE_KUTTA, initial, false);
  }

  /** Which schedules there are to choose from. */
  public record Candidates(
      @Range(min = 0, minOpen = true)
          @Doc("length of the schedule: s of the simulation (real ones with vacancies.clock: real)")
          double length,
      @Doc("lowest value of the condition; default the lowest trained one") Optional<Double> lowest,
      @Doc("highest value of the condition; default the highest trained one")
          Optional<Double> highest,
      @Doc("value of the condition at the beginning; default free") Optional<Double> first,
      @Doc("value of the condition at the end; default free") Optional<Double> last,
      @Default("6")
          @Range(min = 2, max = 50)
          @Doc("points of the schedule, equally far apart in time, straight lines between them")
          int knots) {}

  /** How long the best is looked for. */
  public record Search(
      @Default("300") @Range(min = 10, max = 1e6) @Doc("schedules that are tried") int evaluations,
      @Default("80")
          @Range(min = 30, max = 1e6)
          @Doc("straight ramps that are tried: a grid of 25, then a search from the best")
          int rampEvaluations,
      @Default("1") @Doc("seed of all noise and proposals") long seed) {}
}
