package org.latticelift.sim.vacancy.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The configured observables, key {@code lattice.observables}: a list of {@code pair}, {@code
 * {pair: {shell: 2, reference: equimolar}}}, {@code warren_cowley}, {@code {warren_cowley: {shell:
 * 1}}}, {@code b2}, {@code {b2: {species: [Mo, Ta]}}}, {@code {class: NAME}}.
 */
public final class ObservableList {
  private static final String ALLOWED = "pair, warren_cowley, b2 or {class: NAME}";

  private final ConfigNode node;

  private ObservableList(ConfigNode node) {
    this.node = node;
  }

  /** Takes over a configuration; entries are checked when parameters are made of them. */
  public static ObservableList fromConfig(ConfigNode node) {
    if (node.items().isEmpty()) {
      throw node.wrongType("a list with at least one of " + ALLOWED);
    }
    return new ObservableList(node);
  }

  /** Parses YAML ({@code yaml}: such as {@code [pair, b2]}). */
  public static ObservableList parse(String yaml) {
    return fromConfig(ConfigNode.parse(yaml, "observables"));
  }

  /** Pair order of the first shell against the composition; {@code [pair]}. */
  public static ObservableList standard() {
    return parse("[pair]");
  }

  /** The configuration. */
  public ConfigNode toConfig() {
    return node;
  }

  List<OrderParameter> create(OrderContext context) {
    List<OrderParameter> parameters = new ArrayList<>();
    for (ConfigNode item : node.items()) {
      parameters.add(create(context, item));
    }
    return parameters;
  }

  private static OrderParameter create(OrderContext context, ConfigNode item) {
    if (item.isMapping() && item.find("class").isPresent()) {
      return own(context, item);
    }
    if (item.isMapping() && item.keys().size() != 1) {
      throw item.wrongType("one of " + ALLOWED + ", each an item of its own");
    }
    String kind = item.isMapping() ? item.keys().get(0) : item.text();
    ConfigNode options =
        item.isMapping() ? item.get(kind) : ConfigNode.parse("", item.where() + " " + kind);
    return switch (kind) {
      case "pair" -> new PairOrder(context, Binder.bind(options, PairOrderConfig.class));
      case "warren_cowley" ->
          new WarrenCowley(context, Binder.bind(options, ShellOrderConfig.class));
      case "b2" -> new B2Order(context, Binder.bind(options, B2OrderConfig.class));
      default -> throw item.wrongType(ALLOWED);
    };
  }

  private static OrderParameter own(OrderContext context, ConfigNode item) {
    String name = item.get("class").text();
    List<String> known = new ArrayList<>();
    for (OrderParameterProvider provider : ServiceLoader.load(OrderParameterProvider.class)) {
      if (provider.name().equals(name)) {
        return provider.create(context, item);
      }
      known.add(provider.name());
    }
    throw LatticeLiftException.badData(
        "no order parameter is called '" + name + "'",
        item.where(),
        known.isEmpty() ? "none is on the class path" : String.join(", ", known),
        "Put the jar that provides it, with its META-INF/services entry, on the class path");
  }

  /**
   * Non-proportional pair order (AL-50, AL-51): delta_ij = n_ij/N_i - z c_j for i &lt; j and
   * delta_ii = 2 n_ii/N_i - z c_i, with N_i the atoms of the whole lattice; on a patch N_i/K
   * (DI-55).
   */
  static final class PairOrder extends BondOrder {
    private final double[] reference;

    PairOrder(OrderContext context, PairOrderConfig options) {
      super(context, options.shell(), "", options.pairs());
      int species = context.species();
      reference = new double[counters()];
      int k = 0;
      for (int i = 1; i <= species; i++) {
        for (int j = i; j <= species; j++) {
          boolean composition = options.reference() == Reference.COMPOSITION;
          double share = composition ? context.concentration(j) : 1.0 / species;
          scale(k, (i == j ? 2 : 1) / context.divisor(i));
          reference[k++] = -coordination() * share;
        }
      }
    }

    @Override
    public double reference(int i) {
      return reference[pair(i)];
    }
  }

