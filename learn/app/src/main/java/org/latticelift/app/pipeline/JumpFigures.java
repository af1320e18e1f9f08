package org.latticelift.app.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.ResultTable;
import org.latticelift.sim.systems.alloy.AlloyTransport;
import org.latticelift.sim.vacancy.transport.JumpStatistics;
import org.latticelift.sim.vacancy.transport.JumpStatistics.Found;

/** What vacancies met and did, by condition: a table, numbers and figures. */
final class JumpFigures {
  private final List<At> all = new ArrayList<>();

  private record At(AlloyTransport at, Found found) {
    String name() {
      return at.condition().name();
    }

    List<String> species() {
      return at.kinds().subList(1, at.kinds().size());
    }
  }

  private record Line(At of, int species) {}

  /** Of conditions, of which those without statistics are left out. */
  JumpFigures(List<AlloyTransport> conditions) {
    for (AlloyTransport at : conditions) {
      at.series().statistics().ifPresent(found -> all.add(new At(at, found)));
    }
  }

  /** For people; empty without statistics. */
  Optional<ResultTable> table() {
    List<Line> lines = new ArrayList<>();
    for (At at : all) {
      for (int s = 0; s < at.species().size(); s++) {
        lines.add(new Line(at, s));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ResultTable.of(lines)
            .text("condition", line -> line.of().name())
            .text("species", line -> line.of().species().get(line.species()))
            .number("met (eV)", "%.3f", line -> Found.mean(line.of().found().met()[line.species()]))
            .number(
                "taken (eV)", "%.3f", line -> Found.mean(line.of().found().taken()[line.species()]))
            .number("of all jumps", "%.3f", JumpFigures::part)
            .number("median stay (s)", "%.3g", line -> Found.median(line.of().found().visits()))
            .number("half the time in (s)", "%.3g", line -> Found.median(line.of().found().time()))
            .number("jumps of 1 % of sites", "%.3f", line -> share(line.of().found(), 0.01))
            .table());
  }

  private static double part(Line line) {
    return Arrays.stream(line.of().found().taken()[line.species()]).sum();
  }

  private static double share(Found found, double sites) {
    return found.shares()[JumpStatistics.SHARES.indexOf(sites)];
  }

  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    if (all.isEmpty()) {
      return texts;
    }
    texts.put("diffusion-jumps.csv", csv());
    for (At at : all) {
      put(texts, barriers(at));
      put(texts, stays(at));
    }
    put(texts, sites());
    return texts;
  }

  private static void put(Map<String, String> texts, Figure figure) {
    texts.put(figure.name() + ".svg", figure.svg());
  }

  private record Number(At of, String quantity, String species, double at, double part) {}

  private String csv() {
    List<Number> numbers = new ArrayList<>();
    for (At at : all) {
      Found found = at.found();
      for (int s = 0; s < at.species().size(); s++) {
        for (int bin = 0; bin < JumpStatistics.BARRIERS; bin++) {
          double barrier = Found.barrier(bin);
          String name = at.species().get(s);
          numbers.add(new Number(at, "barrier met (eV)", name, barrier, found.met()[s][bin]));
          numbers.add(new Number(at, "barrier taken (eV)", name, barrier, found.taken()[s][bin]));
        }
      }
      for (int bin = 0; bin < JumpStatistics.TIMES; bin++) {
        double seconds = Found.seconds(bin);
        numbers.add(new Number(at, "residence of visits (s)", "", seconds, found.visits()[bin]));
        numbers.add(new Number(at, "residence of time (s)", "", seconds, found.time()[bin]));
      }
      for (int k = 0; k < JumpStatistics.SHARES.size(); k++) {
        double sites = JumpStatistics.SHARES.get(k);
        numbers.add(new Number(at, "jumps of a share of sites", "", sites, found.shares()[k]));
      }
    }
    return ResultTable.of(numbers.stream().filter(number -> number.part() > 0).toList())
        .text("condition", number -> number.of().name())
        .text("quantity", Number::quantity)
        .text("species", Number::species)
        .exact("at", Number::at)
        .exact("part", Number::part)
        .table()
        .csv();
  }

  private static Figure barriers(At at) {
    double[] x = new double[JumpStatistics.BARRIERS];
    Arrays.setAll(x, Found::barrier);
    int from = 0;
    int to = x.length;
    while (from < to - 1 && empty(at.found().met(), from)) {
      from++;
    }
    while (to > from + 1 && empty(at.found().met(), to - 1)) {
      to--;
    }
    double[] shown = Arrays.copyOfRange(x, from, to);
    List<Layer> layers = new ArrayList<>();
    for (int s = 0; s < at.species().size(); s++) {
      String name = at.species().get(s);
      double[] taken = Arrays.copyOfRange(at.found().taken()[s], from, to);
      double[] met = Arrays.copyOfRange(at.found().met()[s], from, to);
      layers.add(Layer.line(name + " taken", s, shown, taken));
      layers.add(Layer.dashed(name + " met", s, shown, met));
    }
    return new Figure(
        "diffusion-barriers-" + at.name(),
        "Barriers at " + at.name(),
        "Of the ways out of visited states (met) and of the jumps made (taken), in bins of 0.05 eV.",
        Axis.linear("barrier (eV)"),
        Axis.linear("part"),
        layers);
  }

  private static boolean empty(double[][] parts, int bin) {
    return Arrays.stream(parts).allMatch(species -> species[bin] == 0);
  }

  private static Figure stays(At at) {
    double[] x = new double[JumpStatistics.TIMES];
    Arrays.setAll(x, Found::seconds);
    double[][] both = {at.found().visits(), at.found().time()};
    int from = 0;
    int to = x.length;
    while (from < to - 1 && empty(both, from)) {
      from++;
    }
    while (to > from + 1 && empty(both, to - 1)) {
      to--;
    }
    double[] shown = Arrays.copyOfRange(x, from, to);
    return new Figure(
        "diffusion-residence-" + at.name(),
        "Residence times at " + at.name(),
        "Mean time of a vacancy in a state: of the states visited, and of the time spent; five bins"
            + " a decade.",
        Axis.logarithmic("residence time (s)"),
        Axis.linear("part"),
        List.of(
            Layer.line("visits", 0, shown, Arrays.copyOfRange(both[0], from, to)),
            Layer.line("time", 1, shown, Arrays.copyOfRange(both[1], from, to))));
  }

  private Figure sites() {
    double[] x = JumpStatistics.SHARES.stream().mapToDouble(share -> share).toArray();
    List<Layer> layers = new ArrayList<>();
    for (At at : all) {
      double[] none = new double[x.length];
      Arrays.fill(none, Double.NaN);
      layers.add(Layer.points(at.name(), layers.size(), true, x, at.found().shares(), none));
    }
    return new Figure(
        "diffusion-sites",
        "How few sites have most jumps",
        "Jumps from the sites with most of them, over the whole of a run; mean over runs.",
        Axis.logarithmic("share of the sites"),
        Axis.linear("share of the jumps"),
        layers);
  }
}
