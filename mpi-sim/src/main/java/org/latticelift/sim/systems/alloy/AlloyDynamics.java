package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyPatches.Observation;
import org.latticelift.sim.systems.alloy.AlloySystem.AlloySetup;
import org.latticelift.sim.systems.alloy.CopiedTile.CompositionRepair;
import org.latticelift.sim.systems.alloy.JoinedTiles.BlockBuilder;
import org.latticelift.sim.systems.alloy.JoinedTiles.TileOfRun;
import org.latticelift.sim.systems.alloy.JoinedTiles.Tiling;
import org.latticelift.sim.systems.alloy.LatticeView.ReadableLattice;
import org.latticelift.sim.systems.alloy.LatticeView.RepairableBlock;
import org.latticelift.sim.systems.alloy.LatticeView.StoredLattice;
import org.latticelift.sim.systems.alloy.SampledUpsampling.SampledBlocks;
import org.latticelift.sim.systems.alloy.SampledUpsampling.StateModel;
import org.latticelift.sim.systems.alloy.ShapeSimulator.ShapeSimulators;
import org.latticelift.sim.systems.alloy.ShapeSimulator.Shapes;
import org.latticelift.sim.systems.alloy.ShapeSimulator.VacancyRun;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements;

/** Vacancy dynamics at one temperature. */
final class AlloyDynamics implements Dynamics<AlloyState> {
  private final AlloySetup setup;
  private final AlloyLattices lattices;
  private final LiftingRules rules;
  private final Condition condition;
  private final double meanEventTime;
  private final StopSignal stop;
  private final ShapeSimulators simulators;
  private final Observation observation;

  /** Present once Hamiltonians have been fitted. */
  private final Optional<SampledUpsampling> sampling;

  AlloyDynamics(AlloySetup setup, Condition condition, RunContext context) {
    this.setup = setup;
    this.stop = context.stop();
    this.lattices = setup.lattices();
    this.rules = setup.rules();
    this.condition = condition;
    this.meanEventTime = context.meanEventTime();
    this.simulators =
        new ShapeSimulators(setup.model(), lattices.shapes(), condition.value(), stop);
    this.observation = new Observation(lattices);
    this.sampling = Optional.ofNullable(setup.ensembles().get(condition)).map(rules::sampling);
  }

  @Override
  public AlloyState initial(Extent extent, RandomStream stream) {
    AlloyState state = lattices.initial(cells(extent), stream);
    setup.transport().ifPresent(state::measured);
    return state;
  }

  @Override
  public double[] measure(AlloyState state) {
    return state.moved().orElseThrow().record(state.lattice());
  }

