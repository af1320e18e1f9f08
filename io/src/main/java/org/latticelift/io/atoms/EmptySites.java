package org.latticelift.io.atoms;

import java.math.BigDecimal;
import java.math.MathContext;
import org.latticelift.io.error.LatticeLiftException;

/**
 * What a file leaves empty of a lattice. A large share is hardly ever meant: a lattice constant or
 * a number of cells is wrong, or atoms are missing.
 *
 * @param empty sites without an atom
 * @param sites of the lattice
 */
public record EmptySites(long empty, long sites) {
  /** The largest share that is taken for granted. */
  public static final double USUAL = 0.1;

  /** The share of empty sites; 0 to 1. */
  public double share() {
    return sites == 0 ? 0 : (double) empty / sites;
  }

  /**
   * Refuses more than a share, rounded up to a site.
   *
   * @param where the file
   * @throws LatticeLiftException (65) with the likely cause
   */
  public void requireAtMost(double most, String where) {
    boolean none = sites > 0 && empty == sites && most < 1;
    if (none || empty > Math.ceil(most * sites)) {
      throw LatticeLiftException.badData(
          empty + " of " + sites + " sites are empty (" + percent(share()) + ")",
          where,
          "at most " + percent(most),
          cause()
              + ". If it is meant, allow more: lattice.start.max_vacancies, or --max-vacancies of"
              + " sro, inspect, export and barrier collect");
    }
  }

  private String cause() {
    if (empty == sites) {
      return "The file has no atoms on the lattice: name another file or state";
    }
    double length = Math.cbrt((double) sites / (sites - empty));
    return "The cell is "
        + digits(length)
        + " times as long as its atoms fill: check the lattice constant and the number of cells, and"
        + " whether the file has all atoms (none left to symmetry)";
  }

  private static String percent(double share) {
    return digits(100 * share) + " %";
  }

  private static String digits(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
