package org.latticelift.sim.systems.alloy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Key;
import org.latticelift.io.config.Binder.OneOf;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.systems.alloy.AlloyConfig.KineticsConfig.Acceleration;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.KnownCrystal;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.ObservableList;

/**
 * What a configuration says of an alloy: its sections in the order in which they are used, then the
 * sizes that follow from them.
 */
public final class AlloyConfig {
  private AlloyConfig() {}

  /**
   * Section {@code lattice} ({@code composition}: parts per species; where absent those of the
   * start file, else equal parts).
   */
  public record LatticeConfig(
      @Default("bcc") @Doc("crystal") KnownCrystal crystal,
      @Default("8") @Doc("cells per axis of the small system, one number or three") Cells small,
      @Default("16") @Doc("cells per axis of the large system, one number or three") Cells large,
      @Default("[Nb, Mo, Ta]") @Doc("species in code order") List<String> species,
      @Default("{}")
          @Doc(
              "parts per species, none of those not named; if empty those of the start file, else equal parts")
          Map<String, Double> composition,
      @Default("0.0009765625") @Range(min = 0, max = 0.1) @Doc("vacancies per site")
          double vacancyConcentration,
      @Doc("file and vacancy of the initial state; random where absent")
          Optional<StartConfig> start,
      @Default("[pair, {pair: {shell: 2}}, {pair: {shell: 3}}]")
          @Doc(
              "order parameters: pair, warren_cowley, b2, {class: NAME} and options; the first shell alone is not"
                  + " enough for the path to equilibrium")
          ObservableList observables,
      @Default("lattice")
          @Doc("order of a large lattice: of all bonds, or the mean over periodic tiles")
          Measure measure,
      @Key("constant_A")
          @Range(min = 0, minOpen = true, max = 100)
          @Doc(
              "lattice constant that states are written with, Å; by default that of the start file, else"
                  + " the crystal's own")
          Optional<Double> constantA) {
    /** Checks the names. */
    public LatticeConfig {
      species = SpeciesNames.require(species, "lattice.species");
    }
  }

  /** An initial state from a file. */
  public record StartConfig(
      @Doc("dump, data, xyz, POSCAR, cif or h5 file; of hamiltonian.h5 states are sampled")
          InputFile file,
      @Default("''") @Doc("group of an HDF5 file, such as T2000; needed where it holds several")
          String group,
      @Default("-1") @Doc("snapshot of an HDF5 file or stage of hamiltonian.h5, -1 the last")
          int index,
      @Default("[]") @Doc("sites that become vacancies, e.g. [[0, 0, 0]]")
          List<List<Integer>> vacancyAt,
      @Default("0.05")
          @Range(min = 1e-6, max = 0.2)
          @Doc("how far atoms of a file may be from their sites, cells along each axis")
          double tolerance,
      @Default("0.1")
          @Range(min = 0, max = 1)
          @Doc("largest share of empty sites in the file; more are hardly ever meant")
          double maxVacancies) {
    /** As usual: 0.05 cells. */
    static final double TOLERANCE = 0.05;

    /** A start with the usual tolerance. */
    public StartConfig(
        InputFile file,
        String group,
        int index,
        List<List<Integer>> vacancyAt,
        double maxVacancies) {
      this(file, group, index, vacancyAt, TOLERANCE, maxVacancies);
    }
  }

  /** What the alloy reads of section {@code upsample}. */
  public record UpsampleConfig(
      @Default("doubling") @Doc("levels of factor 2 per axis, or one level") Hierarchy hierarchy,
      @Default("replicate")
          @Doc(
              "tiles are copies of one periodic block (Algorithm 1), or drawn independently;"
                  + " maxent: no tiles, maximum-entropy states with the pairs of a record")
          Tiles tiles,
      @Default("auto")
          @Range(min = 1)
          @Doc(
              "tiles: independent, so many at least are drawn and the others are copies of their block; auto: all,"
                  + " but eight with evolve.closed_patch: tile; with run this and window are of kept states alone")
          AutoNumber distinct,
      @Default("0")
          @Range(min = 0)
          @Doc("a state comes from records within this distance, 0 = records/200")
          int window,
      @Default("keep") @Doc("vacancies stay where tiles brought them, or move to tile centres")
          VacancySites vacancies,
      @Default("auto")
          @Range(min = 1, max = 1e4)
          @Doc(
              "tiles: maxent, a state has the mean pairs of so many records of one age; auto: as many"
                  + " as small lattices fill it, at most 64")
          AutoNumber records,
      @Default("5")
          @Range(min = 1, max = 8)
          @Doc("tiles: maxent fits pairs of so many shells, or of all that the crystal has")
          int shells,
      @Default("0")
          @Range(min = 0, max = 1e5)
          @Doc(
              "tiles: maxent, where more than eight blocks of so many cells per axis have room: eight"
                  + " are sampled and stand for all; 0 = twice the small lattice")
          int block,
      @Default("1000")
          @Range(min = 0, max = UpsampleConfig.LONGEST_BURN_IN)
          @Doc(
              "jumps per vacancy, in the mean, that end the making of a state with tiles: maxent,"
                  + " instead of relax; at most half its age")
          int burnIn) {
    /** More of which is a simulation of its own. */
    static final int LONGEST_BURN_IN = 1_000_000;
  }

