package org.latticelift.learn.barrierfit;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.atoms.AtomFiles;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.atoms.EmptySites;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.CsvReader;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.AtomSites;

/**
 * A barrier table from calculations as people have them: initial states with a vacancy, in any
 * format of {@link AtomFiles}, and a CSV with a row for each hop. A vacancy is a site without an
 * atom; the hop is named by the atom that jumps into it. Rows of the same state and vacancy make
 * one environment; hops without a row are unknown.
 *
 * <table>
 *   <caption>Columns</caption>
 *   <tr><td>{@code structure}</td><td>file of the initial state, relative to the CSV</td></tr>
 *   <tr><td>{@code atom}</td><td>number of the jumping atom in that file, from 1</td></tr>
 *   <tr><td>{@code barrier_eV}</td><td>its barrier</td></tr>
 *   <tr><td>{@code reverse_eV}</td><td>optional: the barrier of the reverse hop, as a path between
 *       two states gives both</td></tr>
 *   <tr><td>{@code category}</td><td>optional: errors are then stated by category</td></tr>
 * </table>
 */
public final class StructureTable {
  private static final String STRUCTURE = "structure";
  private static final String ATOM = "atom";
  private static final String BARRIER = "barrier_eV";
  private static final String REVERSE = "reverse_eV";
  private static final String CATEGORY = "category";

  /** How far the lattice constant may be from that of the structures, as a share. */
  private static final double MOST_OFF = 0.1;

  private final Path csv;
  private final Crystal crystal;
  private final Rules rules;
  private final Map<String, Placed> structures = new LinkedHashMap<>();
  private final Map<String, Row> rows = new LinkedHashMap<>();

  /**
   * How structures are read.
   *
   * @param species names of species 1, 2, ...
   * @param latticeConstant of the crystal, Å, which gives the number of cells; relaxed cells may be
   *     some per cent off
   * @param tolerance how far atoms may be from their sites, cells along each axis
   * @param maxVacancies largest share of empty sites
   */
  public record Rules(
      List<String> species, double latticeConstant, double tolerance, double maxVacancies) {
    /** Rules with the usual share of empty sites. */
    public Rules(List<String> species, double latticeConstant, double tolerance) {
      this(species, latticeConstant, tolerance, EmptySites.USUAL);
    }
  }

  private StructureTable(Path csv, Crystal crystal, Rules rules) {
    this.csv = csv;
    this.crystal = crystal;
    this.rules = rules;
  }

  private record Placed(int number, AtomSites sites, byte[] codes, long[] siteOfAtom) {}

  /** An environment and the barriers of its hops. */
  private record Row(
      int structure, byte[] environment, float[] barrier, int[] line, String category) {}

  /**
   * Reads a CSV and its structures.
   *
   * @param csv rows of hops, with a header
   * @throws LatticeLiftException (65, 66) if something is missing, off the lattice or ambiguous
   */
  public static BarrierTable read(Path csv, Crystal crystal, Rules rules) {
    String columns = "the columns " + String.join(", ", STRUCTURE, ATOM, BARRIER);
    StructureTable table = new StructureTable(csv, crystal, rules);
    for (CsvReader.Row hop : CsvReader.numbered(csv, columns)) {
      table.add(hop.cells(), csv + ":" + hop.line());
    }
    return table.table();
  }

  private void add(Map<String, String> hop, String where) {
    String name = cell(hop, STRUCTURE, where);
    Placed placed = structures.computeIfAbsent(name, n -> place(n, where));
    double number = number(hop, ATOM, where);
    int atom = (int) number;
    if (atom != number || atom < 1 || atom > placed.siteOfAtom.length) {
      String allowed = "1 to " + placed.siteOfAtom.length + " of " + name;
      throw bad("no atom " + cell(hop, ATOM, where), where, allowed);
    }
    long target = placed.siteOfAtom[atom - 1];
    long vacancy = vacancyBeside(placed, target, where + ", atom " + atom + " of " + name);
    String category = hop.getOrDefault(CATEGORY, "all");
    int line = Integer.parseInt(where.substring(where.lastIndexOf(':') + 1));
    set(
        name + "\0" + vacancy,
        placed,
        vacancy,
        target,
        category,
        barrier(hop, BARRIER, where),
        line);
    if (!hop.getOrDefault(REVERSE, "").isBlank()) {
      // The state after the hop, in which the same atom goes back.
      byte atomCode = placed.codes[(int) target];
      placed.codes[(int) vacancy] = atomCode;
      placed.codes[(int) target] = 0;
      String key = name + "\0" + target + "\0" + vacancy;
      set(key, placed, target, vacancy, category, barrier(hop, REVERSE, where), line);
      placed.codes[(int) vacancy] = 0;
      placed.codes[(int) target] = atomCode;
    }
  }

  /**
   * Sets the barrier of the hop of a vacancy to a target. Where the hop has one already, the
   * barrier is a repeat, in a row of its own.
   */
  private void set(
      String key,
      Placed placed,
      long vacancy,
      long target,
      String category,
      double barrier,
      int line) {
    EnvironmentGeometry geometry = geometry(vacancy);
    int d = 0;
    while (site(placed, vacancy, geometry, geometry.hopTarget(d)) != target) {
      d++;
    }
    String own = key;
    while (rows.containsKey(own) && !Float.isNaN(rows.get(own).barrier[d])) {
      own += "\0";
    }
    Row row = rows.computeIfAbsent(own, k -> row(placed, vacancy, category));
    row.barrier[d] = (float) barrier;
    row.line[d] = line;
  }

