package org.latticelift.learn.design;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.design.DesignFile.Design.Candidate;
import org.latticelift.learn.design.Trials.Tried;
import org.latticelift.learn.sde.Quantities;

/**
 * {@code design.h5}: the schedule that was found in the group {@code protocol}, the best straight
 * ramp in {@code ramp}, and all that were tried. Attributes of these groups: {@code end} and {@code
 * end_half_width}, of the best; of the file: {@code observable}, {@code goal}, {@code seed}, {@code
 * gain}, {@code gain_half_width}, {@code parameter_name}.
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
  private static final RecordLayout<Search> LAYOUT = RecordLayout.of(Search.class);

  private DesignFile() {}

  /** A group: straight lines between the knots; proposals in their order. */
  private record Search(
      @Stored(value = "time of the knots", units = "{time}", axes = "knot") double[] knotTime,
      @Stored(value = "condition at the knots", units = "{condition}", axes = "knot")
          double[] knotCondition,
      @Stored(
              value = "condition at the knots of all proposals",
              units = "{condition}",
              axes = {"proposal", "knot"})
          double[][] tried,
      @Stored(value = "mean of the observable at the end", axes = "proposal") double[] triedEnd) {

    List<Tried> proposals() {
      return IntStream.range(0, triedEnd.length)
          .mapToObj(i -> new Tried(tried[i], triedEnd[i]))
          .toList();
    }
  }

  static void write(Hdf5Writer writer, Design design) {
    writer.attribute("/", OBSERVABLE, design.observable());
    writer.attribute("/", GOAL, design.goal().text());
    writer.attribute("/", SEED, design.seed());
    writer.attribute("/", GAIN, design.gain());
    writer.attribute("/", GAIN_WIDTH, design.gainHalfWidth());
    writer.attribute("/", PARAMETER, design.quantities().parameter());
    write(writer, PROTOCOL, design.found(), design.tried(), design.quantities());
    write(writer, RAMP, design.ramp(), design.ramps(), design.quantities());
  }

  private static void write(
      Hdf5Writer writer, String group, Candidate best, List<Tried> all, Quantities quantities) {
    writer.group(group);
    writer.attribute(group, END, best.end());
    writer.attribute(group, END_WIDTH, best.halfWidth());
    Search search =
        new Search(
            best.time(),
            best.value(),
            all.stream().map(Tried::knots).toArray(double[][]::new),
            all.stream().mapToDouble(Tried::end).toArray());
    LAYOUT.write(writer, group, search, quantities.units(), Map.of());
  }

  static Design read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      Search protocol = LAYOUT.read(reader, PROTOCOL, Map.of(), Map.of());
      Search ramp = LAYOUT.read(reader, RAMP, Map.of(), Map.of());
      return new Design(
          new Quantities(
              reader.textAttribute("/", PARAMETER),
              reader.textAttribute(PROTOCOL + "/knot_time", "units")),
          reader.textAttribute("/", OBSERVABLE),
          Goal.fromConfig(ConfigNode.parse(reader.textAttribute("/", GOAL), file.toString())),
          reader.longAttribute("/", SEED),
          candidate(reader, PROTOCOL, protocol),
          candidate(reader, RAMP, ramp),
          reader.doubleAttribute("/", GAIN),
          reader.doubleAttribute("/", GAIN_WIDTH),
          protocol.proposals(),
          ramp.proposals());
    }
  }

  private static Candidate candidate(Hdf5Reader reader, String group, Search search) {
    return new Candidate(
        search.knotTime(),
        search.knotCondition(),
        reader.doubleAttribute(group, END),
        reader.doubleAttribute(group, END_WIDTH));
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