  /**
   * Warren-Cowley parameters alpha_ij = 1 - p_ij/x_j, where p_ij is the share of j among the atoms
   * beside an atom i, and x_j its share among all atoms: n_ij/M_i for i &lt; j, 2 n_ii/M_i for i =
   * j, with M_i the atoms beside atoms i. Where values are to be linear in the counts, M_i is that
   * of vacancies at random, z N_i (A - 1)/(S - 1) of A atoms on S sites; that is exact for all
   * species together as long as no two vacancies are neighbours.
   */
  static final class WarrenCowley extends BondOrder {
    private final int species;

    private final double[] share;

    WarrenCowley(OrderContext context, ShellOrderConfig options) {
      super(context, options.shell(), "warren_cowley.", Optional.empty());
      species = context.species();
      share = new double[species];
      Arrays.setAll(share, i -> context.concentration(i + 1));
      int k = 0;
      for (int i = 1; i <= species; i++) {
        for (int j = i; j <= species; j++) {
          double beside = coordination() * context.divisor(i) * context.besideAtoms();
          double expected = beside * context.concentration(j);
          scale(k++, expected == 0 ? 0 : (i == j ? -2 : -1) / expected);
        }
      }
    }

    @Override
    public void exact(long[] counts, int at, double[] out, int to) {
      int k = 0;
      for (int i = 0; i < species; i++) {
        long beside = beside(i, counts, at);
        for (int j = i; j < species; j++) {
          double part = (i == j ? 2.0 : 1.0) * counts[at + k] / Math.max(1, beside);
          out[to + k++] = beside == 0 || share[j] == 0 ? 0 : 1 - part / share[j];
        }
      }
    }

    /** Atoms beside atoms of a species; its own pairs count at both ends. */
    private long beside(int i, long[] counts, int at) {
      long sum = 0;
      int k = 0;
      for (int a = 0; a < species; a++) {
        for (int b = a; b < species; b++, k++) {
          sum += (a == i ? counts[at + k] : 0) + (b == i ? counts[at + k] : 0);
        }
      }
      return sum;
    }

    @Override
    public double reference(int i) {
      return 1;
    }
  }

  /**
   * One value for each chosen pair of species: a factor times the number of its bonds, plus a
   * reference.
   */
  abstract static class BondOrder implements OrderParameter {
    private final PairCounter counter;
    private final List<String> names;

    /** Of the values, where their pairs are in the order of AL-51. */
    private final int[] pair;

    private final double[] factor;

    /** For one shell; {@link #scale} is to be called for every pair, chosen or not. */
    BondOrder(OrderContext context, int shell, String prefix, Optional<List<String>> chosen) {
      counter = PairCounter.of(context.crystal(), shell, context.species());
      List<String> all = PairNames.of(context.speciesNames(), "");
      pair = chosen.map(some -> places(some, all)).orElse(IntStream.range(0, all.size()).toArray());
      String before = prefix + PairNames.prefix(shell);
      names = IntStream.of(pair).mapToObj(k -> before + all.get(k)).toList();
      factor = new double[all.size()];
    }

    private static int[] places(List<String> chosen, List<String> all) {
      HashSet<String> seen = new HashSet<>();
      for (String name : chosen) {
        if (!all.contains(name) || !seen.add(name)) {
          throw LatticeLiftException.badData(
              all.contains(name) ? "order of " + name + " twice" : "order of pair '" + name + "'",
              "lattice.observables",
              "each of " + all + " at most once",
              "Correct the list");
        }
      }
      if (chosen.isEmpty()) {
        throw LatticeLiftException.badData(
            "no pair", "lattice.observables", "some of " + all, "Name some, or leave 'pairs' out");
      }
      return chosen.stream().mapToInt(all::indexOf).toArray();
    }

    /** Where the pair of a value is in the order of AL-51. */
    final int pair(int i) {
      return pair[i];
    }

    /** Sets the factor of pair k in the order of AL-51. */
    final void scale(int k, double perBond) {
      factor[k] = perBond;
    }

    /** Neighbours of a site in the shell. */
    final double coordination() {
      return counter.coordination();
    }

    @Override
    public final List<String> names() {
      return names;
    }

    @Override
    public final int counters() {
      return counter.counters();
    }

    @Override
    public final void add(Lattice lattice, CellBox box, long[] counts, int at) {
      counter.add(lattice, box, counts, at);
    }

    @Override
    public final void jumped(JumpEvent event, long[] counts, int at) {
      counter.jumped(event, counts, at);
    }

