package org.latticelift.learn.diagram;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.learn.sde.Quantities;

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
}
