package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.sim.simulate.RunRecords;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SystemOptions.Measured;
import org.latticelift.sim.systems.alloy.ShapeSimulator.AlloyModel;
import org.latticelift.sim.vacancy.transport.Curve;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;
import org.latticelift.sim.vacancy.transport.TransportSeries;

/**
 * Coefficients of diffusion of an alloy at one condition, in SI units, from the displacements in
 * {@code trajectory.h5} (EX-60). Kinds are the vacancies, 0, and the species from 1 on. Values hold
 * for the vacancy concentration that was simulated.
 *
 * @param condition the temperature
 * @param kinds names: vacancy, and the species
 * @param volume of the lattice, m³
 * @param hop length of a jump, m
 * @param series displacements in m
 * @param events jumps of all vacancies, counted also where they are resolved at once
 * @param everyJump whether jumps can be told apart by species
 * @param equilibrated whether the order of the runs no longer changes
 */
public record AlloyTransport(
    Condition condition,
    List<String> kinds,
    double volume,
    double hop,
    TransportSeries series,
    double events,
    boolean everyJump,
    boolean equilibrated) {
  /** Boltzmann's constant, J/K. */
  public static final double BOLTZMANN = 1.380649e-23;

  private static final String DATASET = "displacements";
  private static final String KINDS = "transport_kinds";
  private static final String JUMPS = "transport_jumps";
  private static final String RESOLVED = "resolved";
  private static final String COUNTS = "transport_sites";
  private static final String LAYOUT = "transport_windows_statistics";
  private static final String STATISTICS = "statistics";
  private static final String NONE = "none";
  private static final String LENGTHS = "transport_volume_m3_hop_m_unit_m";
  private static final double ANGSTROM = 1e-10;

  /** What records have beside observables, and what is needed to read it. */
  static Measured measured(Columns layout, AlloyLattices lattices, AlloyModel model) {
    double own = lattices.crystal().spec().cell().get(0).get(0);
    double unit = ANGSTROM * lattices.constant().orElse(own) / own;
    double cell = Math.pow(own * unit, 3);
    long sites = lattices.largeSites();
    List<String> kinds = new ArrayList<>(List.of("vacancy"));
    kinds.addAll(lattices.config().species());
    String jumps = model.kinetics().resolvesFlicker() && !model.atoms() ? RESOLVED : "one by one";
    return new Measured(
        DATASET,
        layout.columns(),
        layout.siteBytes(sites),
        layout.lengths() == 0 ? "" : layout.origins(sites) + " origins for each window of atoms",
        DatasetInfo.of(
            "1",
            "displacements of species in lattice units, jumps, products over windows, squares of"
                + " followed atoms",
            "record",
            "column"),
        Map.of(
            JUMPS,
            List.of(jumps),
            KINDS,
            kinds,
            COUNTS,
            Arrays.stream(lattices.counts(sites)).mapToObj(Long::toString).toList(),
            LAYOUT,
            List.of(Integer.toString(layout.lengths()), layout.statistics() ? STATISTICS : NONE),
            LENGTHS,
            List.of(
                Double.toString(cell * sites / lattices.crystal().basisCount()),
                Double.toString(lattices.crystal().spec().hopLength() * unit),
                Double.toString(unit))));
  }

  /**
   * All conditions of a file ({@code file}: of runs with section {@code transport}; {@code all}:
   * whether records of the transient count, too, as where the order of the start is of interest).
   */
  public static List<AlloyTransport> read(Path file, boolean all) {
    try (TrajectoryFile runs = TrajectoryFile.open(file)) {
      List<String> kinds = runs.legend(KINDS);
      if (kinds.isEmpty()) {
        throw LatticeLiftException.badData(
            "runs whose displacements were not measured",
            file.toString(),
            "runs of an alloy with section 'transport', such as transport: {follow: atoms}",
            "Add it to the configuration, and run 'kmc' again");
      }
      long[] counts = runs.legend(COUNTS).stream().mapToLong(Long::parseLong).toArray();
      List<String> numbers = runs.legend(LAYOUT);
      Columns layout =
          new Columns(
              kinds.size() - 1,
              Integer.parseInt(numbers.get(0)),
              numbers.get(1).equals(STATISTICS));
      double[] lengths = runs.legend(LENGTHS).stream().mapToDouble(Double::parseDouble).toArray();
      Measured what =
          new Measured(DATASET, layout.columns(), 0, "", DatasetInfo.of("1", DATASET), Map.of());
      boolean everyJump = !runs.legend(JUMPS).equals(List.of(RESOLVED));
      return runs.conditions().stream()
          .map(
              condition ->
                  new AlloyTransport(
                      condition,
                      kinds,
                      lengths[0],
                      lengths[1],
                      series(runs, condition, what, layout, counts, all).scaled(lengths[2]),
                      events(runs, condition, all),
                      everyJump,
                      late(runs, condition).relaxed()))
          .toList();
    }
  }

  private static double events(TrajectoryFile file, Condition condition, boolean all) {
    int from = all ? 0 : late(file, condition).dropped();
    return file.runs(condition).stream()
        .mapToDouble(run -> run.jumps()[run.jumps().length - 1] - run.jumps()[from])
        .sum();
  }

  /** The order that the runs have, without the transient. */
  private static LateAverages late(TrajectoryFile file, Condition condition) {
    List<RunRecords> runs = file.runs(condition);
    int observables = file.observables().size();
    return LateAverages.of(
        IntStream.range(0, observables)
            .mapToObj(c -> runs.stream().map(run -> column(run, c, observables)).toList())
            .toList());
  }

  private static double[] column(RunRecords run, int component, int observables) {
    return IntStream.range(0, run.time().length)
        .mapToDouble(record -> run.observables()[record * observables + component])
        .toArray();
  }

  private static TransportSeries series(
      TrajectoryFile file,
      Condition condition,
      Measured what,
      Columns layout,
      long[] counts,
      boolean all) {
    int from = all ? 0 : late(file, condition).dropped();
    List<RunRecords> runs = file.runs(condition);
    List<double[]> columns = file.measured(condition, what);
    return new TransportSeries(
        layout,
        counts,
        IntStream.range(0, runs.size())
            .mapToObj(run -> new TransportSeries.Run(runs.get(run).time(), columns.get(run), from))
            .toList());
  }

  /** Vacancies per site of the simulation. */
  public double concentration() {
    return (double) series.counts()[0] / sites();
  }

  private long sites() {
    return Arrays.stream(series.counts()).sum();
  }

  /** Sites of a kind over all sites. */
  public double share(int kind) {
    return (double) series.counts()[kind] / sites();
  }

  /**
   * Tracer diffusion of atoms of a species, or of single vacancies; m²/s; without windows where
   * atoms were not followed.
   */
  public Curve tracer(int kind) {
    return series.tracer(kind);
  }

  /** Onsager coefficients L_ij of the kinds in the lattice frame, [i][j]; 1/(J m s). */
  public Curve[][] onsager() {
    Curve[][] all = series.collective();
    for (Curve[] row : all) {
      for (int b = 0; b < row.length; b++) {
        row[b] = row[b].times(1 / (volume * BOLTZMANN * condition.value()));
      }
    }
    return all;
  }

  /** Jumps per second of one atom of a species, or of one vacancy; NaN where it is not known. */
  public double jumpRate(int kind) {
    if (kind == 0) {
      return events / series.seconds() / series.counts()[0];
    }
    return everyJump ? series.jumpRate(kind) : Double.NaN;
  }

  /** The correlation factor D* / (hop² rate / 6). */
  public Curve correlation(int kind) {
    return tracer(kind).times(6 / (hop * hop * jumpRate(kind)));
  }
}
