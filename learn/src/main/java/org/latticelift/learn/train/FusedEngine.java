package org.latticelift.learn.train;

import java.util.function.Supplier;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.Arithmetics;
import org.latticelift.learn.train.gradient.BlockArithmetic;

/**
 * Gradients by hand-written passes in Java. Bits depend neither on the processor nor on whether the
 * Vector API is there.
 *
 * @param arithmetic makes the arithmetic of a training
 */
record FusedEngine(Supplier<BlockArithmetic<float[]>> arithmetic) implements GradientEngine {
  FusedEngine() {
    this(Arithmetics::fastest);
  }

  @Override
  public String name() {
    return "java " + arithmetic.get().name();
  }

  @Override
  public SdeObjective open(SdeArchitecture architecture, TrainingProblem problem) {
    return new JavaObjective(architecture, problem, arithmetic.get());
  }
}
