package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.ChangedSites;
import org.latticelift.sim.vacancy.sublattice.HaloMessages.HaloExchange;
import org.latticelift.sim.vacancy.sublattice.OwnBlocks.BlockStreams;
import org.latticelift.sim.vacancy.transport.SharedDisplacements;

/**
 * One rank's part in the synchronous sublattice method. A cycle visits the eight colours once, in a
 * random order that all ranks know. Every block of the colour evolves the vacancies it holds for
 * the same window, independently of all other blocks; the jump that would pass the window is
 * discarded and drawn anew next time. Blocks at the border of the rank come first; what they have
 * changed, and only that, travels while the others evolve, and where it is late still, those of the
 * next colour that are not at the border; so ranks seldom wait for each other. The clock moves by
 * one window per cycle.
 *
 * <p>A vacancy belongs for the whole window to the block that held it when the window began, and
 * moves within a margin around that block, too; whatever block it is in afterwards, it has had its
 * turn in this cycle. So every vacancy evolves for one window per cycle, and what a window changes
 * comes from vacancies near each other only, which do not move at the same time, and from those
 * that would leave the margin, which wait for the next cycle. With Shim and Amar's rule (a vacancy
 * that leaves its block waits for the turn of its new block) those that hop back and forth across a
 * border lose jumps: at a window of one mean waiting time jumps became 2.5 % slower. Only blocks
 * too small for a margin follow that rule.
 *
 * <p>Nothing here depends on who owns a block, so the trajectory does not either. A kernel that
 * resolves flicker knows no basins when a window begins, so none depends on a checkpoint. Cost:
 * that of the kernel, one activation per occupied block and cycle (a gather and a cache look-up per
 * vacancy), and eight exchanges per cycle.
 */
final class SublatticeSimulator {
  private static final double NANOS = 1e9;

  /** A cycle before the first. */
  private static final long EARLIER = -1;

  private final Lattice lattice;
  private final Domain domain;
  private final OwnBlocks blocks;
  private final BlockVacancies vacancies;
  private final BlockStreams streams;
  private final HaloExchange halo;
  private final HaloMessages messages;
  private final BlockRegion region;

  /** Null where displacements are not measured. */
  private final SharedDisplacements moved;

  private final boolean onceOnly;
  private final ChangedSites changed = new ChangedSites();
  private final Streams seeds;
  private final long[] task;
  private final int basis;
  private final int[] colours = new int[BlockGrid.COLOURS];
  private final int[] count = new int[1];
  private VacancyKernel kernel;
  private long[] sites = new long[16];
  private long cycles;
  private long jumps;
  private long evolveNanos;
  private long exchangeNanos;

  /**
   * Takes over a lattice whose own cells and halo are filled ({@code kernel}: of that lattice;
   * observers may be added before the first cycle; {@code task}: condition and run, which name the
   * streams; {@code moved}: displacements, where they are measured).
   */
  SublatticeSimulator(
      Domain domain,
      Lattice lattice,
      VacancyKernel kernel,
      HaloExchange halo,
      Streams seeds,
      long[] task,
      Optional<SharedDisplacements> moved) {
    this.domain = domain;
    this.lattice = lattice;
    this.halo = halo;
    this.seeds = seeds;
    this.task = task.clone();
    basis = lattice.crystal().basisCount();
    blocks = new OwnBlocks(domain);
    vacancies = new BlockVacancies(blocks.number());
    streams = new BlockStreams(seeds, blocks, task[0], task[1]);
    this.moved = moved.orElse(null);
    messages = new HaloMessages(lattice, domain, this.moved);
    region = new BlockRegion(domain.blocks());
    onceOnly = domain.blocks().margin() > 0;
    use(kernel);
    for (long site : lattice.vacancies()) {
      if (owns(site)) {
        vacancies.add(blockOf(site), site, EARLIER);
      }
    }
  }

  /** Goes on with another kernel of the lattice: every block begins anew in every cycle. */
  void use(VacancyKernel other) {
    kernel = other;
    kernel.observe(changed);
    if (moved != null) {
      kernel.observe(moved);
    }
  }

