package org.latticelift.learn.diagram;

import java.util.ArrayList;
import java.util.List;
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

/** What {@code map} is asked. */
public record MapConfig(
    @Doc("file of the trained model") InputFile model,
    @Default("1") @Doc("seed of all noise") long seed,
    @Default("32") @Range(min = 1) @Doc("per model, condition and cooling rate") int trajectories,
    @Part Plan plan,
    @Default("0.2")
        @Range(min = 0, minOpen = true, max = 1000)
        @Doc("longest step in time units of the model")
        double step,
    @Default("runge_kutta") @Doc(PathSettings.SCHEME) StepScheme scheme,
    @Default("random") @Doc("random (initial states), {observables: [...]} or {temperature_K: T}")
        InitialState initial,
    @Doc("observable of the printed table and the figures; default the one that changes most")
        Optional<String> observable,
    @Doc("of a real crystal, for times in hours; models of alloys") Optional<Vacancies> vacancies) {
  /** Of the first prediction, time units of the model. */
  private static final double FIRST = 30;

  /** Records of a prediction at a fixed condition: 40 in a time unit of the first. */
  private static final int RECORDS = 1201;

  private static final int MOST_RECORDS = 2401;

  PathSettings settings(InitialState start, int records) {
    return new PathSettings(trajectories, records, step, scheme, start, false);
  }

  PathSettings isothermal(double units) {
    double records = 1 + (RECORDS - 1) * Math.max(1, units / FIRST);
    return settings(initial, (int) Math.min(MOST_RECORDS, records));
  }

  /** Lengths of predictions at a fixed condition, time units of the model, until one is enough. */
  List<Double> lengths() {
    List<Double> lengths = new ArrayList<>();
    for (double units = FIRST; units < plan.relaxations; units *= 2) {
      lengths.add(units);
    }
    lengths.add(plan.relaxations);
    return lengths;
  }

  /** What is predicted: conditions, and coolings between them. */
  public record Plan(
      @Default("25")
          @Range(min = 2, max = 1000)
          @Doc("conditions, from the lowest to the highest trained one")
          int conditions,
      @Default("[]")
          @Doc("conditions in place of those, such as [1000, 1100]; then there are no coolings")
          List<Double> at,
      @Default("240")
          @Range(min = 5, max = 1e5)
          @Doc(
              "longest prediction at a fixed condition, time units of the model; one of 30 is doubled"
                  + " until its means are stationary")
          double relaxations,
      @Default("13") @Range(min = 2, max = 1000) @Doc("cooling rates") int rates,
      @Default("0.5")
          @Range(min = 0.01, max = 0.99)
          @Doc("share of the difference between hot and cold order that a cooling is to keep")
          double kept) {}
}