  /** Section {@code relax}: LocalRelax. */
  public record RelaxConfig(
      @Default("overlapping")
          @Doc("windows of the size of the small system; none with upsample.tiles: maxent")
          Windows windows,
      @Default("whole")
          @OneOf({"whole", "periodic"})
          @Doc("surroundings of a window: the whole lattice, or closed on itself")
          Environment environment,
      @Default("1") @Range(min = 1, max = 1e6) @Doc("how often the windows cover the lattice")
          int passes,
      @Default("auto")
          @Doc("per window: auto = {mean_events: 8}, or {events: N}, {mean_events: N}, {time_s: T}")
          DurationSpec duration) {}

  /** What the alloy reads of section {@code evolve}: the partial evolution. */
  public record EvolveConfig(
      @Default("whole") @Doc("surroundings of the evolving patch") Environment environment,
      @Default("4") @Range(min = 0) @Doc("width of the buffer, cells") int bufferCells,
      @Default("{relaxations: 0.25}")
          @Doc(
              "{relaxations: R} times the relaxation time of the small runs, at most what makes all pairs as"
                  + " expensive as these; auto = {mean_events: 125}, or {events: N}, {mean_events: N}, {time_s: T}")
          DurationSpec duration,
      @Default("mean")
          @Doc("waiting times when the number of events is fixed; by time they are exponential")
          Clock clock,
      @Default("global")
          @Doc("atoms a periodic patch divides by: the global number per patch, or its own")
          PatchAtoms patchObservable,
      @Default("vacancy")
          @Doc(
              "a periodic patch is the box around its vacancy, or the tile that the vacancy is in; run: the tile, which"
                  + " goes on as its small run did, so that nothing is evolved")
          ClosedPatch closedPatch) {}

  /** Section {@code kinetics}: how the jumps of vacancies are simulated. */
  public record KineticsConfig(
      @Default("none")
          @Doc("flicker: jumps back and forth are resolved at once, with exactly the same law")
          Acceleration acceleration,
      @Default("64")
          @Range(min = 2, max = 64)
          @Doc("most states of a vacancy that are resolved together")
          int basin) {

    /** Value of the key {@code sampling} of sections that others read. */
    private static final String BY_EVENTS = "events";

    boolean resolvesFlicker() {
      return acceleration == Acceleration.FLICKER;
    }

    /** What makes simulators of vacancies ({@code atoms}: whether each atom is followed). */
    Kinetics kinetics(boolean atoms) {
      return resolvesFlicker() ? Kinetics.flicker(basin, atoms) : Kinetics.PLAIN;
    }

    /** Refuses runs that are recorded after numbers of jumps: those cannot be accelerated. */
    void requireTime(ConfigNode root) {
      for (String section : new String[] {"simulate", "direct"}) {
        root.find(section)
            .filter(ConfigNode::isMapping)
            .flatMap(node -> node.find("sampling"))
            .filter(node -> resolvesFlicker() && node.text().equals(BY_EVENTS))
            .ifPresent(KineticsConfig::refuse);
      }
    }

    private static void refuse(ConfigNode sampling) {
      throw LatticeLiftException.badData(
          "records after numbers of jumps do not go with kinetics.acceleration: flicker",
          sampling.where(),
          "sampling: time, since a number of jumps cannot be resolved without favouring some states",
          "Record at equal times, or switch the acceleration off");
    }

    /** How runs of fixed time get past jumps back and forth. */
    public enum Acceleration {
      /** Jump by jump. */
      NONE,
      /** They are resolved at once, with exactly the same law. */
      FLICKER
    }
  }

