package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.latticelift.app.pipeline.PipelineConfig.Answers;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Vacancies;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.systems.alloy.AlloyTransport;
import org.latticelift.sim.vacancy.transport.Curve;

/**
 * Coefficients of diffusion of runs whose displacements were measured, command {@code diffusion}
 * (EX-60, EX-62): tables for people and for programs, and figures.
 */
public final class DiffusionResults {
  /** The table for programs, which is always written. */
  public static final String TABLE = "diffusion.csv";

  private static final double EV = 1.602176634e-19;

  private final List<AlloyTransport> conditions;
  private final Optional<Vacancies> vacancies;
  private final List<Value> values = new ArrayList<>();
  private final Optional<InterdiffusionTables> interdiffusion;

  /**
   * A coefficient at a condition.
   *
   * @param quantity what it is
   * @param at where it holds
   * @param first kind of atoms, or vacancy
   * @param second the other kind of L_ij; empty for others
   * @param unit of the value
   * @param curve against the window
   */
  private record Value(
      Quantity quantity, AlloyTransport at, String first, String second, String unit, Curve curve) {
    String window() {
      return curve.chosen() < 0 ? ResultTable.UNKNOWN : number(curve.window()[curve.chosen()]);
    }

    String plateau() {
      return curve.plateau() ? "yes" : "no";
    }
  }

  private enum Quantity {
    /** Of tagged atoms, and of single vacancies. */
    D("tracer diffusion coefficient"),
    /** Of them. */
    F("correlation factor"),
    /** Of two kinds. */
    L("Onsager coefficient in the lattice frame");

    private final String text;

    Quantity(String text) {
      this.text = text;
    }
  }

  /**
   * Reads runs.
   *
   * @param run a folder with {@code trajectory.h5}
   * @param all whether the transient counts, too
   * @param crystal its vacancies, for values at its own concentration, in place of those of the
   *     configuration
   * @param mutual whether interdiffusion is wanted, too
   */
  public DiffusionResults(Path run, boolean all, Optional<Vacancies> crystal, boolean mutual) {
    conditions = AlloyTransport.read(run.resolve(TrajectoryFile.NAME), all);
    vacancies = crystal.or(() -> configured(run.resolve(TrajectoryFile.NAME)));
    vacancies.ifPresent(this::check);
    for (AlloyTransport at : conditions) {
      List<String> kinds = at.kinds();
      for (int kind = 0; kind < kinds.size(); kind++) {
        Curve tracer = at.tracer(kind);
        if (tracer.chosen() >= 0) {
          values.add(new Value(Quantity.D, at, kinds.get(kind), "", "m2/s", tracer));
          values.add(new Value(Quantity.F, at, kinds.get(kind), "", "1", at.correlation(kind)));
        }
      }
      Curve[][] onsager = at.onsager();
      for (int a = 0; a < kinds.size(); a++) {
        for (int b = a; b < kinds.size(); b++) {
          String unit = "1/(J m s)";
          values.add(new Value(Quantity.L, at, kinds.get(a), kinds.get(b), unit, onsager[a][b]));
        }
      }
    }
    if (values.stream().noneMatch(value -> value.curve().chosen() >= 0)) {
      throw LatticeLiftException.badData(
          "too few records to tell windows apart",
          run.resolve(TrajectoryFile.NAME).toString(),
          "several records of a run after its transient, with jumps between them",
          "Set direct.records higher");
    }
    interdiffusion =
        mutual
            ? Optional.of(new InterdiffusionTables(run, conditions, this::crystal))
            : Optional.empty();
  }

