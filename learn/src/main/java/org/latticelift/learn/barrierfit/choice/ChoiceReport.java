package org.latticelift.learn.barrierfit.choice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.HtmlPage;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.Picture;
import org.latticelift.learn.barrierfit.BarrierForm;
import org.latticelift.learn.barrierfit.linear.BarrierRows;
import org.latticelift.learn.barrierfit.linear.LinearFit.Fitted;
import org.latticelift.learn.barrierfit.linear.LinearFitReport;
import org.latticelift.sim.vacancy.barrier.TableError;

/** What a comparison of barrier models has found: as text, as figures and as a page. */
final class ChoiceReport {
  private static final int MOST_POINTS = 2000;

  private final ModelChoice choice;
  private final BarrierForm form;
  private final Fitted fitted;
  private final Optional<TableError> stated;
  private final String noise;
  private final List<double[]> curve;
  private final Map<String, Optional<TableError>> forms = new LinkedHashMap<>();
  private final Map<String, Optional<TableError>> parts = new LinkedHashMap<>();
  private String fresh = "";

  ChoiceReport(
      ModelChoice choice,
      BarrierForm form,
      Fitted fitted,
      Optional<TableError> stated,
      String noise) {
    this.choice = choice;
    this.form = form;
    this.fitted = fitted;
    this.stated = stated;
    this.noise = noise;
    this.curve = choice.curve(form, fitted);
  }

  void form(BarrierForm of, Optional<TableError> error) {
    forms.put(name(of), error);
  }

  void part(String name, Optional<TableError> error) {
    parts.put(name, error);
  }

  void fresh(String line) {
    fresh = line;
  }

  private static String name(BarrierForm form) {
    return switch (form) {
      case MEAN -> "mean by species";
      case LINEAR -> "linear";
      case NETWORK -> "linear and network";
    };
  }

  private String head() {
    BarrierRows rows = choice.rows();
    return String.format(
        Locale.ROOT,
        "%d barriers of %d structures, crystal %s, species %s%n",
        rows.size(),
        rows.groups(),
        rows.crystal().name(),
        String.join(" ", rows.table().speciesNames()));
  }

  private static String row(String name, Optional<TableError> error) {
    return error
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "%-24s %9d %9.4f %8.4f - %.4f %s%n",
                    name,
                    e.barriers(),
                    e.rmse(),
                    e.low(),
                    e.high(),
                    e.function()
                        .map(
                            value ->
                                String.format(
                                    Locale.ROOT,
                                    "%10.4f %8.4f - %.4f",
                                    value,
                                    e.functionLow().orElse(Double.NaN),
                                    e.functionHigh().orElse(Double.NaN)))
                        .orElse("         -")))
        .orElse(String.format("%-24s %s%n", name, "too few structures"));
  }

  private static String table(Map<String, Optional<TableError>> errors) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%-24s %9s %9s %17s %10s %17s%n",
            "errors, eV", "barriers", "rmse", "95 %", "function", "95 %"));
    errors.forEach((name, error) -> text.append(row(name, error)));
    return text.toString();
  }

  private String kept() {
    String model = form == BarrierForm.MEAN ? "mean by species" : fitted.choice().spec().text();
    return "Kept: "
        + name(form)
        + " ("
        + model
        + String.format(Locale.ROOT, ", ridge %.0e)", fitted.choice().strength())
        + ", the simplest within one standard error of the best.\n"
        + "Its error, the choice repeated without each fold: "
        + stated.map(TableError::toText).orElse("not known")
        + "\n";
  }

  private String use(Path model) {
    String kind = form == BarrierForm.NETWORK ? "network" : "linear";
    return "Use it: barrier: {model: " + kind + ", weights: " + model + "}\n";
  }

  private String expectation() {
    return LinearFitReport.expectation(curve, choice.rows().size());
  }

  private String outliers() {
    return LinearFitReport.outliers(choice.rows(), choice.nested());
  }

  /** Everything but the figures, for a terminal. */
  String text(Path model) {
    return head()
        + "\nOn barriers held out by folds of structures:\n"
        + table(forms)
        + noise
        + "\n\n"
        + kept()
        + "\n"
        + table(parts)
        + "\n"
        + fresh
        + expectation()
        + "\n"
        + ModelChoiceStage.terms(choice, fitted)
        + "\n"
        + outliers()
        + use(model);
  }

  /** Parity, residuals and the learning curve. */
  List<Figure> figures() {
    BarrierRows rows = choice.rows();
    double[] held = choice.nested();
    int step = 1 + rows.size() / MOST_POINTS;
    int[] shown = IntStream.range(0, rows.size()).filter(i -> i % step == 0).toArray();
    double[] table = Arrays.stream(shown).mapToDouble(rows::barrier).toArray();
    double[] predicted = Arrays.stream(shown).mapToDouble(i -> held[i]).toArray();
    double[] training =
        Arrays.stream(shown).mapToDouble(i -> choice.linear().predict(fitted, i)).toArray();
    double[] left = Arrays.stream(shown).mapToDouble(i -> held[i] - rows.barrier(i)).toArray();
    double[] none = new double[shown.length];
    Arrays.fill(none, Double.NaN);
    double low = Arrays.stream(table).min().orElse(0);
    double high = Arrays.stream(table).max().orElse(1);
    double[] ends = {low, high};
    List<Figure> figures = new ArrayList<>();
    figures.add(
        new Figure(
            "parity",
            "Barriers of the model and of the table",
            "Each barrier predicted by a model that was fitted without its structure; behind them the"
                + " linear model fitted to all.",
            Axis.linear("table (eV)"),
            Axis.linear("model (eV)"),
            List.of(
                Layer.points("fitted to", 1, false, table, training, none),
                Layer.points("held out", 0, false, table, predicted, none),
                Layer.dashed("", 2, ends, ends))));
    figures.add(
        new Figure(
            "residuals",
            "What the model leaves",
            "Predictions for held-out structures minus barriers of the table.",
            Axis.linear("table (eV)"),
            Axis.linear("difference (eV)"),
            List.of(
                Layer.points("", 0, false, table, left, none),
                Layer.dashed("", 2, ends, new double[2]))));
    double[] numbers = curve.stream().mapToDouble(point -> point[0]).toArray();
    double[] errors = curve.stream().mapToDouble(point -> point[1]).toArray();
    figures.add(
        new Figure(
            "curve",
            "Learning curve",
            "Root mean square error on held-out structures against the number of barriers fitted to.",
            Axis.linear("barriers"),
            Axis.linear("error (eV)"),
            List.of(Layer.line("", 0, numbers, errors))));
    return figures;
  }

  String page(Path model) {
    HtmlPage page = new HtmlPage("Barrier models of " + choice.rows().table().origin().teacher());
    page.paragraph(head());
    page.heading("Errors on barriers held out");
    page.preformatted(table(forms) + noise + "\n");
    page.paragraph(kept());
    page.preformatted(table(parts));
    page.paragraph(fresh + use(model));
    List<Picture> pictures =
        figures().stream().map(figure -> new Picture(figure.svg(), figure.caption())).toList();
    page.pictures(pictures);
    page.heading("How many barriers");
    page.preformatted(expectation());
    page.heading("Terms of the linear model");
    page.preformatted(ModelChoiceStage.terms(choice, fitted));
    page.heading("Outliers");
    page.preformatted(outliers());
    return page.html();
  }
}
