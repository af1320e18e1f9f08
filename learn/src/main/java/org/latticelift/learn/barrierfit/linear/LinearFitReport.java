package org.latticelift.learn.barrierfit.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.learn.barrierfit.linear.LinearFit.Fitted;
import org.latticelift.learn.barrierfit.linear.LinearFit.Term;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.LinearModelFile;
import org.latticelift.sim.vacancy.barrier.TableError;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;

/**
 * A linear model fitted to a table and what is known of it.
 *
 * @param file the model, with its error
 * @param terms its numbers that do not depend on the gauge
 * @param text all of it for people
 */
public record LinearFitReport(LinearModelFile file, List<Term> terms, String text) {
  /** Deviations beyond so many robust standard deviations are listed. */
  static final double OUTLYING = 5;

  /** Ratio of standard deviation to median absolute deviation of a normal law. */
  private static final double ROBUST = 1.4826;

  private static final int MOST_LISTED = 20;
  private static final long FOLDS = 0;
  private static final long ERROR = 1;

  /**
   * Fits a model.
   *
   * @param noise standard deviation of the barriers, eV; empty: from repeats
   * @param seed of the folds and of the draws for intervals
   */
  public static LinearFitReport of(BarrierTable table, Optional<Double> noise, long seed) {
    Streams streams = new Streams(seed);
    KnownCrystal crystal = table.knownCrystal();
    BarrierRows rows = BarrierRows.of(table, crystal.crystal(), noise);
    int[] all = IntStream.range(0, rows.size()).toArray();
    StructureFolds folds =
        StructureFolds.of(
            rows, all, StructureFolds.USUAL, streams.stream(Purpose.BARRIER_FIT, FOLDS));
    LinearFit fit = new LinearFit(rows, folds);
    fit.requireRows();
    Choice choice = fit.choose(fit.without(-1));
    Fitted fitted = fit.fit(choice, fit.without(-1));
    double[] heldOut = fit.heldOut();
    ErrorEstimate estimate = new ErrorEstimate(rows, noise);
    Optional<TableError> error =
        estimate.of(heldOut, i -> true, streams.stream(Purpose.BARRIER_FIT, ERROR));
    List<Term> terms = fit.terms(fitted, table.speciesNames());
    LinearModelFile file =
        new LinearModelFile(
            crystal,
            Arrays.stream(table.origin().attemptFrequency()).boxed().toList(),
            fit.model(fitted),
            error);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d barriers of %d structures, crystal %s, species %s%n",
            rows.size(),
            rows.groups(),
            crystal.crystal().name(),
            String.join(" ", table.speciesNames())));
    text.append("model: " + choice.spec().text());
    text.append(String.format(Locale.ROOT, ", ridge %.0e%n%n", choice.strength()));
    text.append(termsText(terms));
    text.append("\nOn barriers held out (folds of structures, choice repeated in each):\n");
    text.append(error.map(TableError::toText).orElse("error not known: a single structure"));
    text.append("\n" + estimate.noiseText() + "\n");
    List<double[]> curve = fit.curve(choice);
    text.append(expectation(curve, rows.size()));
    text.append(outliers(rows, heldOut));
    return new LinearFitReport(file, terms, text.toString());
  }

  /** A table of terms. */
  public static String termsText(List<Term> terms) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-44s %10s %10s%n", "term, eV", "value", "error"));
    for (Term term : terms) {
      text.append(
          String.format(
              Locale.ROOT, "%-44s %10.4f %10.4f%n", term.name(), term.value(), term.error()));
    }
    return text.toString();
  }

  /**
   * What twice as many barriers would give: squared errors fall as a + b / rows, fitted to the
   * learning curve.
   */
  public static String expectation(List<double[]> curve, int rows) {
    double[] law = law(curve);
    return String.format(
        Locale.ROOT,
        "learning curve: %s%nwith %d barriers instead of %d: about %.4f instead of %.4f eV%n",
        curve.stream()
            .map(point -> String.format(Locale.ROOT, "%.0f: %.4f", point[0], point[1]))
            .reduce((a, b) -> a + ", " + b)
            .orElse("none"),
        2 * rows,
        rows,
        at(law, 2 * rows),
        at(law, rows));
  }

  private static double at(double[] law, double rows) {
    return Math.sqrt(Math.max(0, law[0] + law[1] / rows));
  }

  /** Least squares of the squared error in 1 / rows; neither part is negative. */
  public static double[] law(List<double[]> curve) {
    // The first points, fitted to few rows, are not yet on the law.
    List<double[]> last = curve.subList(curve.size() / 2, curve.size());
    double x = 0;
    double y = 0;
    for (double[] point : last) {
      x += 1 / point[0] / last.size();
      y += point[1] * point[1] / last.size();
    }
    double xx = 0;
    double xy = 0;
    for (double[] point : last) {
      xx += (1 / point[0] - x) * (1 / point[0] - x);
      xy += (1 / point[0] - x) * (point[1] * point[1] - y);
    }
    double slope = xx > 0 ? Math.max(0, Math.min(xy / xx, y / x)) : 0;
    return new double[] {y - slope * x, slope};
  }

  /** Lines about barriers far from what the others say, by file and row. */
  public static String outliers(BarrierRows rows, double[] heldOut) {
    double[] away = new double[rows.size()];
    Arrays.setAll(away, i -> Math.abs(rows.barrier(i) - heldOut[i]));
    double[] sorted = Arrays.stream(away).filter(d -> !Double.isNaN(d)).sorted().toArray();
    double sigma = sorted.length == 0 ? 0 : ROBUST * sorted[sorted.length / 2];
    List<String> lines = new ArrayList<>();
    IntStream.range(0, away.length)
        .filter(i -> away[i] > OUTLYING * sigma)
        .boxed()
        .sorted((a, b) -> Double.compare(away[b], away[a]))
        .forEach(
            i ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %s: %.4f eV, by the others %.4f eV (%.1f sigma)%n",
                        rows.where(i),
                        rows.barrier(i),
                        heldOut[i],
                        away[i] / sigma)));
    if (lines.isEmpty()) {
      return String.format(
          Locale.ROOT, "outliers beyond %.0f robust sigma of %.4f eV: none%n", OUTLYING, sigma);
    }
    String more =
        lines.size() > MOST_LISTED ? "  and " + (lines.size() - MOST_LISTED) + " more\n" : "";
    return String.format(
            Locale.ROOT,
            "outliers beyond %.0f robust sigma of %.4f eV: %d%n",
            OUTLYING,
            sigma,
            lines.size())
        + String.join("", lines.subList(0, Math.min(MOST_LISTED, lines.size())))
        + more;
  }
}