    @Override
    public final void linear(long[] counts, int at, double patches, double[] out, int to) {
      for (int i = 0; i < pair.length; i++) {
        out[to + i] = counts[at + pair[i]] * factor[pair[i]] * patches;
      }
    }

    @Override
    public final int whenShifted(int i) {
      return 1;
    }
  }

  /**
   * B2 long-range order of BCC: (atoms of a species on corners - on centres)/atoms of the species,
   * from -1 to 1, 0 in a random alloy.
   */
  static final class B2Order implements OrderParameter {
    private static final int NONE = -1;

    private final List<String> names;
    private final double[] divisor;

    /** Index of each species code among those that are counted. */
    private final int[] slot;

    B2Order(OrderContext context, B2OrderConfig config) {
      if (!context.crystal().isBcc()) {
        throw LatticeLiftException.badData(
            "b2 order is not defined for crystal " + context.crystal().name(),
            "lattice.observables",
            "b2 for crystal bcc",
            "Remove b2");
      }
      List<String> species = config.species().orElse(context.speciesNames());
      names = species.stream().map(name -> "b2." + name).toList();
      divisor = new double[names.size()];
      slot = new int[context.species() + 1];
      Arrays.fill(slot, NONE);
      for (int s = 0; s < divisor.length; s++) {
        int code = 1 + context.speciesNames().indexOf(species.get(s));
        requireNew(species.get(s), code, context);
        divisor[s] = context.divisor(code);
        slot[code] = s;
      }
    }

    private void requireNew(String name, int code, OrderContext context) {
      if (code == 0 || slot[code] != NONE) {
        throw LatticeLiftException.badData(
            code == 0 ? "b2 order of species '" + name + "'" : "b2 order of " + name + " twice",
            "lattice.observables",
            "each of " + context.speciesNames() + " at most once",
            "Correct the list");
      }
    }

    @Override
    public List<String> names() {
      return names;
    }

    @Override
    public int counters() {
      return divisor.length;
    }

    @Override
    public void add(Lattice lattice, CellBox box, long[] counts, int at) {
      for (int i = 0; i < box.nx(); i++) {
        byte[] plane = lattice.plane((box.x() + i) % lattice.nx());
        for (int k = 0; k < box.ny(); k++) {
          int row = (box.y() + k) % lattice.ny() * lattice.nz();
          for (int m = 0; m < box.nz(); m++) {
            int corner = 2 * (row + (box.z() + m) % lattice.nz());
            change(counts, at, plane[corner], 1);
            change(counts, at, plane[corner + 1], -1);
          }
        }
      }
    }

    @Override
    public void jumped(JumpEvent event, long[] counts, int at) {
      change(counts, at, event.species(), 2 * (event.basisTo() - event.basisFrom()));
    }

    private void change(long[] counts, int at, int code, int by) {
      if (slot[code] != NONE) {
        counts[at + slot[code]] += by;
      }
    }

    @Override
    public void linear(long[] counts, int at, double patches, double[] out, int to) {
      for (int s = 0; s < divisor.length; s++) {
        out[to + s] = counts[at + s] / divisor[s] * patches;
      }
    }

    @Override
    public double reference(int i) {
      return 0;
    }

    @Override
    public int whenShifted(int i) {
      return -1;
    }
  }

  /** Options of {@code warren_cowley}. */
  record ShellOrderConfig(
      @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell) {}

  /**
   * Options of {@code b2}. The orders of all species are nearly dependent, as corners and centres
   * are equally many: to train on, leave one out.
   */
  record B2OrderConfig(@Doc("species; default all") Optional<List<String>> species) {}

  /**
   * Options of {@code pair}. The pairs of one shell depend on each other by sum rules: to train on
   * those of a shell other than the first, choose some.
   */
  record PairOrderConfig(
      @Default("1") @Range(min = 1) @Doc("neighbour shell, 1 the nearest") int shell,
      @Default("composition") @Doc("random alloy that is subtracted") Reference reference,
      @Doc("pairs such as MoMo; default all") Optional<List<String>> pairs) {}

  /** The random alloy that pair order is measured against. */
  public enum Reference {
    /** z c_j, with c_j the share of species j among the atoms. */
    COMPOSITION,
    /** z divided by the number of species (AL-51: 8/3). */
    EQUIMOLAR
  }
}
