package org.latticelift.learn.closure;

/** Which encoder is trained. */
public enum EncoderChoice {
  /** That of the paper for the system. */
  AUTO,
  /** One that is invariant under shifts of a patch. */
  INVARIANT
}
