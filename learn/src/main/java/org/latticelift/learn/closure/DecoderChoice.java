package org.latticelift.learn.closure;

/** What is decoded. */
public enum DecoderChoice {
  /** The whole state (PP-31, IS-41). */
  WHOLE,
  /** A patch at a place; does not grow with the state. */
  PATCH
}