  private Row row(Placed placed, long vacancy, String category) {
    EnvironmentGeometry geometry = geometry(vacancy);
    byte[] environment = new byte[geometry.sites()];
    for (int j = 0; j < environment.length; j++) {
      environment[j] = placed.codes[(int) site(placed, vacancy, geometry, j)];
    }
    float[] barrier = new float[geometry.hops()];
    Arrays.fill(barrier, Float.NaN);
    return new Row(placed.number, environment, barrier, new int[geometry.hops()], category);
  }

  private EnvironmentGeometry geometry(long site) {
    return crystal.environment((int) (site % crystal.basisCount()));
  }

  private static long site(Placed placed, long from, EnvironmentGeometry geometry, int j) {
    return placed.sites.beside(
        from, geometry.dx(j), geometry.dy(j), geometry.dz(j), geometry.basis(j));
  }

  private long vacancyBeside(Placed placed, long target, String where) {
    EnvironmentGeometry geometry = geometry(target);
    long found = -1;
    for (int d = 0; d < geometry.hops(); d++) {
      long site = site(placed, target, geometry, geometry.hopTarget(d));
      if (placed.codes[(int) site] == 0 && site != found) {
        if (found >= 0) {
          throw bad("two vacancies beside the atom", where, "one, into which it jumps");
        }
        found = site;
      }
    }
    if (found < 0) {
      throw bad("no vacancy beside the atom", where, "a nearest neighbour of the empty site");
    }
    return found;
  }

  private Path file(String name, String where) {
    try {
      return csv.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw bad("no name of a file in column " + STRUCTURE, where, "a path");
    }
  }

  private Placed place(String name, String where) {
    Path file = file(name, where);
    AtomFrame frame = AtomFiles.read(file, rules.species);
    double[] c = frame.cell();
    requireLatticeConstant(frame, where);
    AtomSites sites =
        new AtomSites(crystal, cells(c, 0), cells(c, 3), cells(c, 6), rules.tolerance, file + "");
    byte[] codes = new byte[Math.toIntExact(sites.sites())];
    long[] siteOfAtom = new long[frame.atoms()];
    for (int atom = 0; atom < siteOfAtom.length; atom++) {
      long site = sites.site(frame, atom);
      if (codes[(int) site] != 0) {
        throw bad("two atoms on one site, the second is atom " + (atom + 1), file + "", "one");
      }
      codes[(int) site] = (byte) frame.type()[atom];
      siteOfAtom[atom] = site;
    }
    new EmptySites(codes.length - siteOfAtom.length, codes.length)
        .requireAtMost(rules.maxVacancies, file + "");
    return new Placed(structures.size(), sites, codes, siteOfAtom);
  }

  /** Compares the lattice constant with that of the volume of an atom. */
  private void requireLatticeConstant(AtomFrame frame, String where) {
    double[] c = frame.cell();
    double volume =
        Math.abs(
            c[0] * (c[4] * c[8] - c[5] * c[7])
                - c[1] * (c[3] * c[8] - c[5] * c[6])
                + c[2] * (c[3] * c[7] - c[4] * c[6]));
    double found = Math.cbrt(volume * crystal.basisCount() / (frame.atoms() + 1.0));
    if (Math.abs(found / rules.latticeConstant - 1) > MOST_OFF) {
      throw bad(
          "a lattice constant of " + rules.latticeConstant + " Å",
          where,
          String.format(
              java.util.Locale.ROOT,
              "within a tenth of %.3f Å, which the volume of its atoms gives",
              found));
    }
  }

  private int cells(double[] cell, int at) {
    double length = Math.sqrt(square(cell[at]) + square(cell[at + 1]) + square(cell[at + 2]));
    return (int) Math.max(1, Math.round(length / rules.latticeConstant));
  }

  private static double square(double x) {
    return x * x;
  }

  private static String cell(Map<String, String> hop, String column, String where) {
    String text = hop.get(column);
    if (text == null || text.isBlank()) {
      throw bad(
          "no " + column, where, "the columns " + String.join(", ", STRUCTURE, ATOM, BARRIER));
    }
    return text.strip();
  }

  private static double barrier(Map<String, String> hop, String column, String where) {
    double value = number(hop, column, where);
    if (!BarrierTable.possible(value)) {
      throw bad("a barrier of " + value + " eV", where, BarrierTable.RANGE);
    }
    return value;
  }

  private static double number(Map<String, String> hop, String column, String where) {
    String text = cell(hop, column, where);
    try {
      double value = Decimal.parse(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw bad("'" + text + "' in column " + column, where, "a number");
    }
    throw bad("'" + text + "' in column " + column, where, "a finite number");
  }

  private static LatticeLiftException bad(String what, String where, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the file");
  }

  private BarrierTable table() {
    if (rows.isEmpty()) {
      throw bad("no hops", csv.toString(), "a row for each hop");
    }
    int sites = crystal.environment(0).sites();
    int hops = crystal.environment(0).hops();
    byte[] environment = new byte[rows.size() * sites];
    float[] barrier = new float[rows.size() * hops];
    int[] category = new int[rows.size()];
    int[] structure = new int[rows.size()];
    int[] line = new int[barrier.length];
    List<String> categories = new ArrayList<>();
    int e = 0;
    for (Row row : rows.values()) {
      System.arraycopy(row.environment, 0, environment, e * sites, sites);
      System.arraycopy(row.barrier, 0, barrier, e * hops, hops);
      System.arraycopy(row.line, 0, line, e * hops, hops);
      structure[e] = row.structure;
      if (!categories.contains(row.category)) {
        categories.add(row.category);
      }
      category[e++] = categories.indexOf(row.category);
    }
    TableOrigin origin =
        TableOrigin.of(csv.toString(), csv.getFileName().toString(), rules.species.size());
    return new BarrierTable(
        sites,
        hops,
        rules.species,
        environment,
        barrier,
        category,
        categories,
        structure,
        line,
        origin);
  }
}
