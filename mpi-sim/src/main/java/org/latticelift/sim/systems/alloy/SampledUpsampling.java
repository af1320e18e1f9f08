package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemOptions.FitObserver;
import org.latticelift.sim.system.SystemOptions.SizeDifference;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.JoinedTiles.RecordWindow;
import org.latticelift.sim.systems.alloy.LatticeView.CellReader;
import org.latticelift.sim.systems.alloy.LatticeView.PeriodicCopy;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFit;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.FittedStages;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;
import org.latticelift.sim.vacancy.hamiltonian.StagedFit;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Upsampling without tiles (EX-21): a record is drawn, and a state of the large size from the
 * ensemble of largest entropy that has the pairs of this record, or the mean of some of its age.
 * The state begins at random, so it depends on nothing but the record and its own stream, and may
 * have any size and composition. Serves one thread.
 */
final class SampledUpsampling {
  /** After so many attempted exchanges per site nothing is left of the random start. */
  static final int ATTEMPTS_PER_SITE = 30;

  private final AlloyLattices lattices;
  private final GroupedEnsembles ensembles;
  private final RecordWindow window;
  private final PairCounts.Counter counter;
  private final Map<Cells, ExchangeLattice> exchanges = new HashMap<>();

  SampledUpsampling(AlloyLattices lattices, GroupedEnsembles ensembles, RecordWindow window) {
    this.lattices = lattices;
    this.ensembles = ensembles;
    this.window = window;
    counter =
        new PairCounts.Counter(
            lattices.crystal(),
            new PairKinds(lattices.config().species().size()),
            lattices.crystal().environment(0).shellCount());
  }

  /**
   * The model of states like a record, which is drawn, and others of its age and group. It stands
   * for the time until the next one: what is random at its beginning is so for a moment only.
   */
  StateModel like(SnapshotPool<AlloyState> pool, int records, RandomStream stream) {
    int run = stream.below(pool.runs());
    int record = stream.below(pool.records());
    List<PairCounts> counts = new ArrayList<>();
    counts.add(counter.count(pool.snapshot(run, record).lattice()));
    while (counts.size() < records) {
      int other = stream.below(pool.runs());
      int near = window.near(record, pool.records(), stream);
      counts.add(counter.count(pool.snapshot(other, near).lattice()));
    }
    double age = pool.age(record) + stream.uniform() * pool.lasts(record);
    return new StateModel(ensembles.like(pool.group(), counts), age);
  }

  /** A new lattice ({@code counts}: sites per code). */
  Lattice build(EffectiveHamiltonian hamiltonian, Cells cells, long[] counts, RandomStream stream) {
    Lattice lattice = AlloyState.random(lattices.shapes().of(cells), counts, stream).lattice();
    ExchangeLattice exchange =
        exchanges.computeIfAbsent(cells, c -> new ExchangeLattice(lattice, hamiltonian.shells()));
    order(hamiltonian, lattice, exchange, stream);
    return lattice;
  }

  /** Gives a lattice the order of an ensemble ({@code lattice}: of any arrangement; changed). */
  static void order(
      EffectiveHamiltonian hamiltonian,
      Lattice lattice,
      ExchangeLattice room,
      RandomStream stream) {
    room.load(lattice);
    new ExchangeSampler(hamiltonian, room).attempt(ATTEMPTS_PER_SITE * lattice.sites(), stream);
    room.store(lattice);
  }

