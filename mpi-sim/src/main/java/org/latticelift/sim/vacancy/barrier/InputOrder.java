package org.latticelift.sim.vacancy.barrier;

/** Which axis of the canonical environment comes first in a network's input (AL-23, DI-21). */
public enum InputOrder {
  /** x slowest, as in the code of the paper (AL-22). */
  AUTHORS,
  /** y slowest, as in the code the published network was trained with. */
  NNK
}
