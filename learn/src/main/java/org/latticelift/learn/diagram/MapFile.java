package org.latticelift.learn.diagram;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.output.CsvWriter.CsvCell;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.learn.diagram.OrderMap.Cooling;
import org.latticelift.learn.diagram.OrderMap.Passage;
import org.latticelift.learn.predict.Hours;
import org.latticelift.learn.sde.SdeScaling.Quantities;

/**
 * {@code map.h5}: a time-temperature-order map.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>{@code condition}</td><td>float64 [conditions]</td></tr>
 *   <tr><td>{@code start}, {@code late}, {@code late_half_width}</td><td>[conditions,m]: first and
 *       last values of the means</td></tr>
 *   <tr><td>{@code equilibrated}</td><td>uint8 [conditions,m]: 1 where the last value is
 *       stationary</td></tr>
 *   <tr><td>{@code passage}, {@code passage_half_width}</td><td>[conditions,m,3]: simulated times
 *       after which 10, 50 and 90 % of the way are made; NaN where that cannot be told</td></tr>
 *   <tr><td>{@code real_time_ratio}</td><td>[conditions]: seconds of a crystal per simulated one,
 *       where its vacancies are given</td></tr>
 *   <tr><td>{@code cooling_rate}</td><td>[rates]</td></tr>
 *   <tr><td>{@code cooled}, {@code cooled_half_width}</td><td>[rates,m]: means after even coolings
 *       from the highest to the lowest condition</td></tr>
 * </table>
 *
 * Attributes of the file: {@code observable_names}, {@code parameter_name}, {@code
 * shown_observable}, {@code kept}, {@code relaxations}.
 */
public final class MapFile {
  /** Name in a run directory. */
  public static final String NAME = "map.h5";

  private static final String NAMES = "observable_names";
  private static final String PARAMETER = "parameter_name";
  private static final String SHOWN = "shown_observable";
  private static final String KEPT = "kept";
  private static final String CONDITION = "/condition";
  private static final String START = "/start";
  private static final String LATE = "/late";
  private static final String LATE_WIDTH = "/late_half_width";
  private static final String EQUILIBRATED = "/equilibrated";
  private static final String RELAXATIONS = "relaxations";
  private static final String PASSAGE = "/passage";
  private static final String PASSAGE_WIDTH = "/passage_half_width";
  private static final String RATIO = "/real_time_ratio";
  private static final String RATE = "/cooling_rate";
  private static final String COOLED = "/cooled";
  private static final String COOLED_WIDTH = "/cooled_half_width";
  private static final String TIME_UNIT = "units";

  private MapFile() {}