  /** One cycle; collective. */
  void cycle(double window) {
    drawOrder();
    int ahead = 0;
    for (int turn = 0; turn < colours.length; turn++) {
      long begin = System.nanoTime();
      evolve(blocks.bordering(colours[turn]), 0, window);
      long sending = System.nanoTime();
      messages.collect(changed);
      halo.begin(messages);
      long sent = System.nanoTime();
      evolve(blocks.inner(colours[turn]), ahead, window);
      ahead = turn + 1 < colours.length ? whileMessagesTravel(colours[turn + 1], window) : 0;
      long evolved = System.nanoTime();
      halo.end(this::received);
      evolveNanos += sending - begin + evolved - sent;
      exchangeNanos += sent - sending + System.nanoTime() - evolved;
    }
    cycles++;
  }

  /** Evolves blocks of a list from a place on. */
  private void evolve(int[] some, int from, double window) {
    changed.clear();
    for (int i = from; i < some.length; i++) {
      evolveOccupied(some[i], window);
    }
  }

  /** Inner blocks of a colour, which read nothing that is on its way; returns how many. */
  private int whileMessagesTravel(int colour, double window) {
    int[] inner = blocks.inner(colour);
    int done = 0;
    while (done < inner.length && !halo.arrived()) {
      evolveOccupied(inner[done], window);
      done++;
    }
    return done;
  }

  private void evolveOccupied(int block, double window) {
    if (!vacancies.isEmpty(block)) {
      evolve(block, window);
    }
  }

  private void drawOrder() {
    for (int c = 0; c < colours.length; c++) {
      colours[c] = c;
    }
    seeds.stream(Purpose.COLOUR_ORDER, task[0], task[1], cycles).shuffle(colours);
  }

  private void evolve(int block, double window) {
    prepare(block, onceOnly ? cycles : EARLIER);
    if (count[0] == 0) {
      return;
    }
    jumps += kernel.runUntil(window, streams.of(block));
    changed.endSection();
    settle(block);
  }

  private void prepare(int block, long without) {
    sites = vacancies.list(block, without, sites, count);
    region.moveTo(blocks.corner(block, 0), blocks.corner(block, 1), blocks.corner(block, 2));
    kernel.home(region);
    kernel.time(0);
    kernel.activate(sites, count[0]);
  }

  /** Books where the vacancies of a block are now. */
  private void settle(int block) {
    for (int i = 0; i < count[0]; i++) {
      if (kernel.vacancySite(i) != sites[i]) {
        vacancies.remove(block, sites[i]);
      }
    }
    for (int i = 0; i < count[0]; i++) {
      long now = kernel.vacancySite(i);
      if (now != sites[i] && owns(now)) {
        vacancies.add(blockOf(now), now, blockOf(now) == block ? EARLIER : cycles);
      }
    }
  }

  private void received(long site, byte code, LongSupplier rest) {
    if (moved != null) {
      moved.take(site, rest);
    }
    byte before = lattice.get(site);
    if (before == code) {
      return;
    }
    lattice.set(site, code);
    if (code == Lattice.VACANCY && owns(site)) {
      vacancies.add(blockOf(site), site, cycles);
    }
  }

  /** Shows all own vacancies, block by block: the kernel with those of the block active. */
  void visit(Consumer<VacancyKernel> visitor) {
    for (int block = 0; block < blocks.number(); block++) {
      if (!vacancies.isEmpty(block)) {
        prepare(block, EARLIER);
        visitor.accept(kernel);
      }
    }
  }

  private boolean owns(long site) {
    return domain.owns(x(site), y(site), z(site));
  }

  private int blockOf(long site) {
    return blocks.with(x(site), y(site), z(site));
  }

  private int x(long site) {
    return SiteIndex.x(site, lattice.ny(), lattice.nz(), basis);
  }

  private int y(long site) {
    return SiteIndex.y(site, lattice.ny(), lattice.nz(), basis);
  }

