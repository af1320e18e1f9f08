package org.latticelift.learn.design;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
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
   * @param kept answers of an earlier attempt
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
    int number = all.size();
    Tried tried =
        kept.result(number).map(bytes -> known(bytes, knots)).orElseGet(() -> asked(number, knots));
    all.add(tried);
    progress.step(1);
    return goal.score(tried.end());
  }

  private Tried asked(int number, double[] knots) {
    Tried made = new Tried(knots, end.applyAsDouble(knots));
    kept.finished(number, made.encode());
    return made;
  }

  /** A search that repeats itself asks for the same again. */
  private static Tried known(byte[] bytes, double[] knots) {
    Tried known = Tried.decode(bytes);
    if (!Arrays.equals(known.knots(), knots)) {
      throw LatticeLiftException.badData(
          "a search that does not repeat itself",
          "checkpoint",
          "answers by the same version on the same type of processor",
          "Start again with --overwrite");
    }
    return known;
  }

  /** All from a number on. */
  List<Tried> from(int number) {
    return List.copyOf(all.subList(number, all.size()));
  }

  /** The best of some. */
  Tried best(List<Tried> some) {
    return some.stream()
        .max(Comparator.comparingDouble(tried -> goal.score(tried.end())))
        .orElseThrow();
  }
}
