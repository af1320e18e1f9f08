package org.latticelift.learn.train;

/** Whether the generator is a control variate of the drift (EX-05). */
public enum DriftVariates {
  /** Where the pairs have compensators. */
  AUTO,
  /** Always; an error without compensators. */
  ON,
  /** Never: one training for drift and diffusion. */
  OFF
}
