package org.latticelift.learn.design;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.Well19937c;
import org.latticelift.sim.random.RandomStream;

/**
 * Maximises a function on the unit cube by the evolution strategy with covariance matrix adaptation
 * (CMA-ES, Hansen and Ostermeier, Evol. Comput. 9, 159, 2001) of Hipparchus. It asks for values one
 * after the other, and what it asks next depends on the seed and the answers alone: a search that
 * was interrupted repeats itself from stored answers.
 */
final class ProtocolSearch {
  private static final int SEED_WORDS = 8;
  private static final int TRIES_WITHIN_BOUNDS = 10;

  /** To the optimiser a value at which it may stop, where it is not zero. */
  private static final double NO_TARGET = 0;

  private final ToDoubleFunction<double[]> score;
  private final RandomStream stream;

  /**
   * @param score of a point in the unit cube; more is better
   */
  ProtocolSearch(ToDoubleFunction<double[]> score, RandomStream stream) {
    this.score = score;
    this.stream = stream;
  }

  /**
   * Asks for about so many values.
   *
   * @param start a point in the unit cube, asked first
   * @param evaluations at least one generation is asked
   */
  void run(double[] start, double width, int evaluations) {
    int dimension = start.length;
    int population = 4 + (int) (3 * Math.log(dimension));
    int[] seed = new int[SEED_WORDS];
    Arrays.setAll(seed, i -> (int) stream.below(1L << Integer.SIZE));
    CMAESOptimizer optimizer =
        new CMAESOptimizer(
            Math.max(1, (evaluations - 1) / population),
            NO_TARGET,
            true,
            0,
            TRIES_WITHIN_BOUNDS,
            new Well19937c(seed),
            false,
            null);
    double[] zeros = new double[dimension];
    optimizer.optimize(
        MaxEval.unlimited(),
        new ObjectiveFunction(score::applyAsDouble),
        GoalType.MAXIMIZE,
        new InitialGuess(start),
        new SimpleBounds(zeros, filled(dimension, 1)),
        new CMAESOptimizer.Sigma(filled(dimension, width)),
        new CMAESOptimizer.PopulationSize(population));
  }

  private static double[] filled(int length, double value) {
    double[] filled = new double[length];
    Arrays.fill(filled, value);
    return filled;
  }
}