  private int z(long site) {
    return SiteIndex.z(site, lattice.nz(), basis);
  }

  Lattice lattice() {
    return lattice;
  }

  BlockStreams streams() {
    return streams;
  }

  long vacancies() {
    return vacancies.size();
  }

  long cycles() {
    return cycles;
  }

  long jumps() {
    return jumps;
  }

  /** Where time and messages went. */
  PhaseCost cost() {
    return new PhaseCost(
        jumps,
        evolveNanos / NANOS,
        exchangeNanos / NANOS,
        halo.waitNanos() / NANOS,
        halo.messages(),
        halo.bytes());
  }

  /** Continues from a checkpoint, whose lattice is there already. */
  void restore(long cyclesDone) {
    cycles = cyclesDone;
  }

  /**
   * The cells of the block whose turn it is, and a margin around them; moved from block to block.
   */
  static final class BlockRegion implements Region {
    private final int margin;
    private final int edge;
    private int x0;
    private int y0;
    private int z0;

    BlockRegion(BlockGrid blocks) {
      margin = blocks.margin();
      edge = blocks.edge() + 2 * margin;
    }

    /** The first cell of the block along each axis. */
    void moveTo(int x, int y, int z) {
      x0 = x - margin;
      y0 = y - margin;
      z0 = z - margin;
    }

    @Override
    public boolean contains(int x, int y, int z, int b) {
      return x >= x0 && x < x0 + edge && y >= y0 && y < y0 + edge && z >= z0 && z < z0 + edge;
    }
  }

  /**
   * The vacancies of every own block, as linked lists in three arrays: 4 bytes per block and 16 per
   * vacancy. Each remembers the cycle in which it came from another block. Lists are short (one
   * vacancy in 1024 sites), so a removal walks.
   */
  static final class BlockVacancies {
    private static final int NONE = -1;

    private final int[] head;
    private long[] site = new long[16];
    private int[] next = new int[16];
    private int[] arrival = new int[16];
    private int free = NONE;
    private int used;
    private long size;

    BlockVacancies(int blocks) {
      head = new int[blocks];
      Arrays.fill(head, NONE);
    }

    long size() {
      return size;
    }

    boolean isEmpty(int block) {
      return head[block] == NONE;
    }

    /**
     * Adds a vacancy ({@code cycle}: in which it came from another block; negative if it was here
     * from the beginning).
     */
    void add(int block, long where, long cycle) {
      int entry = free;
      if (entry == NONE) {
        entry = used++;
        if (entry == site.length) {
          site = Arrays.copyOf(site, 2 * entry);
          next = Arrays.copyOf(next, 2 * entry);
          arrival = Arrays.copyOf(arrival, 2 * entry);
        }
      } else {
        free = next[entry];
      }
      site[entry] = where;
      arrival[entry] = (int) cycle;
      next[entry] = head[block];
      head[block] = entry;
      size++;
    }

    void remove(int block, long where) {
      int before = NONE;
      int entry = head[block];
      while (site[entry] != where) {
        before = entry;
        entry = next[entry];
      }
      if (before == NONE) {
        head[block] = next[entry];
      } else {
        next[before] = next[entry];
      }
      next[entry] = free;
      free = entry;
      size--;
    }

    /**
     * Lists a block in the order of sites, which no history decides, without the arrivals of a
     * cycle ({@code cycle}: whose arrivals are left out; negative for none; {@code into}: grown if
     * need be); into or a longer array.
     */
    long[] list(int block, long cycle, long[] into, int[] count) {
      long[] sites = into;
      int n = 0;
      for (int entry = head[block]; entry != NONE; entry = next[entry]) {
        if (cycle >= 0 && arrival[entry] == (int) cycle) {
          continue;
        }
        if (n == sites.length) {
          sites = Arrays.copyOf(sites, 2 * n);
        }
        sites[n++] = site[entry];
      }
      Arrays.sort(sites, 0, n);
      count[0] = n;
      return sites;
    }
  }
}
