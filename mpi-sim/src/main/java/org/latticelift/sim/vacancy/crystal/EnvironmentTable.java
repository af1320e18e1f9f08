package org.latticelift.sim.vacancy.crystal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.latticelift.io.output.CsvWriter;

/**
 * Where the sites of an environment are and where the hops lead, in the order in which barrier
 * tables and networks hold them: the lab order of {@link EnvironmentGeometry}, which is the
 * canonical order of the reference hop (AL-20, AL-22).
 */
public final class EnvironmentTable {
  private static final List<String> COLUMNS =
      List.of("site", "x_cell", "y_cell", "z_cell", "x_A", "y_A", "z_A", "distance_A", "shell");

  private final Crystal crystal;
  private final int basis;
  private final EnvironmentGeometry geometry;

  /** The environment of a site. */
  public EnvironmentTable(Crystal crystal, int basis) {
    this.crystal = crystal;
    this.basis = basis;
    this.geometry = crystal.environment(basis);
  }

  /** For people: the hops, then all sites. */
  public String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s, cell edge %s Å: %d sites within %s Å of a vacancy, %d hops%n",
            crystal.name(),
            crystal.spec().cell().get(0).get(0),
            geometry.sites(),
            crystal.spec().cutoff(),
            geometry.hops()));
    text.append("A row of a barrier table: species codes in the order of sites (0 a vacancy),\n");
    text.append("then barriers in eV in the order of hops. x, y, z are from the vacancy.\n\n");
    text.append(String.format("%4s %4s%s%n", "hop", "site", heads()));
    for (int d = 0; d < geometry.hops(); d++) {
      text.append(String.format("%4d %4d%s%n", d, geometry.hopTarget(d), cells(target(d))));
    }
    text.append(String.format("%n%4s %4s%s%n", "site", "hop", heads()));
    for (int j = 0; j < geometry.sites(); j++) {
      text.append(String.format("%4d %4s%s%n", j, hopTo(j), cells(j)));
    }
    return text.toString();
  }

  private int target(int d) {
    return geometry.hopTarget(d);
  }

  private static String heads() {
    return String.format(
        "%9s%9s%9s %9s%9s%9s %9s %6s",
        "x/cell", "y/cell", "z/cell", "x/Å", "y/Å", "z/Å", "r/Å", "shell");
  }

  private String cells(int j) {
    double[] cell = crystal.spec().fractional(basis, geometry.offset(j));
    double[] v = vector(j);
    return String.format(
        Locale.ROOT,
        "%9.2f%9.2f%9.2f %9.4f%9.4f%9.4f %9.4f %6d",
        cell[0],
        cell[1],
        cell[2],
        v[0],
        v[1],
        v[2],
        length(v),
        geometry.shellOf(j));
  }

  /**
   * For programs: a row per site; the last column is the hop that leads there, empty without one;
   * comma-separated values with a header.
   */
  public String toCsv() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(with(COLUMNS, "hop"));
    for (int j = 0; j < geometry.sites(); j++) {
      rows.add(row(j));
    }
    return CsvWriter.text(rows);
  }

  private List<String> row(int j) {
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(j));
    for (double part : crystal.spec().fractional(basis, geometry.offset(j))) {
      row.add(String.valueOf(part));
    }
    double[] v = vector(j);
    for (double part : v) {
      row.add(String.format(Locale.ROOT, "%.6f", part));
    }
    row.add(String.format(Locale.ROOT, "%.6f", length(v)));
    row.add(String.valueOf(geometry.shellOf(j)));
    return with(row, hopTo(j));
  }

  private static List<String> with(List<String> cells, String last) {
    List<String> all = new ArrayList<>(cells);
    all.add(last);
    return all;
  }

  private String hopTo(int j) {
    return IntStream.range(0, geometry.hops())
        .filter(d -> geometry.hopTarget(d) == j)
        .mapToObj(String::valueOf)
        .findFirst()
        .orElse("");
  }

  private double[] vector(int j) {
    return crystal.spec().vector(basis, geometry.offset(j));
  }

  private static double length(double[] v) {
    return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
  }
}