  @Override
  public Progression advance(AlloyState state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  @Override
  public Stretch begin(AlloyState state, Duration duration, RandomStream stream) {
    return stretch(state, duration, stream, run -> run);
  }

  @Override
  public Stretch resume(AlloyState state, Duration duration, RandomStream stream, byte[] memory) {
    return stretch(state, duration, stream, run -> run.resumed(memory));
  }

  private AlloyStretch stretch(
      AlloyState state,
      Duration duration,
      RandomStream stream,
      UnaryOperator<VacancyRun> continued) {
    ShapeSimulator simulator = simulators.of(state.lattice());
    simulator.load(state.lattice());
    simulator.follow(state.moved());
    state
        .moved()
        .flatMap(Displacements::statistics)
        .ifPresent(jumps -> jumps.begin(setup.model().barrier(), condition.value()));
    VacancyRun run = simulator.begin(state.vacancies(), duration, Clock.EXPONENTIAL, stream);
    return new AlloyStretch(state, simulator, continued.apply(run));
  }

  @Override
  public double[] observe(AlloyState state) {
    return observation.whole(state);
  }

  /** Tiles that are patches are observed as they evolve, closed onto themselves. */
  @Override
  public double[] observeUpsampled(AlloyState state) {
    return rules.tilesArePatches() ? observation.tileMean(state.sites()) : observe(state);
  }

  @Override
  public double[] observePatch(AlloyState state, long patch) {
    Lattice lattice = state.lattice();
    return observation.patch(
        state.sites(), lattice, lattices.patches().tile(lattice.shape(), patch));
  }

  @Override
  public AlloyState upsample(
      SnapshotPool<AlloyState> pool, Extent extent, RandomStream build, RandomStream relax) {
    if (rules.sampled()) {
      return sampled(pool, cells(extent), build, relax);
    }
    Tiling tiling = rules.tiling(cells(extent));
    if (rules.inParts(cells(extent))) {
      return new AlloyState(
          tiling.build(
              pool,
              build,
              new PartBlocks(lattices, !rules.independentTiles(), rules.tilesArePatches(), build)));
    }
    Lattice block =
        tiling.build(
            pool,
            build,
            new WholeBlocks(
                lattices.shapes(),
                tiled -> {
                  CompositionRepair.repair(tiled, lattices.counts(tiled.sites()), build);
                  relaxLattice(tiled, relax);
                }));
    if (rules.vacanciesToCentres()) {
      VacancyPlacement.toTileCentres(block, lattices.small());
    }
    return AlloyState.scanned(block);
  }

  private AlloyState sampled(
      SnapshotPool<AlloyState> pool, Cells cells, RandomStream build, RandomStream jumps) {
    StateModel model = sampling.orElseThrow().like(pool, rules.records(cells), build);
    long[] counts = lattices.counts(lattices.sites(cells));
    if (!rules.inBlocks(cells)) {
      return AlloyState.scanned(sampled(model, cells, counts, build, jumps));
    }
    Cells block = rules.block(cells);
    List<Lattice> blocks = new ArrayList<>();
    for (long[] share : rules.blockCounts(cells)) {
      blocks.add(sampled(model, block, share, build, jumps));
    }
    return new AlloyState(new SampledBlocks(lattices.shapes().of(cells), counts, blocks));
  }

  /**
   * Pairs tell neither how deep vacancies sit in traps nor triangles; the first jumps mend both.
   * They last a time, not a number, after which vacancies would all have just left a trap (EX-08).
   */
  private Lattice sampled(
      StateModel model, Cells cells, long[] counts, RandomStream build, RandomStream jumps) {
    AlloyState state =
        AlloyState.scanned(sampling.orElseThrow().build(model.hamiltonian(), cells, counts, build));
    double time = rules.burnIn(meanEventTime, model.age());
    if (time > 0) {
      advance(state, Duration.time(time), jumps);
    }
    return state.lattice();
  }

  private void relaxLattice(Lattice lattice, RandomStream stream) {
    rules
        .localRelax(condition, meanEventTime)
        .ifPresent(
            localRelax -> {
              for (int pass = 0; pass < rules.relax().passes(); pass++) {
                localRelax.relax(lattice, simulators, stream);
              }
            });
  }

  @Override
  public Patches<AlloyState> patches(AlloyState state, boolean compensated) {
    return new AlloyPatches(rules, observation, simulators, state, compensated);
  }

  private static Cells cells(Extent extent) {
    List<Integer> shape = extent.shape();
    return new Cells(shape.get(0), shape.get(1), shape.get(2));
  }

  /**
   * A run on a workbench, whose lattice the state gets when it is needed: not after every piece,
   * since a large lattice takes longer to copy than a piece to make.
   */
  record AlloyStretch(AlloyState state, ShapeSimulator simulator, VacancyRun run)
      implements Stretch {
    @Override
    public boolean done() {
      return run.done();
    }

    @Override
    public void advance() {
      run.advance();
      if (done()) {
        simulator.follow(Optional.empty());
        state.lattice().set(simulator.lattice());
      }
    }

    @Override
    public Progression made() {
      return run.made();
    }

    @Override
    public byte[] save() {
      byte[] memory = run.save();
      state.lattice().set(simulator.lattice());
      return memory;
    }
  }

  /**
   * Gives every tile one vacancy at its centre (AL-65). A vacancy that already sits on a centre
   * stays, and the others go to the free centres in order, so that none is misplaced (DI-25). Only
   * the authors' preset does this (DI-38).
   */
  static final class VacancyPlacement {
    private VacancyPlacement() {}

    static void toTileCentres(Lattice lattice, Cells tile) {
      Set<Long> free = centres(lattice, tile);
      List<Long> displaced = new ArrayList<>();
      for (long vacancy : lattice.vacancies()) {
        if (!free.remove(vacancy)) {
          displaced.add(vacancy);
        }
      }
      Iterator<Long> centres = free.iterator();
      for (int i = 0; i < displaced.size() && centres.hasNext(); i++) {
        long centre = centres.next();
        lattice.set(displaced.get(i), lattice.get(centre));
        lattice.set(centre, Lattice.VACANCY);
      }
    }

    /** Row-major, corner sites. */
    private static Set<Long> centres(Lattice lattice, Cells tile) {
      Set<Long> centres = new LinkedHashSet<>();
      for (int x = tile.nx() / 2; x < lattice.nx(); x += tile.nx()) {
        for (int y = tile.ny() / 2; y < lattice.ny(); y += tile.ny()) {
          for (int z = tile.nz() / 2; z < lattice.nz(); z += tile.nz()) {
            centres.add(lattice.index(x, y, z, 0));
          }
        }
      }
      return centres;
    }
  }

  /** Blocks that are stored site by site, so that anything can be done with them. */
  record WholeBlocks(Shapes shapes, Finish finish) implements BlockBuilder<Lattice> {
    private static final int[] UNSHIFTED = {0, 0, 0};

    /** What is done with a freshly tiled block. */
    interface Finish {
      /** Repairs and relaxes. */
      void finish(Lattice block);
    }

    @Override
    public Lattice tile(Lattice snapshot, DoubleFunction<Lattice> later, double longest) {
      return snapshot;
    }

    @Override
    public Lattice copies(Lattice block, int factor, Cells size) {
      Lattice copies = shapes.lattice(size);
      for (int a = 0; a < factor; a++) {
        for (int b = 0; b < factor; b++) {
          for (int c = 0; c < factor; c++) {
            int[] at = {a * block.nx(), b * block.ny(), c * block.nz()};
            place(block, copies, at, UNSHIFTED);
          }
        }
      }
      return copies;
    }

    @Override
    public Lattice empty(Cells size, Cells tile) {
      return shapes.lattice(size);
    }

    @Override
    public void place(Lattice tile, Lattice block, int[] at, int[] shift) {
      int basis = tile.crystal().basisCount();
      int row = tile.nz() * basis;
      int head = shift[2] * basis;
      for (int x = 0; x < tile.nx(); x++) {
        byte[] from = tile.plane(x);
        byte[] to = block.plane(at[0] + (x + shift[0]) % tile.nx());
        for (int y = 0; y < tile.ny(); y++) {
          int start = ((at[1] + (y + shift[1]) % tile.ny()) * block.nz() + at[2]) * basis;
          System.arraycopy(from, y * row, to, start + head, row - head);
          System.arraycopy(from, y * row + row - head, to, start, head);
        }
      }
    }

    @Override
    public void finish(Lattice block) {
      finish.finish(block);
    }
  }

  /**
   * Blocks that are kept as the parts they are made of (EX-25). Nothing but their composition can
   * be repaired: windows of relaxation need {@link WholeBlocks}. {@code closed}: whether tiles
   * evolve by themselves.
   */
  record PartBlocks(AlloyLattices lattices, boolean replicate, boolean closed, RandomStream repair)
      implements BlockBuilder<ReadableLattice> {
    private static final long[] NO_VACANCIES_LISTED = {};

    @Override
    public ReadableLattice tile(Lattice snapshot, DoubleFunction<Lattice> later, double longest) {
      if (closed) {
        return new TileOfRun(snapshot, later, longest);
      }
      return replicate
          ? new CopiedTile(lattices.shapes(), snapshot)
          : new StoredLattice(snapshot, NO_VACANCIES_LISTED);
    }

    @Override
    public ReadableLattice copies(ReadableLattice block, int factor, Cells size) {
      if (block instanceof CopiedTile copied) {
        copied.copy(factor);
        return copied;
      }
      JoinedTiles joined = new JoinedTiles(lattices.shapes(), size, Cells.of(block.shape()));
      for (int i = 0; i < factor * factor * factor; i++) {
        joined.add(block, 0, 0, 0);
      }
      return joined;
    }

    @Override
    public ReadableLattice empty(Cells size, Cells tile) {
      return new JoinedTiles(lattices.shapes(), size, tile);
    }

    @Override
    public void place(ReadableLattice tile, ReadableLattice block, int[] at, int[] shift) {
      ((JoinedTiles) block).add(tile, shift[0], shift[1], shift[2]);
    }

    /** Tiles that evolve by themselves keep the composition of the small system. */
    @Override
    public void finish(ReadableLattice block) {
      if (closed) {
        return;
      }
      CompositionRepair.repair(
          (RepairableBlock) block, lattices.counts(block.shape().sites()), repair);
    }
  }
}
