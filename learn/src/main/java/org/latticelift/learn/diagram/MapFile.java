package org.latticelift.learn.diagram;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.predict.Hours;
import org.latticelift.learn.sde.Quantities;

/**
 * {@code map.h5}: a time-temperature-order map. Attributes of the file: {@code observable_names},
 * {@code parameter_name}, {@code shown_observable}, {@code kept}, {@code relaxations}.
 */
public final class MapFile {
  /** Name in a run directory. */
  public static final String NAME = "map.h5";

  private static final String NAMES = "observable_names";
  private static final String PARAMETER = "parameter_name";
  private static final String SHOWN = "shown_observable";
  private static final String KEPT = "kept";
  private static final String RELAXATIONS = "relaxations";
  private static final RecordLayout<Content> LAYOUT = RecordLayout.of(Content.class);

  private MapFile() {}

  /**
   * What the file holds.
   *
   * @param passage simulated times after which 10, 50 and 90 % of the way are made; NaN where that
   *     cannot be told
   * @param realTimeRatio where the vacancies of the crystal are given
   */
  private record Content(
      @Stored(value = "{parameter}", units = "{condition}", axes = "condition") double[] condition,
      @Stored(
              value = "first mean",
              axes = {"condition", "observable"})
          double[] start,
      @Stored(
              value = "last mean",
              axes = {"condition", "observable"})
          double[] late,
      @Stored(
              value = "1 where that is stationary",
              axes = {"condition", "observable"},
              optional = true)
          byte[] equilibrated,
      @Stored(
              value = "half of the 95 % interval of the last mean",
              axes = {"condition", "observable"})
          double[] lateHalfWidth,
      @Stored(
              value = "time after 10, 50 and 90 % of the way",
              units = "{time}",
              axes = {"condition", "observable", "share"})
          double[] passage,
      @Stored(
              value = "half of the 95 % interval of that time",
              units = "{time}",
              axes = {"condition", "observable", "share"})
          double[] passageHalfWidth,
      @Stored(value = "seconds of a crystal per simulated one", axes = "condition", optional = true)
          double[] realTimeRatio,
      Cooled coolings) {

    /** Means after even coolings from the highest to the lowest condition. */
    private record Cooled(
        @Stored(value = "cooling rate", units = "{rate}", axes = "rate") double[] coolingRate,
        @Stored(
                value = "mean after cooling",
                axes = {"rate", "observable"})
            double[] cooled,
        @Stored(
                value = "half of the 95 % interval of that mean",
                axes = {"rate", "observable"})
            double[] cooledHalfWidth) {}

    static Content of(OrderMap map) {
      int m = map.observables().size();
      int all = map.condition().length * m;
      List<Passage> passages = map.passages().stream().flatMap(List::stream).toList();
      byte[] equilibrated = new byte[all];
      for (int i = 0; i < all; i++) {
        equilibrated[i] = (byte) (passages.get(i).equilibrated() ? 1 : 0);
      }
      return new Content(
          map.condition(),
          passages.stream().mapToDouble(Passage::start).toArray(),
          passages.stream().mapToDouble(Passage::late).toArray(),
          equilibrated,
          passages.stream().mapToDouble(Passage::lateHalfWidth).toArray(),
          joined(passages, Passage::time),
          joined(passages, Passage::halfWidth),
          map.ratio(),
          new Cooled(
              map.coolings().stream().mapToDouble(Cooling::rate).toArray(),
              joined(map.coolings(), Cooling::end),
              joined(map.coolings(), Cooling::halfWidth)));
    }

    private static <T> double[] joined(List<T> all, Function<T, double[]> of) {
      return all.stream().map(of).flatMapToDouble(Arrays::stream).toArray();
    }

    List<List<Passage>> passages(int m) {
      int shares = Passage.SHARES.length;
      List<List<Passage>> passages = new ArrayList<>();
      for (int i = 0; i < condition.length; i++) {
        List<Passage> all = new ArrayList<>();
        for (int at = i * m; at < (i + 1) * m; at++) {
          all.add(
              new Passage(
                  start[at],
                  late[at],
                  lateHalfWidth[at],
                  part(passage, at, shares),
                  part(passageHalfWidth, at, shares),
                  equilibrated.length > 0 && equilibrated[at] == 1));
        }
        passages.add(all);
      }
      return passages;
    }

    List<Cooling> coolings(int m) {
      Cooled all = coolings;
      return IntStream.range(0, all.coolingRate().length)
          .mapToObj(
              i ->
                  new Cooling(
                      all.coolingRate()[i],
                      part(all.cooled(), i, m),
                      part(all.cooledHalfWidth(), i, m)))
          .toList();
    }

    private static double[] part(double[] all, int index, int length) {
      return Arrays.copyOfRange(all, index * length, (index + 1) * length);
    }
  }

