package org.latticelift.learn.barrierfit.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.barrierfit.linear.LinearDesign.Quantity;
import org.latticelift.learn.barrierfit.linear.LinearDesign.Spec;
import org.latticelift.learn.barrierfit.linear.NormalEquations.Path;
import org.latticelift.sim.vacancy.barrier.HopNeighbourhood;
import org.latticelift.sim.vacancy.barrier.LinearTerms;

/**
 * Fits linear barrier models to the rows of a table by ridge regression. Shells, kind of saddle
 * terms and strength of the ridge are chosen by folds of structures: of all models whose error on
 * held-out folds is within one standard error (of the difference) of the best, the one with the
 * fewest terms. Whatever is said of the error of a model, the choice is repeated without the rows
 * that state it.
 */
public final class LinearFit {
  /** Least barrier of a fitted model in either direction, eV. */
  static final double FLOOR = 0.02;

  private static final int MOST_SHELLS = 3;

  /** Relative to the mean square of the columns. */
  private static final double[] STRENGTHS = {
    1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1
  };

  private final BarrierRows rows;
  private final StructureFolds folds;
  private final LinearDesign design;
  private final NormalEquations[] equations;
  private final double mean;

  /**
   * A fitted model.
   *
   * @param columns of the design
   * @param value of each column, eV
   */
  public record Fitted(Choice choice, int[] columns, double[] value) {}

  /**
   * A number of a fitted model that does not depend on the gauge.
   *
   * @param value eV
   * @param error its standard error, eV
   */
  public record Term(String name, double value, double error) {}

  public LinearFit(BarrierRows rows, StructureFolds folds) {
    this.rows = rows;
    this.folds = folds;
    design =
        new LinearDesign(
            rows,
            Math.min(MOST_SHELLS, HopNeighbourhood.mostPairShells(rows.crystal())),
            Math.min(MOST_SHELLS, HopNeighbourhood.mostSaddleShells(rows.crystal())));
    mean = IntStream.range(0, rows.size()).mapToDouble(rows::barrier).average().orElseThrow();
    equations = new NormalEquations[folds.count()];
    Arrays.setAll(equations, k -> new NormalEquations(design.columns()));
    double[] x = new double[design.columns()];
    for (int i = 0; i < rows.size(); i++) {
      if (folds.fold()[i] >= 0) {
        Arrays.fill(x, 0);
        design.fill(rows, i, x);
        equations[folds.fold()[i]].add(x, rows.barrier(i) - mean);
      }
    }
  }

  /** Refuses tables with fewer rows than the simplest model with pairs has terms. */
  public void requireRows() {
    int terms = design.columns(new Spec(1, 0, false)).length;
    if (rows.size() < terms) {
      throw LatticeLiftException.badData(
          rows.size() + " barriers",
          rows.table().origin().source(),
          "at least " + terms + ", as many as a model of one shell of pairs has terms",
          "Calculate more barriers");
    }
  }

  /** The folds that take part where one is held out; all for -1. */
  public boolean[] without(int held) {
    boolean[] included = new boolean[folds.count()];
    Arrays.fill(included, true);
    if (held >= 0) {
      included[held] = false;
    }
    return included;
  }

  private List<Spec> specs(int rowCount) {
    List<Spec> specs = new ArrayList<>();
    int pairs = Math.min(MOST_SHELLS, HopNeighbourhood.mostPairShells(rows.crystal()));
    int saddles = Math.min(MOST_SHELLS, HopNeighbourhood.mostSaddleShells(rows.crystal()));
    for (int n = 0; n <= pairs; n++) {
      for (int k = 0; k <= saddles; k++) {
        specs.add(new Spec(n, k, false));
        if (k > 0) {
          specs.add(new Spec(n, k, true));
        }
      }
    }
    // The ridge would do with fewer rows than terms, but nobody should.
    specs.removeIf(spec -> design.columns(spec).length > Math.max(design.free(), rowCount / 2));
    specs.sort(Comparator.comparingInt(spec -> design.columns(spec).length));
    return specs;
  }

  /** The choice from some of the folds, of which each is held out once. */
  public Choice choose(boolean[] included) {
    int[] inner = IntStream.range(0, included.length).filter(f -> included[f]).toArray();
    int rowCount = Arrays.stream(inner).map(f -> equations[f].rows()).sum();
    List<Choice> choices = new ArrayList<>();
    List<double[]> errors = new ArrayList<>();
    NormalEquations[] training = new NormalEquations[inner.length];
    for (int k = 0; k < inner.length; k++) {
      boolean[] rest = included.clone();
      rest[inner[k]] = false;
      training[k] = sum(rest);
    }
    for (Spec spec : specs(rowCount)) {
      int[] columns = design.columns(spec);
      double[][] ofStrength = new double[STRENGTHS.length][inner.length];
      for (int k = 0; k < inner.length; k++) {
        Path path = training[k].path(columns, design.free());
        for (int s = 0; s < STRENGTHS.length; s++) {
          ofStrength[s][k] = equations[inner[k]].squaredError(columns, path.fit(STRENGTHS[s]));
        }
      }
      int best = 0;
      for (int s = 1; s < STRENGTHS.length; s++) {
        best = total(ofStrength[s]) < total(ofStrength[best]) ? s : best;
      }
      choices.add(new Choice(spec, STRENGTHS[best]));
      errors.add(ofStrength[best]);
    }
    return choices.get(simplest(errors));
  }

