package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.system.Condition;

/**
 * Whether an equation has been trained to the end: what its drift misses of the increments that it
 * was trained on, where late values live, and how far late means would move by it. This is the
 * check {@link Check#FIT} of a certificate to first order and without a prediction: the shift is
 * -J^-1 m, with m what is missed at the late means and J the Jacobian of what is learned and
 * missed. It costs a drift of every pair.
 */
public final class TrainingFit {
  private static final int POINT = 1;

  /** Of a difference quotient, in scaled variables, whose values are of order one. */
  private static final double STEP = 1e-2;

  private final SdeModel model;
  private final double condition;
  private final Residuals misfit;
  private final double[] late;

  private TrainingFit(SdeModel model, double condition, Residuals misfit, double[] late) {
    this.model = model;
    this.condition = condition;
    this.misfit = misfit;
    this.late = late;
  }

  /**
   * How far the late mean of an observable would move.
   *
   * @param observable name
   * @param value late mean by the pairs, less what is predicted
   * @param error its standard error
   */
  public record Shift(String observable, double value, double error) {}

  /**
   * Shifts of the trained observables ({@code mean}: late means of the observables as predicted, m;
   * {@code deviation}: late deviations of these, m); one for each trained variable; none where
   * there are too few pairs at the condition, or where the late means are no stable point, such as
   * between two wells.
   */
  public static List<Shift> shifts(
      Path pairs, SdeModel model, Condition condition, double[] mean, double[] deviation) {
    Increments increments = Increments.pairs(pairs, model, condition);
    if (!Residuals.enough(increments.count(), increments.variables())) {
      return List.of();
    }
    int[] independent = model.map().independent();
    double[] centre = new double[independent.length];
    double[] width = new double[independent.length];
    for (int i = 0; i < centre.length; i++) {
      centre[i] = model.scaling().toScaled(i, mean[independent[i]]);
      double known = deviation[independent[i]] / model.scaling().deviation()[i];
      width[i] = known > 0 ? known : Double.POSITIVE_INFINITY;
    }
    Neighbourhood near = Neighbourhood.around(centre, width);
    Residuals misfit = Residuals.of(increments, model, condition.value(), new int[0], near);
    return new TrainingFit(model, condition.value(), misfit, centre).shifts();
  }

  private List<Shift> shifts() {
    int d = late.length;
    Correction missed = CorrectionEstimate.misfit(misfit).best();
    double[] offset = new double[d];
    missed.offset(late, offset);
    double[] terms = new double[misfit.terms().count()];
    misfit.terms().values(offset, terms);
    RealMatrix inverse;
    try {
      RealMatrix jacobian = jacobian(missed);
      if (!stable(jacobian)) {
        return List.of();
      }
      inverse = new LUDecomposition(jacobian).getSolver().getInverse();
    } catch (MathRuntimeException e) {
      return List.of(); // singular: no point of its own
    }
    List<Shift> shifts = new ArrayList<>();
    for (int i = 0; i < d; i++) {
      double value = 0;
      double square = 0;
      for (int j = 0; j < d; j++) {
        double by = -inverse.getEntry(i, j);
        value += by * missed.delta(j, terms);
        square += by * by * variance(misfit.covariance()[j], terms);
      }
      double unit = model.scaling().deviation()[i];
      String name = model.map().observables().get(model.map().independent()[i]);
      shifts.add(new Shift(name, unit * value, unit * Math.sqrt(square)));
    }
    return shifts;
  }

  private static double variance(double[][] covariance, double[] terms) {
    double sum = 0;
    for (int a = 0; a < terms.length; a++) {
      for (int b = 0; b < terms.length; b++) {
        sum += terms[a] * covariance[a][b] * terms[b];
      }
    }
    return Math.max(0, sum);
  }

  private RealMatrix jacobian(Correction missed) {
    int d = late.length;
    RealMatrix jacobian = new Array2DRowRealMatrix(d, d);
    for (int j = 0; j < d; j++) {
      double[] above = late.clone();
      double[] below = late.clone();
      above[j] += STEP;
      below[j] -= STEP;
      double[] up = drift(missed, above);
      double[] down = drift(missed, below);
      for (int i = 0; i < d; i++) {
        jacobian.setEntry(i, j, (up[i] - down[i]) / (2 * STEP));
      }
    }
    return jacobian;
  }

  /** What is learned, the mean over the parameter sets, and what is missed. */
  private double[] drift(Correction missed, double[] state) {
    int d = state.length;
    double[] drift = new double[d];
    double[] offset = new double[d];
    missed.offset(state, offset);
    double[] terms = new double[missed.terms().count()];
    missed.terms().values(offset, terms);
    float[][] z = new float[d][POINT];
    float[][] mu = new float[d][POINT];
    float[][] sigma = new float[d * d][POINT];
    for (SdeParameters parameters : model.models()) {
      SdeKernel kernel = SdeKernel.plain(model.architecture(), parameters, condition, POINT);
      for (int i = 0; i < d; i++) {
        z[i][0] = (float) state[i];
      }
      kernel.evaluate(1, z, mu, sigma);
      for (int i = 0; i < d; i++) {
        drift[i] += mu[i][0] / model.models().size();
      }
    }
    for (int i = 0; i < d; i++) {
      drift[i] += missed.delta(i, terms);
    }
    return drift;
  }

  private static boolean stable(RealMatrix jacobian) {
    return Arrays.stream(new EigenDecompositionNonSymmetric(jacobian).getEigenvalues())
        .allMatch(value -> value.getReal() < 0);
  }
}
