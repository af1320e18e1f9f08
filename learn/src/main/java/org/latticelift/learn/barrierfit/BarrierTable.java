package org.latticelift.learn.barrierfit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.SpeciesOrder;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

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
 * @param structure E numbers of the structures that the environments are of, from 0; environments
 *     of one structure are never on both sides of a fold
 * @param line E x H lines of the file that the barriers were collected from; 0 where it is not
 *     known
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
    int[] structure,
    int[] line,
    TableOrigin origin) {
  /** No hop of an atom into a vacancy costs more, eV. */
  static final double LARGEST = 10;

  /** What barriers may be, for messages. */
  static final String RANGE = "a barrier in eV, 0 to 10";

  /** A table of environments each of which is of a structure of its own. */
  public BarrierTable(
      int sites,
      int hops,
      List<String> speciesNames,
      byte[] environment,
      float[] barrier,
      int[] category,
      List<String> categoryNames,
      TableOrigin origin) {
    this(
        sites,
        hops,
        speciesNames,
        environment,
        barrier,
        category,
        categoryNames,
        IntStream.range(0, category.length).toArray(),
        new int[barrier.length],
        origin);
  }

  /** Checks shapes, codes and values. */
  public BarrierTable {
    speciesNames = List.copyOf(speciesNames);
    categoryNames = List.copyOf(categoryNames);
    requireShape(sites, hops, environment.length, barrier.length, category.length, origin);
    requireCodes(environment, sites, speciesNames.size(), origin);
    requireRange(barrier, hops, origin);
    if (structure.length != category.length || line.length != barrier.length) {
      throw LatticeLiftException.badData(
          structure.length + " structures and " + line.length + " lines",
          origin.source(),
          "a structure for each of " + category.length + " environments, a line for each barrier",
          "Make the table again");
    }
    requireCategories(category, categoryNames.size(), origin);
  }

  /** Number of environments. */
  public int size() {
    return category.length;
  }

  /** Where a barrier comes from: file and line, else its place in the table. */
  public String where(int row) {
    return line[row] > 0
        ? origin.teacher() + ":" + line[row]
        : origin.source() + ", environment " + row / hops + ", hop " + row % hops;
  }

  /** The crystal of the environments, recognised by their numbers of sites and hops. */
  public KnownCrystal knownCrystal() {
    return Arrays.stream(KnownCrystal.values())
        .filter(known -> known.crystal().environmentSize() == sites)
        .filter(known -> known.crystal().hopCount() == hops)
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "environments of " + sites + " sites and " + hops + " hops",
                    origin.source(),
                    "112 sites and 8 hops (bcc), 54 sites and 12 hops (fcc)",
                    "Make the table for one of these crystals"));
  }

  /** Number of species; vacancies not counted. */
  public int species() {
    return speciesNames.size();
  }

  /**
   * The same environments in other codes ({@code species}: the species in the order of the codes;
   * an error where one of this table's is missing); this table if it has that order.
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
    return new BarrierTable(
        sites, hops, species, codes, barrier, category, categoryNames, structure, line, origin);
  }

  /** Identifies the content; SHA-256 of environments, barriers and categories. */
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

  private static void requireRange(float[] barrier, int hops, TableOrigin origin) {
    for (int i = 0; i < barrier.length; i++) {
      if (!Float.isNaN(barrier[i]) && !possible(barrier[i])) {
        throw LatticeLiftException.badData(
            "a barrier of " + barrier[i] + " eV",
            origin.source() + ", environment " + i / hops + ", hop " + i % hops,
            RANGE + ", or NaN for a blocked hop",
            "Correct the barrier or its unit");
      }
    }
  }

  /** Whether a number can be a barrier of a hop, eV; one in meV cannot. */
  static boolean possible(double barrier) {
    return barrier >= 0 && barrier <= LARGEST;
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

  /**
   * The rows of a table as a network sees them: row r is hop r mod H of environment r / H, its
   * codes permuted into the canonical frame of that hop (AL-20).
   */
  static final class CanonicalRows {
    private final BarrierTable table;
    private final float[] target;
    private final int[][] canonical;

    CanonicalRows(BarrierTable table, Crystal crystal) {
      this(table, crystal, table.barrier());
    }

    /** Rows with other targets than the barriers, such as what another model leaves of them. */
    CanonicalRows(BarrierTable table, Crystal crystal, float[] target) {
      if (table.sites() != crystal.environmentSize() || table.hops() != crystal.hopCount()) {
        throw LatticeLiftException.badData(
            "environments of " + table.sites() + " sites and " + table.hops() + " hops",
            table.origin().source(),
            crystal.environmentSize()
                + " sites and "
                + crystal.hopCount()
                + " hops, as "
                + crystal.name()
                + " has",
            "Make the table for this crystal");
      }
      this.table = table;
      this.target = target;
      this.canonical = maps(crystal);
    }

    private static int[][] maps(Crystal crystal) {
      int[][] maps = maps(crystal.environment(0));
      for (int b = 1; b < crystal.basisCount(); b++) {
        if (!java.util.Arrays.deepEquals(maps, maps(crystal.environment(b)))) {
          throw LatticeLiftException.badData(
              "the canonical maps of " + crystal.name() + " differ between its basis positions",
              "crystal",
              "crystals whose sites all see the same environment",
              "Train on a table of a Bravais crystal");
        }
      }
      return maps;
    }

    private static int[][] maps(EnvironmentGeometry geometry) {
      int[][] maps = new int[geometry.hops()][geometry.sites()];
      for (int d = 0; d < maps.length; d++) {
        for (int k = 0; k < maps[d].length; k++) {
          maps[d][k] = geometry.canonical(d, k);
        }
      }
      return maps;
    }

    BarrierTable table() {
      return table;
    }

    int sites() {
      return table.sites();
    }

    int species() {
      return table.species();
    }

    float barrier(int row) {
      return target[row];
    }

    int category(int row) {
      return table.category()[row / table.hops()];
    }

    /** Sets the inputs of a row, which must be zero before. */
    void multiHot(int row, float[] inputs) {
      byte[] codes = table.environment();
      int[] map = canonical[row % table.hops()];
      int first = row / table.hops() * map.length;
      int species = table.species();
      for (int k = 0; k < map.length; k++) {
        int code = codes[first + map[k]];
        if (code != 0) {
          inputs[k * species + code - 1] = 1f;
        }
      }
    }
  }
}
