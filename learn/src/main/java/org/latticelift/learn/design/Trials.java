package org.latticelift.learn.design;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;

/**
 * Asks the model for the value at the end of one schedule after the other, and remembers all. Those
 * that an interrupted search has asked for already are read again.
 */
final class Trials {
  private final ToDoubleFunction<double[]> end;
  private final Goal goal;
  private final SearchSpace space;
  private final KeptResults kept;
  private final Progress progress;
  private final StopSignal stop;
  private final List<Tried> all = new ArrayList<>();

  /**
   * @param end mean of the observable after a schedule with these knots
   */
  Trials(
      ToDoubleFunction<double[]> end,
      Goal goal,
      SearchSpace space,
      KeptResults kept,
      Progress progress,
      StopSignal stop) {
    this.end = end;
    this.goal = goal;
    this.space = space;
    this.kept = kept;
    this.progress = progress;
    this.stop = stop;
  }

  /** How good a point of the unit cube is. An answer that was begun is kept before a stop. */
  double score(double[] point) {
    stop.check();
    double[] knots = space.values(point);
    Tried tried =
        Tried.decode(
            kept.result(all.size(), () -> new Tried(knots, end.applyAsDouble(knots)).encode()));
    requireRepeated(tried, knots);
    all.add(tried);
    progress.step(1);
    return goal.score(tried.end());
  }

  /** A search that repeats itself asks for the same schedules again. */
  private static void requireRepeated(Tried tried, double[] knots) {
    if (!Arrays.equals(tried.knots(), knots)) {
      throw LatticeLiftException.badData(
          "a search that does not repeat itself",
          "checkpoint",
          "answers by the same version on the same type of processor",
          "Start again with --overwrite");
    }
  }

  List<Tried> from(int number) {
    return List.copyOf(all.subList(number, all.size()));
  }

  Tried best(List<Tried> some) {
    return some.stream()
        .max(Comparator.comparingDouble(tried -> goal.score(tried.end())))
        .orElseThrow();
  }

  /**
   * Which schedules are looked for: the condition stays between two values, and one or both ends
   * may be given, as where a furnace is hot when a sample leaves it and cold at the end. What is
   * left free is a point of the unit cube.
   *
   * @param lowest value
   * @param highest value
   * @param first value at the beginning, where it is given
   * @param last value at the end, where it is given
   */
  record SearchSpace(double lowest, double highest, OptionalDouble first, OptionalDouble last) {
    /** The space of a configuration, within the trained range where no limits are given. */
    static SearchSpace of(DesignConfig config, double[] trained) {
      return new SearchSpace(
          config.candidates().lowest().orElse(trained[0]),
          config.candidates().highest().orElse(trained[trained.length - 1]),
          optional(config.candidates().first().orElse(Double.NaN)),
          optional(config.candidates().last().orElse(Double.NaN)));
    }

    private static OptionalDouble optional(double value) {
      return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** How many of so many knots are free. */
    int free(int knots) {
      return knots - (int) (first.stream().count() + last.stream().count());
    }

    /** Knots of a point in the unit cube of what is free. */
    double[] values(double[] point) {
      DoubleStream between =
          Arrays.stream(point)
              .map(x -> x >= 1 ? highest : lowest + Math.max(0, x) * (highest - lowest));
      return DoubleStream.concat(DoubleStream.concat(first.stream(), between), last.stream())
          .toArray();
    }

    double[] point(double[] values) {
      int from = first.isPresent() ? 1 : 0;
      return Arrays.stream(values, from, from + free(values.length))
          .map(v -> (v - lowest) / (highest - lowest))
          .toArray();
    }

    void check(int knots) {
      if (!(lowest < highest)) {
        throw LatticeLiftException.badData(
            "a condition from " + lowest + " to " + highest,
            "lowest, highest",
            "a lowest value below the highest",
            "Correct them, or leave them out for the trained range");
      }
      requireInside("first", first);
      requireInside("last", last);
      if (free(knots) < 1) {
        throw LatticeLiftException.badData(
            knots + " knots of which both ends are given",
            "knots",
            "3 or more",
            "Take more knots, or leave first or last out");
      }
    }

    private void requireInside(String key, OptionalDouble end) {
      if (end.isPresent() && !(end.getAsDouble() >= lowest && end.getAsDouble() <= highest)) {
        throw LatticeLiftException.badData(
            "an end at " + end.getAsDouble(),
            key,
            lowest + " to " + highest,
            "Correct it, or widen lowest and highest");
      }
    }
  }

  /**
   * One answer of the model to a proposal.
   *
   * @param knots values of the condition at equal distances in time
   * @param end mean of the observable at the end
   */
  record Tried(double[] knots, double end) {
    byte[] encode() {
      ByteBuffer out = ByteBuffer.allocate(Double.BYTES * (knots.length + 1));
      Arrays.stream(knots).forEach(out::putDouble);
      return out.putDouble(end).array();
    }

    static Tried decode(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      double[] knots = new double[bytes.length / Double.BYTES - 1];
      Arrays.setAll(knots, i -> in.getDouble());
      return new Tried(knots, in.getDouble());
    }
  }
}
