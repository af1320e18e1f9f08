package org.latticelift.learn.kernel;

/** How a step of the equation is made, with sigma dW from its start. */
public enum StepScheme {
  /** Euler-Maruyama (ME-77): the drift is that of the start. Weak errors are of the order of h. */
  EULER,
  /**
   * The noise acts evenly during the step, dz/dt = mu(z) + sigma dW / h, and this is solved by the
   * method of Runge and Kutta with three drifts (Shu and Osher 1988). Weak errors are of the order
   * of h^3 without noise and e^2 h with noise of size e (Milstein and Tretyakov 1997: methods for
   * small noise, which large systems have), stationary deviations of a linear equation of rate r
   * too small by (r h)^2 / 24. Takes twice as long as a step of Euler-Maruyama, or less, as sigma
   * costs more than mu.
   */
  RUNGE_KUTTA
}