  /**
   * Fits what large states of largest entropy are sampled from: Hamiltonians of all small runs of a
   * condition, shifted to each group of them (EX-07, EX-21).
   *
   * @param lattices sizes and atoms
   * @param shells of the Hamiltonians
   */
  record HamiltonianFits(AlloyLattices lattices, int shells) {
    /** Fits a condition, and writes it into a new file. */
    void fit(
        Condition condition,
        SnapshotPool<AlloyState> pool,
        List<SnapshotPool<AlloyState>> groups,
        Streams streams,
        FitObserver observer,
        Hdf5Writer part) {
      PairKinds kinds = new PairKinds(lattices.config().species().size());
      StagedFit fit = new StagedFit(kinds, shells, HamiltonianFit.Settings.DEFAULT);
      Purpose purpose = Purpose.HAMILTONIAN_FIT;
      List<FittedStage> all =
          fit.fit(
              pool.map(AlloyState::lattice),
              streams.stream(purpose, condition.key()),
              (stage, stages) -> observer.begins(0, groups.size(), stage, stages));
      List<List<FittedStage>> ofGroups = new ArrayList<>();
      for (SnapshotPool<AlloyState> group : groups) {
        RandomStream stream = streams.stream(purpose, condition.key(), ofGroups.size());
        int number = ofGroups.size() + 1;
        ofGroups.add(
            fit.shifted(
                all,
                group.map(AlloyState::lattice),
                stream,
                (stage, stages) -> observer.begins(number, groups.size(), stage, stages)));
      }
      describe(part);
      HamiltonianFile.write(part, condition, new FittedStages(all, ofGroups));
    }

    /** Writes the conditions of some files into one. */
    void join(List<Path> parts, Hdf5Writer file) {
      describe(file);
      for (Path path : parts) {
        try (HamiltonianFile part = HamiltonianFile.open(path)) {
          part.conditions().forEach(c -> HamiltonianFile.write(file, c, part.fits(c)));
        }
      }
    }

    private void describe(Hdf5Writer file) {
      HamiltonianFile.describe(file, lattices.config().species(), lattices.smallSites());
    }
  }

  /** Atoms in place of vacancies: as many of each species in every state of one composition. */
  static void fill(Lattice state, RandomStream stream) {
    long[] counts = state.counts();
    long[] vacancies = state.vacancies();
    int[] order = IntStream.range(0, vacancies.length).toArray();
    stream.shuffle(order);
    double perAtom = (double) vacancies.length / (state.sites() - vacancies.length);
    int next = 0;
    double wanted = 0;
    for (int code = 1; code < counts.length; code++) {
      for (wanted += counts[code] * perAtom; next < Math.round(wanted); next++) {
        state.set(vacancies[order[next]], (byte) code);
      }
    }
  }

  /**
   * What the size of the small lattice does to equilibrium means (EX-65): a Hamiltonian is fitted
   * to small states, in which atoms take the place of the few vacancies, and sampled at both sizes
   * with vacancies anywhere. Holds where equilibrium is one phase, and pairs say all of it.
   */
  record SizeCorrections(AlloyLattices lattices) {
    private static final int SHELLS = 5;

    /** Small states that are looked at, at most so many. */
    private static final int STATES = 400;

    /** Sites beyond which the size no longer matters. */
    private static final long MOST_SITES = 10_000;

    private static final HamiltonianFit.Settings FIT = new HamiltonianFit.Settings(100, 3, 40);

    /** Residual of a Hamiltonian whose states do not have the pairs that they should. */
    private static final double BAD_FIT = 4;

    private static final int SETTLE = 300;
    private static final int GAP = 5;

    /** Sites times states that are sampled at each size. */
    private static final long SAMPLED = 500_000;

    /** Whether means of both sizes are of the whole lattice. */
    static boolean known(AlloyLattices lattices) {
      return !lattices.tileMean() && lattices.smallSites() < lattices.largeSites();
    }

    Optional<SizeDifference> of(SnapshotPool<AlloyState> late, RandomStream stream) {
      return fitted(late, stream).map(hamiltonian -> difference(hamiltonian, stream));
    }

    private SizeDifference difference(EffectiveHamiltonian hamiltonian, RandomStream stream) {
      List<BlockedMean> small = sampled(hamiltonian, lattices.small(), stream);
      List<BlockedMean> large = sampled(hamiltonian, large(), stream);
      int observables = small.size();
      double[] mean = new double[observables];
      double[] error = new double[observables];
      for (int c = 0; c < observables; c++) {
        mean[c] = large.get(c).mean() - small.get(c).mean();
        error[c] = Math.hypot(large.get(c).error(), small.get(c).error());
      }
      return new SizeDifference(mean, error);
    }

