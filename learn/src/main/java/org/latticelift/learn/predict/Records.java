package org.latticelift.learn.predict;

import com.google.gson.annotations.SerializedName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.Segment;
import org.latticelift.sim.schedule.Vacancies;

/**
 * Where along a schedule a prediction is recorded, the key {@code records}: {@code auto}, a number,
 * or {@code {count: N, spacing: condition}}.
 *
 * <p>By themselves ({@code auto}) records are where something happens: every 2 K where the
 * temperature changes (1/500 of the trained range of other parameters), and while it stays equally
 * in time, or at times that grow by equal factors where it stays for more than ten time units of
 * the model.
 *
 * @param count of the records, the first and the last included; empty for as many as that takes
 * @param spacing between them
 */
public record Records(OptionalInt count, Spacing spacing) {
  /** As the schedule asks for. */
  public static final Records AUTO = new Records(OptionalInt.empty(), Spacing.AUTO);

  private static final int FEWEST = 2;
  private static final int USUAL = 101;
  private static final int MOST = 4001;

  private static final double KELVIN = 2;
  private static final double STEPS_OF_RANGE = 500;
  private static final int OF_HOLD = 60;

  /** Time units of the model after which a hold is recorded by factors, and its first record. */
  private static final double LONG_HOLD = 10;

  private static final double FIRST_OF_HOLD = 0.02;

  /** What is equal from record to record. */
  public enum Spacing {
    /** See above; of a given number of records in simulated time: equal times. */
    @SerializedName("auto")
    AUTO,
    /** Time in the clock in which schedules are written. */
    @SerializedName("time")
    TIME,
    /** Change of the condition, up and down. */
    @SerializedName("condition")
    CONDITION,
    /** Time in units of the model, which its relaxation takes at each condition. */
    @SerializedName("model_time")
    MODEL_TIME,
    /** The factor by which the time since the start grows. */
    @SerializedName("log_time")
    LOG_TIME;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Spacing of(ConfigNode node) {
      return Arrays.stream(values())
          .filter(each -> node.isWord(each.word()))
          .findFirst()
          .orElseThrow(
              () ->
                  node.wrongType(
                      Stream.of(values()).map(Spacing::word).collect(Collectors.joining(", "))));
    }
  }

