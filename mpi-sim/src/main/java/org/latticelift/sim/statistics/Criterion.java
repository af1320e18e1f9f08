package org.latticelift.sim.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What runs must fulfil to be called relaxed. */
public enum Criterion {
  /** The transient ends in the first third of the records. */
  TRANSIENT("the transient does not end in the first third of the records"),
  /** There are {@value BlockedMean#FEWEST_BLOCKS} independent blocks or, of three runs, values. */
  BLOCKS(
      "the part after equilibration has fewer than "
          + BlockedMean.FEWEST_BLOCKS
          + " independent blocks or values"),
  /** The halves of the late part agree. */
  DRIFT("the halves of the part after equilibration differ by more than their error"),
  /** The runs have forgotten their beginnings. */
  MIXING("the means of runs differ by more than the values of a run");

  private final String failure;

  Criterion(String failure) {
    this.failure = failure;
  }

  /** The word for files; {@code transient}, {@code blocks}, {@code drift} or {@code mixing}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The inverse of {@link #word} ({@code words}: criteria, separated by blanks; may be empty), in
   * the order of the enum.
   */
  public static List<Criterion> parse(String words) {
    List<String> given = List.of(words.split(" "));
    return Arrays.stream(values()).filter(c -> given.contains(c.word())).toList();
  }

  /** What it means that the criterion is not fulfilled. */
  public String failure() {
    return failure;
  }
}