    /** The large lattice, or a smaller one of the same shape that is as good. */
    private Cells large() {
      Cells large = lattices.large();
      Cells small = lattices.small();
      double most = Math.max(MOST_SITES, 8.0 * lattices.smallSites());
      double scale = Math.cbrt(most / lattices.largeSites());
      if (scale >= 1) {
        return large;
      }
      return new Cells(
          Math.max(small.nx(), (int) (scale * large.nx())),
          Math.max(small.ny(), (int) (scale * large.ny())),
          Math.max(small.nz(), (int) (scale * large.nz())));
    }

    /** Empty where no Hamiltonian with these pairs was found. */
    private Optional<EffectiveHamiltonian> fitted(
        SnapshotPool<AlloyState> late, RandomStream stream) {
      int shells = Math.min(SHELLS, lattices.crystal().environment(0).shellCount());
      PairKinds kinds = new PairKinds(lattices.config().species().size());
      EnsembleAverages wanted = new EnsembleAverages(lattices.crystal(), kinds, shells);
      int all = late.runs() * late.records();
      int step = 1 + (all - 1) / STATES;
      Lattice any = late.snapshot(0, 0).lattice().copy();
      fill(any, stream);
      for (int k = 0; k < all; k += step) {
        Lattice state = late.snapshot(k % late.runs(), k / late.runs()).lattice().copy();
        fill(state, stream);
        wanted.add(state, false);
      }
      HamiltonianFit.Result found =
          new HamiltonianFit(FIT, any, shells, stream)
              .fit(EffectiveHamiltonian.none(kinds, shells), wanted.fitted(), false);
      return found.misfit() < BAD_FIT ? Optional.of(found.hamiltonian()) : Optional.empty();
    }

    /** Means of all observables in a lattice of a size. */
    private List<BlockedMean> sampled(
        EffectiveHamiltonian hamiltonian, Cells cells, RandomStream stream) {
      long[] counts = lattices.counts(lattices.sites(cells));
      Lattice lattice = AlloyState.random(lattices.shapes().of(cells), counts, stream).lattice();
      ExchangeLattice room = new ExchangeLattice(lattice, hamiltonian.shells());
      room.load(lattice);
      ExchangeSampler sampler = new ExchangeSampler(hamiltonian, room);
      sampler.attempt(SETTLE * lattice.sites(), stream);
      OrderParameters order = lattices.order(counts);
      Counts found = order.newCounts();
      double[] values = new double[order.size()];
      double[][] series = new double[order.size()][(int) (SAMPLED / lattice.sites())];
      for (int k = 0; k < series[0].length; k++) {
        sampler.attempt(GAP * lattice.sites(), stream);
        room.store(lattice);
        order.recount(lattice, found);
        order.values(found, 1, values);
        for (int c = 0; c < values.length; c++) {
          series[c][k] = values[c];
        }
      }
      return Arrays.stream(series).map(one -> BlockedMean.of(List.of(one))).toList();
    }
  }

  /**
   * What a sampled state is made like.
   *
   * @param hamiltonian of its ensemble
   * @param age of the record that was drawn, and some of the time until the next; infinite where it
   *     is not known
   */
  record StateModel(EffectiveHamiltonian hamiltonian, double age) {}

  /**
   * A state of an ensemble that is far larger than the blocks it is known by (EX-25): some
   * independent periodic ones stand for all, so no cost grows with the number of sites. Counts are
   * those of the blocks times the sites for which they stand. About a vacancy its own block goes on
   * and on: seams would be places that the ensemble does not have. So the blocks lie beside each
   * other only to give their vacancies sites, and there is no whole.
   */
  static final class SampledBlocks implements LatticeView {
    private final LatticeShape shape;
    private final long[] counts;
    private final List<Lattice> blocks;
    private final List<CellReader> around;
    private final Cells block;
    private final long[] vacancies;