  private static double total(double[] errors) {
    return Arrays.stream(errors).sum();
  }

  /**
   * The first of several models whose sum of squared errors is within one standard error of that of
   * the best.
   *
   * @param errors of each model, from the simplest on, its squared error in each fold
   */
  public static int simplest(List<double[]> errors) {
    double[] best = errors.stream().min(Comparator.comparingDouble(LinearFit::total)).orElseThrow();
    for (int i = 0; i < errors.size(); i++) {
      double[] more = errors.get(i).clone();
      for (int k = 0; k < more.length; k++) {
        more[k] -= best[k];
      }
      double average = total(more) / more.length;
      double squares = Arrays.stream(more).map(d -> (d - average) * (d - average)).sum();
      double error = Math.sqrt(squares * more.length / Math.max(1, more.length - 1.0));
      if (total(more) <= error) {
        return i;
      }
    }
    throw new IllegalStateException("the best model is within an error of itself");
  }

  private NormalEquations sum(boolean[] included) {
    NormalEquations sum = new NormalEquations(design.columns());
    for (int f = 0; f < included.length; f++) {
      if (included[f]) {
        sum.add(equations[f]);
      }
    }
    return sum;
  }

  /** The fit of a choice to some of the folds. */
  public Fitted fit(Choice choice, boolean[] included) {
    int[] columns = design.columns(choice.spec());
    double[] value = sum(included).path(columns, design.free()).fit(choice.strength());
    for (int a = 0; a < design.free(); a++) {
      value[a] += mean;
    }
    return new Fitted(choice, columns, value);
  }

  /** The barrier of a row, eV; the floor left out. */
  public double predict(Fitted fitted, int i) {
    double[] x = new double[design.columns()];
    design.fill(rows, i, x);
    double sum = 0;
    for (int k = 0; k < fitted.columns.length; k++) {
      sum += x[fitted.columns[k]] * fitted.value[k];
    }
    return sum;
  }

  /** Each row as predicted by a model that was chosen and fitted without its fold, eV. */
  public double[] heldOut() {
    double[] predicted = new double[rows.size()];
    Arrays.fill(predicted, Double.NaN);
    for (int f = 0; f < folds.count(); f++) {
      boolean[] included = without(f);
      Fitted fitted = fit(choose(included), included);
      for (int i : folds.of(f)) {
        predicted[i] = predict(fitted, i);
      }
    }
    return predicted;
  }

  /**
   * The learning curve of a choice: rows fitted to, and the root mean square error on the others,
   * for two to all but one of the folds.
   */
  public List<double[]> curve(Choice choice) {
    List<double[]> curve = new ArrayList<>();
    for (int taken = 1; taken < folds.count(); taken++) {
      double squares = 0;
      double fitted = 0;
      int tested = 0;
      for (int held = 0; held < folds.count(); held++) {
        boolean[] included = new boolean[folds.count()];
        for (int k = 1; k <= taken; k++) {
          included[(held + k) % folds.count()] = true;
        }
        Fitted some = fit(choice, included);
        NormalEquations training = sum(included);
        double[] value = some.value.clone();
        for (int a = 0; a < design.free(); a++) {
          value[a] -= mean;
        }
        squares += equations[held].squaredError(some.columns, value);
        tested += equations[held].rows();
        fitted += training.rows() / (double) folds.count();
      }
      curve.add(new double[] {fitted, Math.sqrt(squares / tested)});
    }
    return curve;
  }

  /** The numbers of a model that was fitted to all folds, with standard errors. */
  public List<Term> terms(Fitted fitted, List<String> names) {
    double[][] covariance =
        sum(without(-1)).path(fitted.columns, design.free()).covariance(fitted.choice.strength());
    List<Term> terms = new ArrayList<>();
    for (Quantity quantity : design.quantities(fitted.choice.spec(), names)) {
      double value = 0;
      double variance = 0;
      for (int i = 0; i < fitted.columns.length; i++) {
        double weight = quantity.weight()[fitted.columns[i]];
        value += weight * fitted.value[i];
        for (int j = 0; j < fitted.columns.length; j++) {
          variance += weight * quantity.weight()[fitted.columns[j]] * covariance[i][j];
        }
      }
      terms.add(new Term(quantity.name(), value, Math.sqrt(Math.max(0, variance))));
    }
    return terms;
  }

  /** The model as a simulation uses it. */
  public LinearTerms model(Fitted fitted) {
    return design.terms(
        fitted.choice.spec(), fitted.columns, fitted.value, FLOOR, rows.table().speciesNames());
  }
}
