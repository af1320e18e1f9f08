package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.learn.train.gradient.FusedObjective;
import org.latticelift.learn.train.gradient.Samples;

/** The objective in Java. Batches are read from the set through the order, without copies. */
final class JavaObjective implements SdeObjective {
  private final FusedObjective<float[]> fused;
  private final Samples training;
  private final Samples validation;
  private final int[] validationRows;
  private int[] order;

  JavaObjective(
      SdeArchitecture architecture, TrainingProblem problem, BlockArithmetic<float[]> arithmetic) {
    this.fused =
        new FusedObjective<>(architecture, problem.covariance(), problem.noise(), arithmetic);
    this.training = problem.training().samples();
    this.validation = problem.validation().samples();
    this.validationRows = new int[problem.validation().count()];
    Arrays.setAll(validationRows, i -> i);
  }

  @Override
  public void order(int[] permutation) {
    order = permutation;
  }

  @Override
  public double gradient(float[] parameters, int from, int to, float[] gradient) {
    return fused.gradient(parameters, training, order, from, to, gradient);
  }

  @Override
  public double validation(float[] parameters) {
    return fused.mean(parameters, validation, validationRows);
  }

  @Override
  public void close() {
    // Nothing but arrays.
  }
}
