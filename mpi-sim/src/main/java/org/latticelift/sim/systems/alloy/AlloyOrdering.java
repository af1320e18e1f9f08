package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.systems.alloy.AlloyLattices.Composition;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

/**
 * Long-range order in the ensemble of an effective Hamiltonian whose energies hold at all
 * temperatures: chains of states, from random ones on, at several sizes and temperatures (EX-42).
 * BCC only, as B2 order is. Chains are independent, and may be made by several threads.
 */
public final class AlloyOrdering {
  private final OrderingConfig config;
  private final Crystal crystal = Crystal.bcc();
  private final EffectiveHamiltonian fitted;
  private final double fittedAt;
  private final Composition composition;
  private final byte code;

  /** A size and a temperature ({@code temperature}: K). */
  public record Point(int cells, double temperature) {}

  /**
   * Reads the Hamiltonian.
   *
   * @param config what is wanted
   * @throws LatticeLiftException where the file has no such condition, or names are wrong
   */
  public AlloyOrdering(OrderingConfig config) {
    this.config = config;
    Path file = config.hamiltonian().path();
    try (HamiltonianFile stored = HamiltonianFile.open(file)) {
      Condition condition = condition(stored, file);
      List<FittedStage> stages = stored.stages(condition);
      fitted = stages.get(stages.size() - 1).hamiltonian();
      fittedAt = condition.value();
      List<String> species = stored.species();
      composition = Composition.of(species, config.composition(), config.vacancyConcentration());
      code = (byte) (1 + species.indexOf(config.order()));
      if (code == 0) {
        throw LatticeLiftException.badData(
            "no species '" + config.order() + "'", "order", "one of " + species, "Correct it");
      }
    }
    for (int cells : config.cells()) {
      if (cells < Lattice.fewestCells(crystal)) {
        throw LatticeLiftException.badData(
            cells + " cells",
            "cells",
            "at least " + Lattice.fewestCells(crystal) + " per axis",
            "Make the lattice larger");
      }
    }
    points().forEach(point -> at(point.temperature()));
  }

  private Condition condition(HamiltonianFile stored, Path file) {
    List<Condition> all = stored.conditions();
    return all.stream()
        .filter(one -> one.name().equals(config.condition()))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "no condition " + config.condition(),
                    file.toString(),
                    "one of " + all.stream().map(Condition::name).toList(),
                    "Correct 'condition'"));
  }

  /** The Hamiltonian in units of kT at a temperature. */
  EffectiveHamiltonian at(double temperature) {
    double[] kT = Arrays.stream(fitted.parameters()).map(j -> j * fittedAt / temperature).toArray();
    if (Arrays.stream(kT).anyMatch(j -> !(Math.abs(j) <= EffectiveHamiltonian.MOST))) {
      throw LatticeLiftException.badData(
          "energies above " + EffectiveHamiltonian.MOST + " kT at " + temperature + " K",
          "temperature_K",
          "higher temperatures",
          "Correct the list");
    }
    return new EffectiveHamiltonian(fitted.kinds(), fitted.shells(), kT);
  }

  /** All sizes and temperatures; size by size, ascending in the temperature. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int cells : config.cells()) {
      config.temperatureK().forEach(temperature -> points.add(new Point(cells, temperature)));
    }
    return points;
  }

  /**
   * The order along a chain ({@code point}: size and temperature; {@code chain}: number of the
   * chain); B2 order of the species after every gap, from -1 to 1.
   */
  public double[] chain(Point point, int chain) {
    RandomStream stream =
        new Streams(config.seed())
            .stream(
                Purpose.ORDERING,
                point.cells(),
                Double.doubleToLongBits(point.temperature()),
                chain);
    LatticeShape shape = new LatticeShape(crystal, point.cells(), point.cells(), point.cells());
    long[] counts = composition.counts(shape.sites());
    Lattice lattice = AlloyState.random(shape, counts, stream).lattice();
    ExchangeLattice exchange = new ExchangeLattice(lattice, fitted.shells());
    exchange.load(lattice);
    ExchangeSampler sampler = new ExchangeSampler(at(point.temperature()), exchange);
    sampler.attempt((long) config.sampling().settle() * exchange.sites(), stream);
    double[] order = new double[config.sampling().records()];
    for (int i = 0; i < order.length; i++) {
      sampler.attempt((long) config.sampling().gap() * exchange.sites(), stream);
      order[i] = (double) b2(exchange) / counts[code];
    }
    return order;
  }

  /** Atoms of the species on corners less those on centres. */
  private long b2(ExchangeLattice exchange) {
    long difference = 0;
    for (int site = 0; site < exchange.sites(); site++) {
      if (exchange.get(site) == code) {
        difference += (site & 1) == 0 ? 1 : -1;
      }
    }
    return difference;
  }

  /**
   * How the ordering temperature of an effective Hamiltonian is found (EX-42). {@code composition}:
   * parts per species.
   */
  public record OrderingConfig(
      @Default("1") @Doc("seed of all random numbers") long seed,
      @Doc("file hamiltonian.h5 of a run with upsample.tiles: maxent") InputFile hamiltonian,
      @Doc("its condition, such as T1000, whose last stage is taken, in eV") String condition,
      @Default("[8, 12, 16]") @Doc("sizes, cells per axis") List<Integer> cells,
      @org.latticelift.io.config.Binder.Key("temperature_K") @Doc("temperatures, K")
          List<Double> temperatureK,
      @Default("Mo") @Doc("species whose B2 order is looked at") String order,
      @Default("{}") @Doc("parts per species; equal if empty") Map<String, Double> composition,
      @Default("0.0009765625") @Range(min = 0, max = 0.1) @Doc("empty sites per site")
          double vacancyConcentration,
      @Part Sampling sampling) {
    private static final int FEWEST_SIZES = 2;
    private static final int FEWEST_TEMPERATURES = 3;

    /** Checks the lists. */
    public OrderingConfig {
      cells = cells.stream().distinct().sorted().toList();
      temperatureK = temperatureK.stream().distinct().sorted().toList();
      require(
          cells.size() >= FEWEST_SIZES,
          cells.size() + " sizes",
          "cells",
          "two or more, whose curves can cross");
      require(
          temperatureK.size() >= FEWEST_TEMPERATURES,
          temperatureK.size() + " temperatures",
          "temperature_K",
          "three or more, for a curve of second degree");
      require(
          temperatureK.get(0) > 0,
          "temperature " + temperatureK.get(0),
          "temperature_K",
          "above 0 K");
    }

    private static void require(boolean holds, String what, String where, String allowed) {
      if (!holds) {
        throw LatticeLiftException.badData(what, where, allowed, "Correct the list");
      }
    }

    /** What the chains of each point sample. */
    public record Sampling(
        @Default("8") @Range(min = 2, max = 1000) @Doc("independent chains of each point")
            int chains,
        @Default("500") @Range(min = 1) @Doc("attempted exchanges per site before the first record")
            int settle,
        @Default("1000") @Range(min = 2) @Doc("records of a chain") int records,
        @Default("2") @Range(min = 1) @Doc("attempted exchanges per site between two records")
            int gap) {}
  }
}