  /**
   * Lengths of a periodic lattice in conventional cells.
   *
   * @param nx along the first axis
   * @param ny along the second axis
   * @param nz along the third axis
   */
  public record Cells(int nx, int ny, int nz) {
    /** Reads one number (a cube) or three ({@code node}: the value); the lengths. */
    public static Cells fromConfig(ConfigNode node) {
      if (node.isScalar()) {
        int n = cells(node);
        return new Cells(n, n, n);
      }
      List<ConfigNode> items = node.isSequence() ? node.items() : List.of();
      if (items.size() != 3) {
        throw LatticeLiftException.badData(
            "not a lattice size",
            node.where(),
            "one number of cells, or a list of three",
            "Correct the value");
      }
      return new Cells(cells(items.get(0)), cells(items.get(1)), cells(items.get(2)));
    }

    /** The lengths as configuration; a list of three. */
    public ConfigNode toConfig() {
      return ConfigNode.parse("[" + nx + ", " + ny + ", " + nz + "]", "cells");
    }

    private static int cells(ConfigNode node) {
      long n = node.integer();
      if (n < 1 || n > 100_000) {
        throw LatticeLiftException.badData(
            n + " cells", node.where(), "5 to 100000 cells per axis", "Correct the value");
      }
      return (int) n;
    }

    static Cells of(Lattice lattice) {
      return of(lattice.shape());
    }

    static Cells of(LatticeShape shape) {
      return new Cells(shape.nx(), shape.ny(), shape.nz());
    }

    long sites(Crystal crystal) {
      return (long) nx * ny * nz * crystal.basisCount();
    }

    List<Integer> shape() {
      return List.of(nx, ny, nz);
    }

    String text() {
      return nx + " x " + ny + " x " + nz + " cells";
    }
  }

  /**
   * Where patches lie, which have the size of the small system.
   *
   * @param cells of a patch
   * @param basis sites of a cell
   */
  record PatchGeometry(Cells cells, int basis) {
    /** The patch around a site (AL-71). */
    CellBox around(LatticeShape state, long site) {
      return CellBox.around(state, site, cells.nx(), cells.ny(), cells.nz());
    }

    /** The tile that a site is in. */
    CellBox tileOf(LatticeShape state, long site) {
      return new CellBox(
          tileStart(SiteIndex.x(site, state.ny(), state.nz(), basis), cells.nx()),
          tileStart(SiteIndex.y(site, state.ny(), state.nz(), basis), cells.ny()),
          tileStart(SiteIndex.z(site, state.nz(), basis), cells.nz()),
          cells.nx(),
          cells.ny(),
          cells.nz());
    }

    private static int tileStart(int cell, int length) {
      return cell / length * length;
    }

    /** The k-th tile in row-major order. */
    CellBox tile(LatticeShape state, long patch) {
      int ty = state.ny() / cells.ny();
      int tz = state.nz() / cells.nz();
      int x = (int) (patch / ((long) ty * tz));
      int y = (int) (patch / tz % ty);
      int z = (int) (patch % tz);
      return new CellBox(
          x * cells.nx(), y * cells.ny(), z * cells.nz(), cells.nx(), cells.ny(), cells.nz());
    }

    long sites(CellBox box) {
      return box.cells() * basis;
    }
  }

  /** The levels in which a lattice is enlarged (DI-19). */
  public enum Hierarchy {
    /** A factor 2 per axis and level. */
    DOUBLING,
    /** One level. */
    DIRECT
  }

  /** How a large lattice is observed (DI-47). */
  public enum Measure {
    /** All its bonds. */
    LATTICE,
    /** The mean over its tiles, each closed on itself. */
    TILE_MEAN
  }

  /** The number of atoms that the bonds of a periodic patch are divided by (DI-55). */
  public enum PatchAtoms {
    /** That of the whole lattice per patch. */
    GLOBAL,
    /** That of the patch itself. */
    OWN
  }

  /** Where the vacancies of an upsampled lattice end up (DI-38). */
  public enum VacancySites {
    /** Where tiles brought them. */
    KEEP,
    /** At the centres of tiles (AL-65). */
    TILE_CENTRES
  }

  /** Where a patch lies that is closed onto itself. */
  public enum ClosedPatch {
    /** Around its vacancy (AL-72): what it is closed onto is no neighbour of it. */
    VACANCY,
    /** The tile that holds its vacancy: closed, it is the small state that it was made of. */
    TILE,
    /** The tile, which goes on as the run did that it was a snapshot of; nothing is evolved. */
    RUN
  }

  /** What the tiles of an enlarged lattice are. */
  public enum Tiles {
    /** Copies of one periodic block (Algorithm 1). */
    REPLICATE,
    /** Blocks that are drawn independently (AL-61). */
    INDEPENDENT,
    /** None: states of largest entropy with the pairs of a record (EX-21). */
    MAXENT
  }
}