  /** Reads the key ({@code node}: a word, a number or a mapping), where records are. */
  public static Records fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return AUTO;
    }
    if (!node.isMapping()) {
      if (!node.isScalar() || !node.text().matches("[0-9]+")) {
        throw node.wrongType("auto, a number of records or {count: N, spacing: condition}");
      }
      return new Records(OptionalInt.of(count(node)), Spacing.AUTO);
    }
    for (String key : node.keys()) {
      if (!List.of("count", "spacing").contains(key)) {
        throw node.get(key).wrongType("in records: count, spacing");
      }
    }
    return new Records(
        node.find("count").map(each -> OptionalInt.of(count(each))).orElse(OptionalInt.empty()),
        node.find("spacing").map(Spacing::of).orElse(Spacing.AUTO));
  }

  private static int count(ConfigNode node) {
    long count = node.integer();
    if (count < FEWEST || count > Integer.MAX_VALUE / 2) {
      throw LatticeLiftException.badData(
          count + " records", node.where(), "2 or more: the start and the end", "Correct it");
    }
    return (int) count;
  }

  /** Writes the key. */
  public ConfigNode toConfig() {
    String text =
        spacing == Spacing.AUTO
            ? count.isPresent() ? Integer.toString(count.getAsInt()) : "auto"
            : count.isPresent()
                ? "{count: " + count.getAsInt() + ", spacing: " + spacing.word() + "}"
                : "{spacing: " + spacing.word() + "}";
    return ConfigNode.parse(text, "records");
  }

  /**
   * The number of equal times at which paths without own records are recorded; what is asked for,
   * or 101.
   */
  int equalTimes() {
    return count.orElse(USUAL);
  }

  /**
   * Records of a schedule ({@code model}: whose time unit counts; {@code extrapolate}: whether the
   * schedule may leave the trained range); empty for a given number of equal simulated times.
   */
  public Optional<RealTime.Records> of(
      Schedule written, Clocks clocks, SdeModel model, boolean extrapolate) {
    boolean equal = spacing == Spacing.TIME || spacing == Spacing.AUTO && count.isPresent();
    if (!clocks.real() && equal) {
      return Optional.empty();
    }
    Schedule simulated = clocks.simulated(written);
    double[] at = written(written, simulated, clocks, model, extrapolate);
    double[] time = new double[at.length];
    double[] value = new double[at.length];
    for (int r = 0; r < at.length; r++) {
      time[r] = clocks.simulated(simulated, at[r]);
      value[r] = written.value(at[r]);
    }
    return Optional.of(
        new RealTime.Records(time, value, clocks.real() ? at : clocks.times(simulated, time)));
  }

  /** In the clock of schedules, from 0 to the end. */
  private double[] written(
      Schedule written, Schedule simulated, Clocks clocks, SdeModel model, boolean extrapolate) {
    Knots knots = new Knots();
    switch (spacing) {
      case TIME -> knots.add(1, written.length());
      case CONDITION -> written.segments().forEach(each -> knots.add(change(each), each.end()));
      case MODEL_TIME -> {
        double change = PathPrediction.change(model.scaling().condition());
        for (Piece piece : simulated.pieces(change)) {
          double unit = model.scaling().timeUnit(piece.value(), extrapolate);
          knots.add(piece.length() / unit, clocks.written(simulated, piece.end()));
        }
      }
      case LOG_TIME -> {
        return grown(written, simulated, clocks, model, extrapolate);
      }
      default -> {
        for (Segment each : written.segments()) {
          if (each.constant()) {
            hold(knots, each, clocks, model, extrapolate);
          } else {
            double range = change(each) / step(model);
            knots.add(Math.max(FEWEST, Math.ceil(range)), each.end());
          }
        }
      }
    }
    int own = spacing == Spacing.AUTO ? (int) Math.min(MOST, knots.last() + 1) : USUAL;
    return knots.equally(count.orElse(own), written.length());
  }

  private static double change(Segment segment) {
    return Math.abs(segment.to() - segment.from());
  }

  private static double step(SdeModel model) {
    double[] trained = model.scaling().condition();
    double range = trained[trained.length - 1] - trained[0];
    boolean kelvin = model.scaling().quantities().parameterUnit().equals("K");
    return kelvin || !(range > 0) ? KELVIN : range / STEPS_OF_RANGE;
  }

  /** Equal times, or the same factor from each to the next. */
  private static void hold(
      Knots knots, Segment hold, Clocks clocks, SdeModel model, boolean extrapolate) {
    double length = hold.end() - hold.start();
    double unit = model.scaling().timeUnit(hold.from(), extrapolate) * clocks.slowness(hold.from());
    double units = length / unit;
    if (units <= LONG_HOLD) {
      knots.add(OF_HOLD, hold.end());
      return;
    }
    for (int k = 0; k < OF_HOLD; k++) {
      double share = Math.pow(FIRST_OF_HOLD / units, 1 - k / (OF_HOLD - 1.0));
      knots.add(1, k + 1 == OF_HOLD ? hold.end() : hold.start() + length * share);
    }
  }

  /** From a hundredth of the time unit at the start, or of the length. */
  private double[] grown(
      Schedule written, Schedule simulated, Clocks clocks, SdeModel model, boolean extrapolate) {
    int records = count.orElse(USUAL);
    double length = written.length();
    double unit =
        model.scaling().timeUnit(simulated.start(), extrapolate)
            * clocks.slowness(simulated.start());
    double first = Math.min(length, unit) / 100;
    double[] times = new double[records];
    for (int r = 1; r < records; r++) {
      times[r] =
          r + 1 == records
              ? length
              : length * Math.pow(first / length, 1 - (r - 1.0) / (records - FEWEST));
    }
    return times;
  }

  /**
   * Times since the start in units of the model.
   *
   * @param times of records, ascending
   * @param model whose unit it is
   * @param extrapolate whether the schedule may leave the trained range
   */
  static double[] units(Schedule schedule, double[] times, SdeModel model, boolean extrapolate) {
    double[] units = new double[times.length];
    double change = PathPrediction.change(model.scaling().condition());
    double done = 0;
    int r = 0;
    for (Piece piece : schedule.pieces(change)) {
      double unit = model.scaling().timeUnit(piece.value(), extrapolate);
      for (; r < times.length && times[r] <= piece.end(); r++) {
        units[r] = done + Math.max(0, times[r] - piece.start()) / unit;
      }
      done += piece.length() / unit;
    }
    Arrays.fill(units, r, times.length, done);
    return units;
  }

  /** A coordinate that grows with time, straight between knots; the first is (0, 0). */
  private static final class Knots {
    private final List<double[]> all = new ArrayList<>(List.of(new double[] {0, 0}));

    void add(double further, double time) {
      all.add(new double[] {last() + further, time});
    }

    double last() {
      return all.get(all.size() - 1)[0];
    }

    /** Times of equal steps of the coordinate; of equal times where it never grows. */
    double[] equally(int records, double length) {
      double[] times = new double[records];
      int k = 1;
      for (int r = 1; r + 1 < records; r++) {
        double share = r / (records - 1.0);
        if (!(last() > 0)) {
          times[r] = length * share;
          continue;
        }
        double wanted = last() * share;
        while (k + 1 < all.size() && all.get(k)[0] < wanted) {
          k++;
        }
        double[] before = all.get(k - 1);
        double[] after = all.get(k);
        double part = after[0] > before[0] ? (wanted - before[0]) / (after[0] - before[0]) : 1;
        times[r] = before[1] + (after[1] - before[1]) * Math.min(1, Math.max(0, part));
      }
      times[records - 1] = length;
      return times;
    }
  }

  /**
   * The time of the simulations that a model was trained on, and that of a crystal with its own
   * vacancies (EX-52).
   *
   * @param realTime of the crystal, where it is asked for
   * @param real whether schedules are written in real time
   */
  public record Clocks(Optional<RealTime> realTime, boolean real) {
    /**
     * The clocks of a model ({@code vacancies}: of a crystal, where real times are asked for); an
     * error where the model does not know what its times depend on.
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

    double simulated(Schedule simulated, double written) {
      return real ? realTime.orElseThrow().simulatedTime(simulated, written) : written;
    }

    /** A time in the clock of schedules. */
    double written(Schedule simulated, double time) {
      return real ? realTime.orElseThrow().times(simulated, new double[] {time})[0] : time;
    }

    /** Real times of a crystal, as many; none where nothing is said about a crystal. */
    double[] times(Schedule simulated, double[] times) {
      return realTime.map(time -> time.times(simulated, times)).orElseGet(() -> new double[0]);
    }

    /**
     * How much longer the clock of schedules takes than the simulation; 1 where schedules are
     * written in simulated time.
     */
    double slowness(double condition) {
      return real ? realTime.orElseThrow().ratio(condition) : 1;
    }

    /** A schedule in simulated time; the same course. */
    public Schedule simulated(Schedule written) {
      realTime.ifPresent(time -> time.check(written.lowest(), written.highest()));
      return real ? realTime.orElseThrow().simulated(written) : written;
    }
  }
}
