package org.latticelift.learn.certificate;

import java.util.Locale;

/** A comparison that shows a bias. To add one, name it here and say where its evolutions are. */
public enum Check {
  /** Drift of large states that evolve as a whole against that of single patches (ME-38). */
  ADDITIVITY("increments of patches do not add up to that of the whole", false),
  /** Diffusion of large states that evolve as a whole against the learned one (EX-03). */
  KAPPA("patches are not independent as kappa has it", false),
  /** Pairs of half the duration. */
  DURATION("pairs are too long", true),
  /** Pairs of states that are relaxed twice as long. */
  RELAXATION("large states are not relaxed", true);

  private final String meaning;
  private final boolean evolved;

  Check(String meaning, boolean evolved) {
    this.meaning = meaning;
    this.evolved = evolved;
  }

  /**
   * What is wrong where it is not silent.
   *
   * @return words
   */
  public String meaning() {
    return meaning;
  }

  /**
   * Whether it needs pairs of its own, made in another way.
   *
   * @return false where joint evolutions show it
   */
  public boolean evolved() {
    return evolved;
  }

  /**
   * How files and tables call it.
   *
   * @return one word
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