  static void write(Path file, OrderMap map, Provenance provenance) {
    int m = map.observables().size();
    int conditions = map.condition().length;
    int shares = Passage.SHARES.length;
    Quantities q = map.quantities();
    double[][] ends = new double[3][conditions * m];
    byte[] equilibrated = new byte[conditions * m];
    double[][] times = new double[2][conditions * m * shares];
    for (int i = 0; i < conditions * m; i++) {
      Passage passage = map.passages().get(i / m).get(i % m);
      ends[0][i] = passage.start();
      ends[1][i] = passage.late();
      ends[2][i] = passage.lateHalfWidth();
      equilibrated[i] = (byte) (passage.equilibrated() ? 1 : 0);
      System.arraycopy(passage.time(), 0, times[0], i * shares, shares);
      System.arraycopy(passage.halfWidth(), 0, times[1], i * shares, shares);
    }
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", NAMES, map.observables().toArray(String[]::new));
      writer.attribute("/", PARAMETER, q.parameter());
      writer.attribute("/", SHOWN, map.observables().get(map.shown()));
      writer.attribute("/", KEPT, map.kept());
      writer.attribute("/", RELAXATIONS, map.relaxations());
      map.about().forEach((name, text) -> writer.attribute("/", name, text));
      writer.dataset(
          CONDITION,
          map.condition(),
          new long[] {conditions},
          DatasetInfo.of(q.parameterUnit(), q.parameter(), "condition"));
      long[] byObservable = {conditions, m};
      String[] axes = {"condition", "observable"};
      writer.dataset(START, ends[0], byObservable, DatasetInfo.of("1", "first mean", axes));
      writer.dataset(LATE, ends[1], byObservable, DatasetInfo.of("1", "last mean", axes));
      writer.dataset(
          EQUILIBRATED,
          equilibrated,
          byObservable,
          DatasetInfo.of("1", "1 where that is stationary", axes).asUnsigned());
      writer.dataset(
          LATE_WIDTH,
          ends[2],
          byObservable,
          DatasetInfo.of("1", "half of the 95 % interval of the last mean", axes));
      long[] byShare = {conditions, m, shares};
      String[] shareAxes = {"condition", "observable", "share"};
      writer.dataset(
          PASSAGE,
          times[0],
          byShare,
          DatasetInfo.of(q.timeUnit(), "time after 10, 50 and 90 % of the way", shareAxes));
      writer.dataset(
          PASSAGE_WIDTH,
          times[1],
          byShare,
          DatasetInfo.of(q.timeUnit(), "half of the 95 % interval of that time", shareAxes));
      if (map.real()) {
        writer.dataset(
            RATIO,
            map.ratio(),
            new long[] {conditions},
            DatasetInfo.of("1", "seconds of a crystal per simulated one", "condition"));
      }
      coolings(writer, map, m);
      provenance.writeTo(writer);
    }
  }

  private static void coolings(Hdf5Writer writer, OrderMap map, int m) {
    int count = map.coolings().size();
    double[] rate = new double[count];
    double[][] cooled = new double[2][count * m];
    for (int i = 0; i < count; i++) {
      rate[i] = map.coolings().get(i).rate();
      System.arraycopy(map.coolings().get(i).end(), 0, cooled[0], i * m, m);
      System.arraycopy(map.coolings().get(i).halfWidth(), 0, cooled[1], i * m, m);
    }
    writer.dataset(
        RATE, rate, new long[] {count}, DatasetInfo.of(map.rateUnit(), "cooling rate", "rate"));
    long[] dims = {count, m};
    String[] axes = {"rate", "observable"};
    writer.dataset(COOLED, cooled[0], dims, DatasetInfo.of("1", "mean after cooling", axes));
    writer.dataset(
        COOLED_WIDTH,
        cooled[1],
        dims,
        DatasetInfo.of("1", "half of the 95 % interval of that mean", axes));
  }

  static OrderMap read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      List<String> observables = reader.textListAttribute("/", NAMES);
      int m = observables.size();
      double[] condition = reader.doubles(CONDITION);
      double[] start = reader.doubles(START);
      double[] late = reader.doubles(LATE);
      double[] width = reader.doubles(LATE_WIDTH);
      byte[] equilibrated = new byte[start.length];
      if (reader.exists(EQUILIBRATED)) {
        equilibrated = reader.bytes(EQUILIBRATED, 0, start.length);
      }
      double[] time = reader.doubles(PASSAGE);
      double[] timeWidth = reader.doubles(PASSAGE_WIDTH);
      List<List<Passage>> passages = new ArrayList<>();
      for (int i = 0; i < condition.length; i++) {
        List<Passage> all = new ArrayList<>();
        for (int at = i * m; at < (i + 1) * m; at++) {
          all.add(
              new Passage(
                  start[at],
                  late[at],
                  width[at],
                  part(time, at, Passage.SHARES.length),
                  part(timeWidth, at, Passage.SHARES.length),
                  equilibrated[at] == 1));
        }
        passages.add(all);
      }
      double[] rate = reader.doubles(RATE);
      double[] cooled = reader.doubles(COOLED);
      double[] cooledWidth = reader.doubles(COOLED_WIDTH);
      List<Cooling> coolings = new ArrayList<>();
      for (int i = 0; i < rate.length; i++) {
        coolings.add(new Cooling(rate[i], part(cooled, i, m), part(cooledWidth, i, m)));
      }
      return new OrderMap(
          new Quantities(
              reader.textAttribute("/", PARAMETER), reader.textAttribute(PASSAGE, TIME_UNIT)),
          observables,
          observables.indexOf(reader.textAttribute("/", SHOWN)),
          condition,
          reader.exists(RATIO) ? reader.doubles(RATIO) : new double[0],
          passages,
          coolings,
          reader.doubleAttribute("/", KEPT),
          reader.findAttribute("/", RELAXATIONS).isPresent()
              ? reader.doubleAttribute("/", RELAXATIONS)
              : Double.NaN,
          about(reader));
    }
  }

  private static Map<String, String> about(Hdf5Reader reader) {
    Map<String, String> about = new LinkedHashMap<>();
    for (String name : List.of("model", "composition", "vacancies")) {
      reader.findAttribute("/", name).ifPresent(text -> about.put(name, text.toString()));
    }
    return about;
  }

  private static double[] part(double[] all, int index, int length) {
    return java.util.Arrays.copyOfRange(all, index * length, (index + 1) * length);
  }

  /**
   * {@code map.csv}, a row for each condition and observable, and {@code cooling.csv}, a row for
   * each cooling rate and observable; what is not known is empty.
   */
  static final class MapTable {
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

    /** One observable for a terminal. */
    static List<String> lines(OrderMap map, boolean real) {
      ResultTable table = new ResultTable(header(map).toArray(String[]::new));
      rows(map).forEach(row -> table.row(row.toArray(String[]::new)));
      List<String> lines = new ArrayList<>(table.lines());
      lines.addAll(sentences(map, real));
      return lines;
    }

    static List<String> header(OrderMap map) {
      String unit =
          map.quantities().timeUnit().equals("1") ? "" : " " + map.quantities().timeUnit();
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
      boolean late =
          map.passages().stream().anyMatch(each -> !each.get(map.shown()).equilibrated());
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
}
