package org.latticelift.learn.barrierfit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.SpeciesOrder;

/**
 * Environments of a vacancy and the barriers of its hops. The arrays are shared, not copied; nobody
 * modifies them.
 *
 * <p>An environment is stored in the canonical order of the reference hop, which is the lab order
 * of {@link org.latticelift.sim.vacancy.crystal.EnvironmentGeometry}. The barrier of hop d belongs
 * to the environment permuted by its canonical map (AL-20).
 *
 * @param sites environment sites S
 * @param hops hop directions H
 * @param speciesNames species 1, 2, ...
 * @param environment E x S species codes, 0 a vacancy
 * @param barrier E x H barriers, eV; not a number where a hop is blocked or was not computed
 * @param category E indices into the category names
 * @param categoryNames what kinds of environment there are
 * @param origin where the barriers come from
 */
public record BarrierTable(
    int sites,
    int hops,
    List<String> speciesNames,
    byte[] environment,
    float[] barrier,
    int[] category,
    List<String> categoryNames,
    TableOrigin origin) {

  /**
   * Checks shapes, codes and values.
   *
   * @param sites environment sites S
   * @param hops hop directions H
   * @param speciesNames species 1, 2, ...
   * @param environment E x S species codes, 0 a vacancy
   * @param barrier E x H barriers, eV; not a number where a hop is blocked or was not computed
   * @param category E indices into the category names
   * @param categoryNames what kinds of environment there are
   * @param origin where the barriers come from
   */
  public BarrierTable {
    speciesNames = List.copyOf(speciesNames);
    categoryNames = List.copyOf(categoryNames);
    requireShape(sites, hops, environment.length, barrier.length, category.length, origin);
    requireCodes(environment, sites, speciesNames.size(), origin);
    requireFinite(barrier, hops, origin);
    requireCategories(category, categoryNames.size(), origin);
  }

  /**
   * Number of environments.
   *
   * @return E
   */
  public int size() {
    return category.length;
  }

  /**
   * Number of species.
   *
   * @return vacancies not counted
   */
  public int species() {
    return speciesNames.size();
  }

  /**
   * The same environments in other codes.
   *
   * @param species the species in the order of the codes; an error where one of this table's is
   *     missing
   * @return this table if it has that order
   */
  public BarrierTable inOrderOf(List<String> species) {
    if (species.equals(speciesNames)) {
      return this;
    }
    SpeciesOrder order = SpeciesOrder.of(speciesNames, species, origin.source());
    byte[] codes = new byte[environment.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) order.storedCode(environment[i]);
    }
    return new BarrierTable(sites, hops, species, codes, barrier, category, categoryNames, origin);
  }

  /**
   * Identifies the content.
   *
   * @return SHA-256 of environments, barriers and categories
   */
  public String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(environment);
      ByteBuffer numbers = ByteBuffer.allocate(Float.BYTES * (barrier.length + category.length));
      for (float value : barrier) {
        numbers.putInt(Float.floatToIntBits(value));
      }
      for (int value : category) {
        numbers.putInt(value);
      }
      return HexFormat.of().formatHex(digest.digest(numbers.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void requireShape(
      int sites, int hops, int codes, int barriers, int categories, TableOrigin origin) {
    if (sites < 1
        || hops < 1
        || categories < 1
        || codes != (long) categories * sites
        || barriers != (long) categories * hops) {
      throw LatticeLiftException.badData(
          "the barrier table has " + codes + " codes and " + barriers + " barriers",
          origin.source(),
          categories + " environments need " + sites + " codes and " + hops + " barriers each",
          "Make the table again");
    }
  }

  private static void requireCodes(byte[] environment, int sites, int species, TableOrigin origin) {
    for (int i = 0; i < environment.length; i++) {
      if (environment[i] < 0 || environment[i] > species) {
        throw LatticeLiftException.badData(
            "species code " + environment[i],
            origin.source() + ", environment " + i / sites + ", site " + i % sites,
            "0 (vacancy) to " + species,
            "Correct the code");
      }
    }
  }

  private static void requireFinite(float[] barrier, int hops, TableOrigin origin) {
    for (int i = 0; i < barrier.length; i++) {
      if (Float.isInfinite(barrier[i])) {
        throw LatticeLiftException.badData(
            "an infinite barrier",
            origin.source() + ", environment " + i / hops + ", hop " + i % hops,
            "a number in eV, or NaN for a blocked hop",
            "Correct the barrier");
      }
    }
  }

  private static void requireCategories(int[] category, int names, TableOrigin origin) {
    for (int i = 0; i < category.length; i++) {
      if (category[i] < 0 || category[i] >= names) {
        throw LatticeLiftException.badData(
            "category " + category[i],
            origin.source() + ", environment " + i,
            "0 to " + (names - 1),
            "Name every category in category_names");
      }
    }
  }
}
