package org.latticelift.learn.nd4j;

import org.latticelift.learn.sde.ParameterLayout.KernelParameters;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/** mu(z), states in columns. */
interface Drift {
  /** [d,count] to [d,count]. */
  INDArray of(INDArray z);

  static Drift of(KernelParameters p, DriftSpec spec, int d) {
    return switch (spec.kind()) {
      case PLAIN -> Network.of(p, "drift", spec.hidden().size())::apply;
      case LINEAR -> Layer.named(p, "drift/linear")::apply;
      case ONSAGER -> new OnsagerDrift(p, spec, d);
    };
  }
}