    /**
     * Makes one.
     *
     * @param shape of the whole, with lengths that are multiples of those of a block
     * @param counts sites per code of the whole
     * @param blocks of one size; not modified
     */
    SampledBlocks(LatticeShape shape, long[] counts, List<Lattice> blocks) {
      this.shape = shape;
      this.counts = Arrays.copyOf(counts, 16);
      this.blocks = List.copyOf(blocks);
      around = this.blocks.stream().<CellReader>map(one -> new Repeated(shape, one)).toList();
      block = Cells.of(blocks.get(0));
      vacancies = placed();
    }

    private long[] placed() {
      int total = blocks.stream().mapToInt(one -> one.vacancies().length).sum();
      long[] placed = new long[total];
      int at = 0;
      for (int i = 0; i < blocks.size(); i++) {
        for (long site : blocks.get(i).vacancies()) {
          placed[at++] = placed(site, i);
        }
      }
      return placed;
    }

    private long placed(long site, int number) {
      int basis = shape.crystal().basisCount();
      return SiteIndex.of(
          place(number, 0) * block.nx() + SiteIndex.x(site, block.ny(), block.nz(), basis),
          place(number, 1) * block.ny() + SiteIndex.y(site, block.ny(), block.nz(), basis),
          place(number, 2) * block.nz() + SiteIndex.z(site, block.nz(), basis),
          SiteIndex.b(site, basis),
          shape.ny(),
          shape.nz(),
          basis);
    }

    /** Where a block lies along an axis, in blocks. */
    private int place(int number, int axis) {
      int alongY = shape.ny() / block.ny();
      int alongZ = shape.nz() / block.nz();
      return switch (axis) {
        case 0 -> number / (alongY * alongZ);
        case 1 -> number / alongZ % alongY;
        default -> number % alongZ;
      };
    }

    @Override
    public LatticeShape shape() {
      return shape;
    }

    @Override
    public long[] counts() {
      return counts.clone();
    }

    @Override
    public long knownVacancies() {
      return vacancies.length;
    }

    @Override
    public long vacancy(long k) {
      return vacancies[Math.toIntExact(k)];
    }

    @Override
    public CellReader around(long site) {
      int basis = shape.crystal().basisCount();
      int x = SiteIndex.x(site, shape.ny(), shape.nz(), basis) / block.nx();
      int y = SiteIndex.y(site, shape.ny(), shape.nz(), basis) / block.ny();
      int z = SiteIndex.z(site, shape.nz(), basis) / block.nz();
      int number = (x * (shape.ny() / block.ny()) + y) * (shape.nz() / block.nz()) + z;
      return around.get(number);
    }

    /** A block, over and over: lengths of the whole are multiples of its own. */
    private record Repeated(LatticeShape shape, Lattice tile) implements CellReader {
      @Override
      public void read(int x, int y, int z, Lattice to, CellBox box) {
        PeriodicCopy.copy(tile, x % tile.nx(), y % tile.ny(), z % tile.nz(), to, box);
      }
    }

    @Override
    public void count(OrderParameters order, Counts total) {
      total.clear();
      Counts one = order.newCounts();
      for (Lattice next : blocks) {
        order.recount(next, one);
        total.add(one);
      }
      double standsFor = shape.sites() / ((double) blocks.size() * blocks.get(0).sites());
      long[] all = total.array();
      for (int i = 0; i < all.length; i++) {
        all[i] = Math.round(all[i] * standsFor);
      }
    }

    @Override
    public Lattice whole() {
      throw LatticeLiftException.badData(
          "all sites of a state of "
              + Cells.of(shape).text()
              + ", of which only blocks were sampled",
          "upsample.block",
          "blocks so large that no more than " + LiftingRules.BLOCKS + " have room",
          "Enlarge it, or do without what needs all sites, such as kept states");
    }
  }
}