  static void write(Hdf5Writer writer, OrderMap map) {
    Map<String, String> units = new HashMap<>(map.quantities().units());
    units.put("rate", map.rateUnit());
    writer.attribute("/", NAMES, map.observables().toArray(String[]::new));
    writer.attribute("/", PARAMETER, map.quantities().parameter());
    writer.attribute("/", SHOWN, map.observables().get(map.shown()));
    writer.attribute("/", KEPT, map.kept());
    writer.attribute("/", RELAXATIONS, map.relaxations());
    map.about().forEach((name, text) -> writer.attribute("/", name, text));
    LAYOUT.write(writer, "", Content.of(map), units, Map.of());
  }

  static OrderMap read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      List<String> observables = reader.textListAttribute("/", NAMES);
      int m = observables.size();
      Content stored = LAYOUT.read(reader, "", Map.of(), Map.of());
      return new OrderMap(
          new Quantities(
              reader.textAttribute("/", PARAMETER), reader.textAttribute("/passage", "units")),
          observables,
          observables.indexOf(reader.textAttribute("/", SHOWN)),
          stored.condition(),
          stored.realTimeRatio(),
          stored.passages(m),
          stored.coolings(m),
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

  /**
   * {@code map.csv}, a row for each condition and observable, and {@code cooling.csv}, a row for
   * each cooling rate and observable; what is not known is empty.
   */
  static final class MapTable {
    static final String MAP = "map.csv";
    static final String COOLING = "cooling.csv";
    private static final List<String> SHARES = List.of("10", "50", "90");

    private MapTable() {}

    private record Place(int condition, int observable, Passage passage) {}

    static String map(OrderMap map) {
      int m = map.observables().size();
      List<Place> places =
          IntStream.range(0, map.condition().length * m)
              .mapToObj(i -> new Place(i / m, i % m, map.passages().get(i / m).get(i % m)))
              .toList();
      ResultTable.Columns<Place> table =
          ResultTable.of(places)
              .text(map.quantities().parameter(), at -> number(map.condition()[at.condition()]))
              .text("observable", at -> map.observables().get(at.observable()))
              .text("start", at -> number(at.passage().start()))
              .text("stationary", at -> late(at.passage(), Passage::late))
              .text("stationary_half_width", at -> late(at.passage(), Passage::lateHalfWidth))
              .text("equilibrated", at -> at.passage().equilibrated() ? "yes" : "no");
      for (int s = 0; s < SHARES.size(); s++) {
        int share = s;
        String name = "t" + SHARES.get(s);
        String unit = map.quantities().timeUnit();
        table
            .text(CsvCell.title(name, unit), at -> number(at.passage().time()[share]))
            .text(
                CsvCell.title(name + "_half_width", unit),
                at -> number(at.passage().halfWidth()[share]));
      }
      for (int s = 0; map.real() && s < SHARES.size(); s++) {
        int share = s;
        String name = "real_t" + SHARES.get(s);
        table
            .text(
                name + "[s]",
                at -> number(at.passage().time()[share] * map.ratio()[at.condition()]))
            .text(
                name + "_half_width[s]",
                at -> number(map.realHalfWidth(at.condition(), at.observable(), share)));
      }
      map.about().forEach((name, text) -> table.text(name, at -> text));
      return table.table().csv();
    }

    private static String late(Passage passage, ToDoubleFunction<Passage> value) {
      return passage.equilibrated() ? number(value.applyAsDouble(passage)) : "";
    }

    static String cooling(OrderMap map) {
      ResultTable table =
          new ResultTable(
              "rate[" + map.rateUnit() + "]", "observable", "end", "end_half_width", "kept");
      for (Cooling cooling : map.coolings()) {
        for (int c = 0; c < map.observables().size(); c++) {
          table.row(
              number(cooling.rate()),
              map.observables().get(c),
              number(cooling.end()[c]),
              number(cooling.halfWidth()[c]),
              number(cooling.kept(c, map.hot(c), map.cold(c))));
        }
      }
      return table.csv();
    }

    private static String number(double value) {
      return Double.isFinite(value) ? Double.toString(value) : "";
    }

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
              + " and the times to 10, 50 and 90 % of the path there, with half of their 95 %"
              + " intervals; - where the path is not clear of its noise, or not at its end.");
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