  private static Optional<Vacancies> configured(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return ConfigNode.parse(reader.text(Provenance.CONFIGURATION), file.toString())
          .find(Binder.key(Answers::vacancies).path())
          .filter(ConfigNode::isMapping)
          .map(node -> Binder.bind(node, Vacancies.class));
    }
  }

  private void check(Vacancies crystal) {
    if (crystal.mode() == Vacancies.Mode.SINKS) {
      throw LatticeLiftException.badData(
          "vacancies that find sinks, whose number depends on what was before",
          "vacancies.mode",
          "equilibrium or quenched for coefficients of diffusion",
          "Give others (--vacancies)");
    }
    for (AlloyTransport at : conditions) {
      double kelvin = at.condition().value();
      new RealTime(crystal, at.concentration()).check(kelvin, kelvin);
    }
  }

  /** NaN where nothing is known of the crystal. */
  private double crystal(AlloyTransport at) {
    return vacancies.isEmpty() ? Double.NaN : ratio(at);
  }

  private static String number(double value) {
    return ResultTable.number("%.4g", value);
  }

  /** From values of the simulation to those of the crystal; 1 where nothing is known of it. */
  private double ratio(AlloyTransport at) {
    double simulated = at.concentration();
    return vacancies
        .map(each -> 1 / new RealTime(each, simulated).ratio(at.condition().value()))
        .orElse(1.0);
  }

  /** A vacancy goes as fast in a crystal that has fewer of them. */
  private double real(Value value) {
    boolean same =
        value.quantity() == Quantity.F
            || value.quantity() == Quantity.D && value.first().equals(vacancy(value.at()));
    return value.curve().best() * (same ? 1 : ratio(value.at()));
  }

  private static String vacancy(AlloyTransport at) {
    return at.kinds().get(0);
  }

  /** What was found, for people; lines. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!single().rows().isEmpty()) {
      lines.addAll(single().known().lines());
    }
    lines.add("");
    lines.addAll(pairs().known().lines());
    arrhenius()
        .ifPresent(
            table -> {
              lines.add("");
              lines.addAll(table.lines());
            });
    interdiffusion.ifPresent(tables -> lines.addAll(tables.lines()));
    lines.add("");
    new JumpFigures(conditions)
        .table()
        .ifPresent(
            table -> {
              lines.addAll(table.lines());
              lines.add("");
            });
    addNotes(lines);
    return lines;
  }

  private void addNotes(List<String> lines) {
    lines.add(
        "D: tracer diffusion of atoms, and of single vacancies; f: correlation factor; L_ij: 1/(J m"
            + " s), lattice frame. +-: standard errors.");
    AlloyTransport first = conditions.get(0);
    lines.add(
        vacancies
            .map(
                each ->
                    String.format(
                        Locale.ROOT,
                        "Of the crystal: with its own vacancies (%s) in place of the %.3g per site of"
                            + " the simulation.",
                        each.text(),
                        first.concentration()))
            .orElse(
                String.format(
                    Locale.ROOT,
                    "D and L of atoms hold for the %.3g vacancies per site of the simulation; those of"
                        + " a crystal are smaller by the ratio of concentrations (--vacancies).",
                    first.concentration())));
    String moving =
        conditions.stream()
            .filter(at -> !at.equilibrated())
            .map(at -> at.condition().name())
            .collect(Collectors.joining(", "));
    if (!moving.isEmpty()) {
      lines.add(
          "Not equilibrated: "
              + moving
              + ". The order of the runs changes while displacements are measured, so values are those of"
              + " no one order. Longer runs, or annealed states (lattice.start), would mend it.");
    }
    if (values.stream().anyMatch(value -> !value.curve().plateau())) {
      lines.add(
          "plateau no: the value still changes with the window by more than its error, or a change of 5 %"
              + " would not show; longer runs, or longer windows (transport.window), would tell.");
    }
  }

  private ResultTable single() {
    Map<String, Value> factors = new LinkedHashMap<>();
    values.stream()
        .filter(value -> value.quantity() == Quantity.F)
        .forEach(value -> factors.put(value.at().condition().name() + value.first(), value));
    return ResultTable.of(values.stream().filter(v -> v.quantity() == Quantity.D).toList())
        .text("condition", value -> value.at().condition().name())
        .text("kind", Value::first)
        .number("jumps (1/s)", "%.4g", value -> value.at().jumpRate(kind(value)))
        .number("D (m2/s)", "%.4g", value -> value.curve().best())
        .number("+-", "%.2g", value -> value.curve().bestError())
        .number("f", "%.4f", value -> factor(factors, value).curve().best())
        .number("+-", "%.4f", value -> factor(factors, value).curve().bestError())
        .text("window (s)", Value::window)
        .text("plateau", Value::plateau)
        .number("D of the crystal", "%.4g", value -> vacancies.isEmpty() ? Double.NaN : real(value))
        .table();
  }

  private static int kind(Value value) {
    return value.at().kinds().indexOf(value.first());
  }

  private static Value factor(Map<String, Value> factors, Value value) {
    return factors.get(value.at().condition().name() + value.first());
  }

  private ResultTable pairs() {
    return ResultTable.of(values.stream().filter(v -> v.quantity() == Quantity.L).toList())
        .text("condition", value -> value.at().condition().name())
        .text("i", Value::first)
        .text("j", Value::second)
        .number("L_ij", "%.4g", value -> value.curve().best())
        .number("+-", "%.2g", value -> value.curve().bestError())
        .text("window (s)", Value::window)
        .text("plateau", Value::plateau)
        .number("of the crystal", "%.4g", value -> vacancies.isEmpty() ? Double.NaN : real(value))
        .table();
  }

  /** D = D0 exp(-Q/kT) by weighted least squares (EX-62); empty for fewer than two conditions. */
  private Optional<ResultTable> arrhenius() {
    if (conditions.size() < 2) {
      return Optional.empty();
    }
    List<Line> fits = new ArrayList<>();
    for (String kind : conditions.get(0).kinds()) {
      List<Value> points =
          values.stream()
              .filter(v -> v.quantity() == Quantity.D && v.first().equals(kind))
              .filter(v -> real(v) > 0)
              .toList();
      if (points.size() > 1) {
        fits.add(Line.of(kind, points, this::real));
      }
    }
    return fits.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ResultTable.of(fits)
                .text("kind", Line::kind)
                .number("Q (eV)", "%.4f", Line::energy)
                .number("+-", "%.4f", Line::energyError)
                .number("D0 (m2/s)", "%.4g", line -> Math.exp(line.logarithm()))
                .number("+- (factor)", "%.3f", line -> Math.exp(line.logarithmError()))
                .number("chi2 per point", "%.2f", Line::misfit)
                .table());
  }

  /**
   * A fitted line of ln D against 1/kT.
   *
   * @param kind of atoms, or vacancy
   * @param energy Q, eV
   * @param logarithm ln of D0 in m²/s
   * @param misfit chi-squared residual over the points that are too many; NaN for two points
   */
  private record Line(
      String kind,
      double energy,
      double energyError,
      double logarithm,
      double logarithmError,
      double misfit) {
    static Line of(
        String kind, List<Value> points, java.util.function.ToDoubleFunction<Value> value) {
      double s = 0;
      double sx = 0;
      double sy = 0;
      double sxx = 0;
      double sxy = 0;
      double syy = 0;
      for (Value point : points) {
        double x = EV / (AlloyTransport.BOLTZMANN * point.at().condition().value());
        double y = Math.log(value.applyAsDouble(point));
        double relative = point.curve().bestError() / point.curve().best();
        double w = 1 / (relative * relative);
        s += w;
        sx += w * x;
        sy += w * y;
        sxx += w * x * x;
        sxy += w * x * y;
        syy += w * y * y;
      }
      double d = s * sxx - sx * sx;
      double slope = (s * sxy - sx * sy) / d;
      double constant = (sxx * sy - sx * sxy) / d;
      double squares = syy - slope * sxy - constant * sy;
      int free = points.size() - 2;
      double misfit = free > 0 ? squares / free : Double.NaN;
      // Points off the line by more than their errors: it is curved, and Q as sure as it is
      // straight.
      double curved = misfit > 1 ? Math.sqrt(misfit) : 1;
      return new Line(
          kind, -slope, curved * Math.sqrt(s / d), constant, curved * Math.sqrt(sxx / d), misfit);
    }
  }

  /** Writes tables and figures into a folder; the files. */
  public List<Path> write(Path folder, boolean overwrite) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(TABLE, csv());
    texts.put("diffusion-windows.csv", windows());
    interdiffusion.ifPresent(tables -> texts.put("interdiffusion.csv", tables.csv()));
    for (AlloyTransport at : conditions) {
      figure(at).ifPresent(figure -> texts.put(figure.name() + ".svg", figure.svg()));
    }
    new JumpFigures(conditions).texts().forEach(texts::put);
    if (conditions.size() > 1) {
      temperatures().ifPresent(figure -> texts.put(figure.name() + ".svg", figure.svg()));
    }
    List<Path> files = new ArrayList<>();
    texts.keySet().forEach(name -> SingleFile.requireFree(folder.resolve(name), overwrite));
    texts.forEach(
        (name, text) -> {
          Path file = folder.resolve(name);
          SingleFile.writeText(file, overwrite, text);
          files.add(file);
        });
    return files;
  }

  private String csv() {
    return ResultTable.of(values)
        .text("quantity", value -> value.quantity().text)
        .text("condition", value -> value.at().condition().name())
        .exact(conditions.get(0).condition().parameter(), value -> value.at().condition().value())
        .text("i", Value::first)
        .text("j", Value::second)
        .text("unit", Value::unit)
        .exact("value", value -> value.curve().best())
        .exact("error", value -> value.curve().bestError())
        .exact(
            "window_s",
            value ->
                value.curve().chosen() < 0
                    ? Double.NaN
                    : value.curve().window()[value.curve().chosen()])
        .text("plateau", value -> value.curve().plateau() ? "1" : "0")
        .text("equilibrated", value -> value.at().equilibrated() ? "1" : "0")
        .exact("vacancies_per_site", value -> value.at().concentration())
        .exact("of_the_crystal", value -> vacancies.isEmpty() ? Double.NaN : real(value))
        .table()
        .csv();
  }

  private record Point(Value value, int window) {}

  private String windows() {
    List<Point> points = new ArrayList<>();
    for (Value value : values) {
      for (int k = 0; k < value.curve().window().length; k++) {
        points.add(new Point(value, k));
      }
    }
    return ResultTable.of(points)
        .text("quantity", point -> point.value().quantity().text)
        .text("condition", point -> point.value().at().condition().name())
        .text("i", point -> point.value().first())
        .text("j", point -> point.value().second())
        .text("unit", point -> point.value().unit())
        .exact("window_s", point -> point.value().curve().window()[point.window()])
        .exact("value", point -> point.value().curve().value()[point.window()])
        .exact("error", point -> point.value().curve().error()[point.window()])
        .table()
        .csv();
  }

  private Optional<Figure> figure(AlloyTransport at) {
    List<Layer> layers = new ArrayList<>();
    DoubleStream.Builder lowest = DoubleStream.builder();
    for (Value value : values) {
      if (value.quantity() == Quantity.F && value.at() == at) {
        Curve curve = value.curve();
        for (int k = 0; k < curve.value().length; k++) {
          lowest.add(curve.value()[k] - curve.error()[k]);
        }
        int colour = layers.size();
        layers.add(
            Layer.points(
                value.first(), colour, true, curve.window(), curve.value(), curve.error()));
      }
    }
    return layers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "diffusion-windows-" + at.condition().name(),
                "Correlation factors at " + at.condition().name(),
                "Against the time from an origin; bars: standard errors. The reported value is that"
                    + " of the first window on the plateau.",
                Axis.logarithmic("window (s)"),
                Axis.ofValues("correlation factor", lowest.build().toArray()),
                layers));
  }

  private Optional<Figure> temperatures() {
    List<Layer> layers = new ArrayList<>();
    for (String kind : conditions.get(0).kinds()) {
      List<Value> points =
          values.stream()
              .filter(v -> v.quantity() == Quantity.D && v.first().equals(kind))
              .toList();
      if (!points.isEmpty()) {
        double[] x = points.stream().mapToDouble(p -> 1000 / p.at().condition().value()).toArray();
        double[] y = points.stream().mapToDouble(this::real).toArray();
        double[] error =
            points.stream()
                .mapToDouble(p -> real(p) * p.curve().bestError() / p.curve().best())
                .toArray();
        layers.add(Layer.points(kind, layers.size(), true, x, y, error));
      }
    }
    String holds =
        vacancies.isPresent() ? "vacancies of the crystal" : "vacancies of the simulation";
    return layers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "diffusion",
                "Diffusion coefficients",
                "Tracer diffusion of atoms (" + holds + ") and of single vacancies.",
                Axis.linear("1000 / temperature (1/K)"),
                Axis.logarithmic("D (m2/s)"),
                layers));
  }
}
