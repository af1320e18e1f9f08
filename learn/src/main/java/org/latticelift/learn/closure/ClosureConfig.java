package org.latticelift.learn.closure;

import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.learn.closure.ClosureConfig.DecoderChoice;
import org.latticelift.learn.closure.ClosureConfig.EncoderChoice;
import org.latticelift.learn.train.TrainingDevice;

/** The key {@code closure}: learned closure variables. */
public record ClosureConfig(
    @Default("0") @Range(min = 0, max = 64) @Doc("closure variables, 0 = none") int dim,
    @Default("auto") @Doc("encoder of the paper, or one that is invariant under shifts of a patch")
        EncoderChoice encoder,
    @Default("true") @Doc("one encoder for all fields of a line") boolean shared,
    @Default("whole")
        @Doc("decoder of the whole state, or of a patch and its place, which does not grow with n")
        DecoderChoice decoder,
    @Part Training training,
    @Default("cpu") @Doc("cpu, gpu or auto") TrainingDevice device) {

  /** How many states networks are trained on, at most all of them. */
  long trainingStates(long stored) {
    return Math.min(stored, training.states.orElse(Integer.MAX_VALUE));
  }

  /** Whether there are closure variables; false for {@code dim: 0}. */
  public boolean wanted() {
    return dim > 0;
  }

  /** What is decoded. */
  public enum DecoderChoice {
    /** The whole state (PP-31, IS-41). */
    WHOLE,
    /** A patch at a place; does not grow with the state. */
    PATCH
  }

  /** Which encoder is trained. */
  public enum EncoderChoice {
    /** That of the paper for the system. */
    AUTO,
    /** One that is invariant under shifts of a patch. */
    INVARIANT
  }

  /** How the networks are trained. */
  public record Training(
      @Range(min = 1) @Doc("large states that networks are trained on; default all")
          Optional<Integer> states,
      @Default("10") @Range(min = 1) @Doc("passes over these states") int epochs,
      @Default("256") @Range(min = 1) @Doc("states per step") int batch,
      @Default("false") @Doc("leave out the last incomplete batch") boolean dropLast,
      @Default("1e-4") @Range(min = 0, minOpen = true) @Doc("rate of Adam") double learningRate,
      @Default("0.999") @Range(min = 0, max = 1, maxOpen = true) @Doc("decay of second moments")
          double beta2,
      @Default("0") @Range(min = 0) @Doc("times the weights, added to the gradient")
          double weightDecay,
      @Default("false") @Doc("divide by the largest second moment") boolean amsgrad) {}
}
