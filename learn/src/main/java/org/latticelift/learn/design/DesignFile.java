package org.latticelift.learn.design;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.learn.design.DesignFile.Design.Candidate;
import org.latticelift.learn.design.Trials.Tried;
import org.latticelift.learn.sde.SdeScaling.Quantities;

/**
 * {@code design.h5}: the schedule that was found, the best straight ramp, and all that were tried.
 *
 * <table>
 *   <caption>In the groups {@code protocol} and {@code ramp}</caption>
 *   <tr><td>{@code knot_time}, {@code knot_condition}</td><td>float64 [knots]; straight lines
 *       between them</td></tr>
 *   <tr><td>{@code tried}</td><td>float64 [tried,knots]: conditions at the knots of all proposals,
 *       in their order</td></tr>
 *   <tr><td>{@code tried_end}</td><td>float64 [tried]: mean of the observable at the end</td></tr>
 * </table>
 *
 * Attributes of these groups: {@code end} and {@code end_half_width}, of the best; of the file:
 * {@code observable}, {@code goal}, {@code seed}, {@code gain}, {@code gain_half_width}, {@code
 * parameter_name}.
 */
public final class DesignFile {
  /** Name in a run directory. */
  public static final String NAME = "design.h5";

  private static final String PROTOCOL = "/protocol";
  private static final String RAMP = "/ramp";
  private static final String OBSERVABLE = "observable";
  private static final String GOAL = "goal";
  private static final String SEED = "seed";
  private static final String GAIN = "gain";
  private static final String GAIN_WIDTH = "gain_half_width";
  private static final String PARAMETER = "parameter_name";
  private static final String END = "end";
  private static final String END_WIDTH = "end_half_width";
  private static final String KNOT_TIME = "/knot_time";
  private static final String KNOT = "/knot_condition";
  private static final String TRIED = "/tried";
  private static final String TRIED_END = "/tried_end";
  private static final String UNITS = "units";

  private DesignFile() {}

  static void write(Path file, Design design, Provenance provenance) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", OBSERVABLE, design.observable());
      writer.attribute("/", GOAL, design.goal().text());
      writer.attribute("/", SEED, design.seed());
      writer.attribute("/", GAIN, design.gain());
      writer.attribute("/", GAIN_WIDTH, design.gainHalfWidth());
      writer.attribute("/", PARAMETER, design.quantities().parameter());
      write(writer, PROTOCOL, design.found(), design.tried(), design.quantities());
      write(writer, RAMP, design.ramp(), design.ramps(), design.quantities());
      provenance.writeTo(writer);
    }
  }

  private static void write(
      Hdf5Writer writer, String group, Candidate best, List<Tried> all, Quantities quantities) {
    int knots = best.time().length;
    writer.group(group);
    writer.attribute(group, END, best.end());
    writer.attribute(group, END_WIDTH, best.halfWidth());
    writer.dataset(
        group + KNOT_TIME,
        best.time(),
        new long[] {knots},
        DatasetInfo.of(quantities.timeUnit(), "time of the knots", "knot"));
    writer.dataset(
        group + KNOT,
        best.value(),
        new long[] {knots},
        DatasetInfo.of(quantities.parameterUnit(), "condition at the knots", "knot"));
    writer.dataset(
        group + TRIED,
        all.stream().flatMapToDouble(tried -> Arrays.stream(tried.knots())).toArray(),
        new long[] {all.size(), knots},
        DatasetInfo.of(
            quantities.parameterUnit(),
            "condition at the knots of all proposals",
            "proposal",
            "knot"));
    writer.dataset(
        group + TRIED_END,
        all.stream().mapToDouble(Tried::end).toArray(),
        new long[] {all.size()},
        DatasetInfo.of("1", "mean of the observable at the end", "proposal"));
  }

  static Design read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      String unit = reader.textAttribute(PROTOCOL + KNOT_TIME, UNITS);
      return new Design(
          new Quantities(reader.textAttribute("/", PARAMETER), unit),
          reader.textAttribute("/", OBSERVABLE),
          Goal.fromConfig(ConfigNode.parse(reader.textAttribute("/", GOAL), file.toString())),
          reader.longAttribute("/", SEED),
          candidate(reader, PROTOCOL),
          candidate(reader, RAMP),
          reader.doubleAttribute("/", GAIN),
          reader.doubleAttribute("/", GAIN_WIDTH),
          tried(reader, PROTOCOL),
          tried(reader, RAMP));
    }
  }

  private static Candidate candidate(Hdf5Reader reader, String group) {
    return new Candidate(
        reader.doubles(group + KNOT_TIME),
        reader.doubles(group + KNOT),
        reader.doubleAttribute(group, END),
        reader.doubleAttribute(group, END_WIDTH));
  }

  private static List<Tried> tried(Hdf5Reader reader, String group) {
    double[] knots = reader.doubles(group + TRIED);
    double[] end = reader.doubles(group + TRIED_END);
    int each = knots.length / end.length;
    List<Tried> tried = new ArrayList<>();
    for (int i = 0; i < end.length; i++) {
      tried.add(new Tried(Arrays.copyOfRange(knots, i * each, (i + 1) * each), end[i]));
    }
    return tried;
  }

  /**
   * What a search has found. The values of both schedules are from noise that no proposal was
   * judged by, so the luck of the best one is not in them.
   *
   * @param quantities names and units of condition and time
   * @param observable whose mean at the end counts
   * @param goal what it was to be
   * @param seed of all noise and proposals
   * @param found the best schedule
   * @param ramp the best straight one
   * @param gain by how much the found one is better
   * @param gainHalfWidth of its 95 % interval over models; NaN where there is none
   * @param tried all schedules in the order in which they were tried
   * @param ramps all straight ones, in that order
   */
  record Design(
      Quantities quantities,
      String observable,
      Goal goal,
      long seed,
      Candidate found,
      Candidate ramp,
      double gain,
      double gainHalfWidth,
      List<Tried> tried,
      List<Tried> ramps) {

    /**
     * A schedule through knots, and what it leads to.
     *
     * @param time of the knots, in the clock of schedules, the first 0, [k]
     * @param value of the condition at the knots, [k]
     * @param end mean of the observable at the end
     * @param halfWidth of its 95 % interval; NaN where there is none
     */
    record Candidate(double[] time, double[] value, double end, double halfWidth) {}
  }
}
