package org.latticelift.learn.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.learn.evaluate.ResultTable;
import org.latticelift.learn.predict.Hours;

/**
 * {@code map.csv}, a row for each condition and observable, and {@code cooling.csv}, a row for each
 * cooling rate and observable; what is not known is empty.
 */
final class MapTable {
  static final String MAP = "map.csv";
  static final String COOLING = "cooling.csv";
  private static final List<String> SHARES = List.of("10", "50", "90");

  private MapTable() {}

  static String map(OrderMap map) {
    List<List<String>> rows = new ArrayList<>();
    String unit = map.quantities().timeUnit();
    List<String> header =
        new ArrayList<>(
            List.of(
                map.quantities().parameter(),
                "observable",
                "start",
                "stationary",
                "stationary_half_width",
                "equilibrated"));
    for (String share : SHARES) {
      header.add(CsvCell.title("t" + share, unit));
      header.add(CsvCell.title("t" + share + "_half_width", unit));
    }
    if (map.real()) {
      SHARES.forEach(
          share ->
              header.addAll(
                  List.of("real_t" + share + "[s]", "real_t" + share + "_half_width[s]")));
    }
    header.addAll(map.about().keySet());
    rows.add(header);
    for (int i = 0; i < map.condition().length; i++) {
      for (int c = 0; c < map.observables().size(); c++) {
        rows.add(row(map, i, c));
      }
    }
    return CsvWriter.text(rows);
  }

  private static List<String> row(OrderMap map, int i, int c) {
    Passage passage = map.passages().get(i).get(c);
    List<String> row =
        new ArrayList<>(List.of(number(map.condition()[i]), map.observables().get(c)));
    row.add(number(passage.start()));
    row.add(passage.equilibrated() ? number(passage.late()) : "");
    row.add(passage.equilibrated() ? number(passage.lateHalfWidth()) : "");
    row.add(passage.equilibrated() ? "yes" : "no");
    for (int s = 0; s < SHARES.size(); s++) {
      row.add(number(passage.time()[s]));
      row.add(number(passage.halfWidth()[s]));
    }
    if (map.real()) {
      for (int s = 0; s < SHARES.size(); s++) {
        row.add(number(passage.time()[s] * map.ratio()[i]));
        row.add(number(map.realHalfWidth(i, c, s)));
      }
    }
    row.addAll(map.about().values());
    return row;
  }

  static String cooling(OrderMap map) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("rate[" + map.rateUnit() + "]", "observable", "end", "end_half_width", "kept"));
    for (Cooling cooling : map.coolings()) {
      for (int c = 0; c < map.observables().size(); c++) {
        rows.add(
            List.of(
                number(cooling.rate()),
                map.observables().get(c),
                number(cooling.end()[c]),
                number(cooling.halfWidth()[c]),
                number(cooling.kept(c, map.hot(c), map.cold(c)))));
      }
    }
    return CsvWriter.text(rows);
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }

  /**
   * One observable for a terminal.
   *
   * @param real whether cooling rates are real ones
   */
  static List<String> lines(OrderMap map, boolean real) {
    ResultTable table = new ResultTable(header(map).toArray(String[]::new));
    rows(map).forEach(row -> table.row(row.toArray(String[]::new)));
    List<String> lines = new ArrayList<>(table.lines());
    lines.addAll(sentences(map, real));
    return lines;
  }

  static List<String> header(OrderMap map) {
    String unit = map.quantities().timeUnit().equals("1") ? "" : " " + map.quantities().timeUnit();
    List<String> header = new ArrayList<>();
    header.add(map.quantities().parameter());
    header.add(map.observables().get(map.shown()));
    SHARES.forEach(share -> header.add("time to " + share + " %," + unit));
    header.replaceAll(cell -> cell.endsWith(",") ? cell.substring(0, cell.length() - 1) : cell);
    if (map.real()) {
      SHARES.forEach(share -> header.add("real time to " + share + " %"));
    }
    return header;
  }

  static List<List<String>> rows(OrderMap map) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < map.condition().length; i++) {
      Passage passage = map.passages().get(i).get(map.shown());
      List<String> row = new ArrayList<>();
      double value = map.condition()[i];
      boolean whole = value == Math.rint(value);
      row.add(String.format(Locale.ROOT, whole ? "%.0f" : "%.6g", value));
      row.add(
          passage.equilibrated()
              ? withError(passage.late(), passage.lateHalfWidth(), "%.4f")
              : map.notEquilibrated());
      for (int s = 0; s < SHARES.size(); s++) {
        row.add(withError(passage.time()[s], passage.halfWidth()[s], "%.3g"));
      }
      if (map.real()) {
        for (int s = 0; s < SHARES.size(); s++) {
          double seconds = passage.time()[s] * map.ratio()[i];
          row.add(Double.isNaN(seconds) ? "-" : Hours.text(seconds, half(map, i, s)));
        }
      }
      rows.add(row);
    }
    return rows;
  }

  private static double half(OrderMap map, int condition, int share) {
    return map.realHalfWidth(condition, map.shown(), share);
  }

  private static String withError(double value, double halfWidth, String format) {
    if (Double.isNaN(value)) {
      return "-";
    }
    String text = String.format(Locale.ROOT, format, value);
    return Double.isNaN(halfWidth)
        ? text
        : text + " ± " + String.format(Locale.ROOT, format.replace("3", "2"), halfWidth);
  }

  static List<String> sentences(OrderMap map, boolean real) {
    String name = map.observables().get(map.shown());
    double critical = map.critical(map.shown());
    String which = real ? "of real time" : "of simulated time";
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Stationary values of "
            + name
            + " and the times to 10, 50 and 90 % of the way there, with half of their 95 %"
            + " intervals; - where the way is not clear of its noise, or not at its end.");
    boolean late = map.passages().stream().anyMatch(each -> !each.get(map.shown()).equilibrated());
    if (late) {
      sentences.add(
          "Not equilibrated: the mean still changes after so many time units of the model; --set"
              + " relaxations=N makes predictions longer."
              + (map.endsEquilibrated(map.shown())
                  ? ""
                  : " Shares that coolings keep count against what was reached, not against a"
                      + " stationary value."));
    }
    if (map.coolings().isEmpty()) {
      return sentences;
    }
    double[] left = map.kept(map.shown());
    sentences.add(
        Double.isNaN(critical)
            ? String.format(
                Locale.ROOT,
                "No cooling rate from %.3g to %.3g%s keeps just %.0f %% of the hot %s: the slowest keeps"
                    + " %.0f %%. --set kept=SHARE asks for another share.",
                map.coolings().get(left.length - 1).rate(),
                map.coolings().get(0).rate(),
                map.rateSuffix(),
                100 * map.kept(),
                name,
                100 * left[left.length - 1])
            : String.format(
                Locale.ROOT,
                "Critical cooling rate: %.3g%s %s keeps %.0f %% of the difference between the hot"
                    + " and the cold %s; faster coolings keep more.",
                critical,
                map.rateSuffix(),
                which,
                100 * map.kept(),
                name));
    return sentences;
  }
}
