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
import org.latticelift.learn.barrierfit.BarrierTable.TableOrigin;
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
 *   <tr><td>{@code category}</td><td>optional: errors are then stated by category</td></tr>
 * </table>
 */
public final class StructureTable {
  private static final String STRUCTURE = "structure";
  private static final String ATOM = "atom";
  private static final String BARRIER = "barrier_eV";
  private static final String CATEGORY = "category";

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

  /** Atoms on their sites. */
  private record Placed(AtomSites sites, byte[] codes, long[] siteOfAtom) {}

  /** An environment and the barriers of its hops. */
  private record Row(byte[] environment, float[] barrier, String category) {}

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
    EnvironmentGeometry geometry = geometry(vacancy);
    Row row =
        rows.computeIfAbsent(
            name + "\0" + vacancy, key -> row(placed, vacancy, hop.getOrDefault(CATEGORY, "all")));
    for (int d = 0; d < geometry.hops(); d++) {
      if (site(placed, vacancy, geometry, geometry.hopTarget(d)) == target) {
        if (!Float.isNaN(row.barrier[d])) {
          throw bad("a second barrier of atom " + atom + " of " + name, where, "one for each hop");
        }
        double barrier = number(hop, BARRIER, where);
        if (!BarrierTable.possible(barrier)) {
          throw bad("a barrier of " + barrier + " eV", where, BarrierTable.RANGE);
        }
        row.barrier[d] = (float) barrier;
        return;
      }
    }
    throw new IllegalStateException("the vacancy was found through this hop");
  }

  private Row row(Placed placed, long vacancy, String category) {
    EnvironmentGeometry geometry = geometry(vacancy);
    byte[] environment = new byte[geometry.sites()];
    for (int j = 0; j < environment.length; j++) {
      environment[j] = placed.codes[(int) site(placed, vacancy, geometry, j)];
    }
    float[] barrier = new float[geometry.hops()];
    Arrays.fill(barrier, Float.NaN);
    return new Row(environment, barrier, category);
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
    return new Placed(sites, codes, siteOfAtom);
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
    List<String> categories = new ArrayList<>();
    int e = 0;
    for (Row row : rows.values()) {
      System.arraycopy(row.environment, 0, environment, e * sites, sites);
      System.arraycopy(row.barrier, 0, barrier, e * hops, hops);
      if (!categories.contains(row.category)) {
        categories.add(row.category);
      }
      category[e++] = categories.indexOf(row.category);
    }
    TableOrigin origin =
        TableOrigin.of(csv.toString(), csv.getFileName().toString(), rules.species.size());
    return new BarrierTable(
        sites, hops, rules.species, environment, barrier, category, categories, origin);
  }
}
