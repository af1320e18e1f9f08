package org.latticelift.learn.sde.vector;

import org.latticelift.learn.sde.OnsagerTerms;
import org.latticelift.learn.sde.StepTerms;

/** Everything but products, on tiles of any number of vectors; offsets and lengths count floats. */
interface RowLoops {
  /** Gate and activation of the Onsager network. */
  void onsager(float[] m, int u, int h, int n, boolean add);

  /** y = gate x. */
  void multiply(float[] m, int gate, int x, int y, int n);

  /** y += factor x. */
  void addScaled(float[] m, float factor, int x, int y, int n);

  /** x = scale softplus(x). */
  void softplus(float[] m, int from, int n, float scale);

  /** The Onsager drift. */
  void contract(float[] m, OnsagerTerms terms, int lanes);

  /** A step of Euler-Maruyama. */
  void step(float[] m, StepTerms terms, float h, int lanes);
}
