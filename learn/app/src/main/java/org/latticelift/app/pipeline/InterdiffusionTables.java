package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.latticelift.io.output.ResultTable;
import org.latticelift.sim.systems.alloy.AlloyInterdiffusion;
import org.latticelift.sim.systems.alloy.AlloyTransport;
import org.latticelift.sim.vacancy.transport.Coefficients;

/** Interdiffusion in tables for people and for programs, of command {@code diffusion} (EX-61). */
final class InterdiffusionTables {
  private static final String DIFFUSION = "m2/s";

  /** A fit with a larger residual has not found the states that it was fitted to. */
  private static final double BAD_FIT = 3;

  private final ToDoubleFunction<AlloyTransport> crystal;
  private final List<AlloyInterdiffusion> conditions;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A number.
   *
   * @param quantity what it is
   * @param i the species that flows, or the number of an eigenvalue
   * @param j the species whose gradient drives it; empty for an eigenvalue
   */
  private record Row(
      AlloyInterdiffusion of, Quantity quantity, String i, String j, double value, double error) {}

  private enum Quantity {
    /** In the frame in which as many atoms go either way. */
    VOLUME("interdiffusion coefficient in the volume frame", DIFFUSION),
    /** Of that matrix. */
    EIGENVALUE("eigenvalue of interdiffusion", DIFFUSION),
    /** In that of the lattice. */
    LATTICE("intrinsic diffusion coefficient in the lattice frame", DIFFUSION),
    /** Of the composition. */
    FACTOR("thermodynamic factor", "1");

    private final String text;
    private final String unit;

    Quantity(String text, String unit) {
      this.text = text;
      this.unit = unit;
    }

    String word() {
      return this == EIGENVALUE ? "eigenvalue" : this == VOLUME ? "volume" : "lattice";
    }
  }

  /**
   * Computes them.
   *
   * @param crystal what values of the simulation are multiplied by to hold for the crystal, or NaN
   */
  InterdiffusionTables(
      Path run, List<AlloyTransport> conditions, ToDoubleFunction<AlloyTransport> crystal) {
    this.crystal = crystal;
    this.conditions = conditions.stream().map(at -> AlloyInterdiffusion.of(run, at)).toList();
    for (AlloyInterdiffusion one : this.conditions) {
      Coefficients all = one.coefficients();
      add(one, Quantity.VOLUME, all.volume(), all.volumeError());
      for (int k = 0; k < all.eigenvalues().length; k++) {
        double error = all.eigenvaluesError()[k];
        rows.add(new Row(one, Quantity.EIGENVALUE, "" + (k + 1), "", all.eigenvalues()[k], error));
      }
      add(one, Quantity.LATTICE, all.lattice(), all.latticeError());
      add(one, Quantity.FACTOR, one.factors().theta().all(), one.factorErrors());
    }
  }

  private void add(
      AlloyInterdiffusion one, Quantity quantity, double[][] values, double[][] errors) {
    List<String> species = one.species();
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        rows.add(
            new Row(one, quantity, species.get(i), species.get(j), values[i][j], errors[i][j]));
      }
    }
  }

  private double real(Row row) {
    boolean factor = row.quantity() == Quantity.FACTOR;
    return factor ? row.value() : row.value() * crystal.applyAsDouble(row.of().at());
  }

  /** What was found, for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(
        ResultTable.of(rows.stream().filter(row -> row.quantity() != Quantity.FACTOR).toList())
            .text("condition", row -> row.of().at().condition().name())
            .text("interdiffusion", row -> row.quantity().word())
            .text("i", Row::i)
            .text("j", Row::j)
            .number("D_ij (m2/s)", "%.4g", Row::value)
            .number("+-", "%.2g", Row::error)
            .number("of the crystal", "%.4g", this::real)
            .table()
            .known()
            .lines());
    lines.add("");
    lines.addAll(
        ResultTable.of(rows.stream().filter(row -> row.quantity() == Quantity.FACTOR).toList())
            .text("condition", row -> row.of().at().condition().name())
            .text("i", Row::i)
            .text("j", Row::j)
            .number("thermodynamic factor", "%.4f", Row::value)
            .number("+-", "%.4f", Row::error)
            .table()
            .lines());
    lines.add("");
    List<String> species = conditions.get(0).species();
    lines.add(
        "Interdiffusion D_ij: flux of i by a gradient of j, in the frame of the volume or the lattice,"
            + " where "
            + species.get(species.size() - 1)
            + " makes room for j and vacancies are in equilibrium everywhere.");
    lines.add(
        "Thermodynamic factors: d(mu_i - mu_"
            + species.get(species.size() - 1)
            + ")/dx_j over kT of pair energies that do not depend on the composition.");
    for (AlloyInterdiffusion one : conditions) {
      lines.add(one.at().condition().name() + ": " + one.source() + ".");
    }
    add(
        lines,
        conditions.stream().filter(one -> one.misfit() > BAD_FIT).toList(),
        ": the Hamiltonian does not have the pairs of the states; chi2 should be about 1.");
    add(
        lines,
        conditions.stream().filter(one -> !one.factors().onePhase()).toList(),
        ": the alloy has no single phase of this composition, so the numbers mean nothing.");
    return lines;
  }

  private static void add(List<String> lines, List<AlloyInterdiffusion> bad, String what) {
    if (!bad.isEmpty()) {
      lines.add(
          bad.stream().map(one -> one.at().condition().name()).collect(Collectors.joining(", "))
              + what);
    }
  }

  String csv() {
    return ResultTable.of(rows)
        .text("quantity", row -> row.quantity().text)
        .text("condition", row -> row.of().at().condition().name())
        .exact(
            conditions.get(0).at().condition().parameter(),
            row -> row.of().at().condition().value())
        .text("i", Row::i)
        .text("j", Row::j)
        .text("unit", row -> row.quantity().unit)
        .exact("value", Row::value)
        .exact("error", Row::error)
        .text("one_phase", row -> row.of().factors().onePhase() ? "1" : "0")
        .text("equilibrated", row -> row.of().at().equilibrated() ? "1" : "0")
        .exact("vacancies_per_site", row -> row.of().at().concentration())
        .exact("of_the_crystal", this::real)
        .table()
        .csv();
  }
}
