package org.latticelift.learn.design;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.learn.design.DesignFile.Design;
import org.latticelift.learn.design.DesignFile.Design.Candidate;
import org.latticelift.learn.design.Trials.Tried;
import org.latticelift.learn.evaluate.ResultTable;

/** What was found, for a terminal, and {@code tried.csv}, a row for every proposal. */
final class DesignTable {
  static final String HISTORY = "tried.csv";

  private DesignTable() {}

  static String history(Design design) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("search", "proposal", design.observable()));
    for (int k = 0; k < design.found().time().length; k++) {
      header.add(design.quantities().parameter() + (k + 1));
    }
    rows.add(header);
    add(rows, "ramp", design.ramps(), header.size());
    add(rows, "protocol", design.tried(), header.size());
    return CsvWriter.text(rows);
  }

  private static void add(List<List<String>> rows, String search, List<Tried> all, int columns) {
    for (int i = 0; i < all.size(); i++) {
      List<String> row = new ArrayList<>(List.of(search, Integer.toString(i + 1)));
      row.add(Double.toString(all.get(i).end()));
      for (double knot : all.get(i).knots()) {
        row.add(Double.toString(knot));
      }
      while (row.size() < columns) {
        row.add("");
      }
      rows.add(row);
    }
  }

  /** Both schedules and the gain. */
  static List<String> lines(Design design, Path protocol) {
    ResultTable table =
        new ResultTable(
            CsvCell.title("time", design.quantities().timeUnit()),
            design.quantities().parameter(),
            "best ramp");
    Candidate found = design.found();
    for (int k = 0; k < found.time().length; k++) {
      table.row(
          String.format(Locale.ROOT, "%.4g", found.time()[k]),
          String.format(Locale.ROOT, "%.5g", found.value()[k]),
          String.format(Locale.ROOT, "%.5g", ramp(design.ramp(), found.time()[k])));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        String.format(
            Locale.ROOT,
            "Goal: %s at the end. This schedule: %s, the best straight ramp: %s.",
            design.goal().words(design.observable()),
            number(found.end(), found.halfWidth()),
            number(design.ramp().end(), design.ramp().halfWidth())));
    lines.add(gain(design));
    lines.add("latticelift predict MODEL --schedule " + protocol + " follows it.");
    return lines;
  }

  private static String gain(Design design) {
    boolean clear = design.gain() > (known(design) ? design.gainHalfWidth() : 0);
    return "Gain over the best straight ramp: "
        + number(design.gain(), design.gainHalfWidth())
        + (known(design) ? ", 95 % interval over the models" : "; no interval")
        + (clear ? "." : ": not clear of its error, the ramp does as well.");
  }

  private static boolean known(Design design) {
    return Double.isFinite(design.gainHalfWidth());
  }

  private static double ramp(Candidate ramp, double time) {
    double share = time / ramp.time()[1];
    return ramp.value()[0] + share * (ramp.value()[1] - ramp.value()[0]);
  }

  private static String number(double value, double halfWidth) {
    return Double.isFinite(halfWidth)
        ? String.format(Locale.ROOT, "%.4f ± %.4f", value, halfWidth)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
