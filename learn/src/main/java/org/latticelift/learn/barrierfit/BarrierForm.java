package org.latticelift.learn.barrierfit;

/** The forms of barrier models that are compared, from the simplest on. */
public enum BarrierForm {
  /** One barrier for each jumping species. */
  MEAN,
  /** Linear in numbers of atoms around the hop. */
  LINEAR,
  /** A network that learns what the linear model leaves. */
  NETWORK
}
