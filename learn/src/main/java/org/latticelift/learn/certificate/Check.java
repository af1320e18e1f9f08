package org.latticelift.learn.certificate;

import java.util.Locale;

/** A comparison that shows a bias. To add one, name it here and say where its evolutions are. */
public enum Check {
  /** Drift of the equation against that of its own pairs. */
  FIT(
      "the equation does not have the drift of its pairs",
      "train longer (train.epochs, a smaller train.batch)"),
  /** Drift of large states that evolve as a whole against that of single patches (ME-38). */
  ADDITIVITY(
      "increments of patches do not add up to that of the whole",
      "let large states evolve as a whole or in wider surroundings (evolve.environment), or"
          + " shorten evolve.duration"),
  /** Diffusion of large states that evolve as a whole against the learned one (EX-03). */
  KAPPA(
      "the learned noise is not that of the whole",
      "measure kappa (train.kappa: measured with evolve.joint), or shorten evolve.duration"),
  /** Evolutions of half the duration. */
  DURATION("evolutions are too long", "halve evolve.duration"),
  /** Pairs of states that are relaxed longer. */
  RELAXATION(
      "large states are not equilibrated", "raise relax.passes, or take other states (upsample)"),
  /** What all of these show, mended at once. */
  TOGETHER("all of this together", "begin with the largest of them"),
  /** Not a check but the truth where the run has it: direct runs of the large system. */
  DIRECT("direct runs say otherwise", "compare it with what the checks say together");

  private final String meaning;
  private final String remedy;

  Check(String meaning, String remedy) {
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /** What is wrong where it is not silent. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }

  /** What is said where nothing is seen. */
  String nothing() {
    return this == DIRECT
        ? "no equilibrium value differs from direct runs by more than two standard errors"
        : "not significant: no equilibrium value moves by more than two of its standard errors";
  }

  /** Whether it compares evolutions, and not only what others have found. */
  public boolean compares() {
    return this != TOGETHER && this != DIRECT;
  }

  /** How files and tables call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
