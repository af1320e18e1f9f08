package org.latticelift.sim.vacancy.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The configured order parameters of an alloy of given composition. Immutable and usable by several
 * threads; {@link Counts} hold the state.
 */
public final class OrderParameters {
  private final OrderParameter[] parameters;
  private final int[] firstCount;
  private final int[] firstValue;
  private final List<String> names = new ArrayList<>();
  private final List<String> units = new ArrayList<>();
  private final double[] reference;

  private OrderParameters(OrderContext context, ObservableList config) {
    parameters = config.create(context).toArray(new OrderParameter[0]);
    firstCount = new int[parameters.length + 1];
    firstValue = new int[parameters.length + 1];
    for (int p = 0; p < parameters.length; p++) {
      firstCount[p + 1] = firstCount[p] + parameters[p].counters();
      firstValue[p + 1] = firstValue[p] + parameters[p].names().size();
      for (String name : parameters[p].names()) {
        names.add(name);
        units.add(parameters[p].units());
      }
    }
    requireUnique(config);
    reference = new double[names.size()];
    for (int p = 0; p < parameters.length; p++) {
      for (int i = firstValue[p]; i < firstValue[p + 1]; i++) {
        reference[i] = parameters[p].reference(i - firstValue[p]);
      }
    }
  }

  private void requireUnique(ObservableList config) {
    HashSet<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw LatticeLiftException.badData(
            "observable " + name + " is configured twice",
            config.toConfig().where(),
            "every observable once",
            "Remove one");
      }
    }
  }

  /**
   * Order parameters of an alloy.
   *
   * @param speciesNames names of the species with codes 1, 2, ...
   * @param atomCounts sites of the whole lattice per code; index 0 the vacancies
   * @param config what to observe
   * @return the parameters, in the order of the list
   */
  public static OrderParameters of(
      Crystal crystal, List<String> speciesNames, long[] atomCounts, ObservableList config) {
    return new OrderParameters(new OrderContext(crystal, speciesNames, atomCounts), config);
  }

  /** Names of the values; such as NbNb, NbMo, NbTa, MoMo, MoTa, TaTa (AL-51). */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Unit of a value; such as {@code 1}. */
  public String units(int i) {
    return units.get(i);
  }

  /** Number of values, at least 1. */
  public int size() {
    return names.size();
  }

  /**
   * Value of a random alloy subtracted from (added with its sign to) the linear part; -z c_j for
   * pair order, 1 for Warren-Cowley, 0 for B2.
   */
  public double reference(int i) {
    return reference[i];
  }

  /**
   * What is subtracted from the linear parts; z c_j for pair order; the negative of {@link
   * #reference} for each value.
   */
  public double[] subtracted() {
    double[] subtracted = new double[reference.length];
    for (int i = 0; i < subtracted.length; i++) {
      subtracted[i] = 0 - reference[i]; // no negative zero
    }
    return subtracted;
  }

  /**
   * The mirror image of the values: what becomes of them when the two sublattices of BCC change
   * places; -1 for each value that changes its sign, 1 for the others; empty where none does, or a
   * parameter does not tell.
   */
  public int[] mirror() {
    int[] signs = new int[names.size()];
    for (int p = 0; p < parameters.length; p++) {
      for (int i = firstValue[p]; i < firstValue[p + 1]; i++) {
        signs[i] = parameters[p].whenShifted(i - firstValue[p]);
      }
    }
    boolean known = Arrays.stream(signs).noneMatch(sign -> sign == 0);
    return known && Arrays.stream(signs).anyMatch(sign -> sign < 0) ? signs : new int[0];
  }

  /** Room for counts. */
  public Counts newCounts() {
    return new Counts(firstCount[parameters.length]);
  }

  /** Counts the whole lattice ({@code lattice}: not modified). */
  public void recount(Lattice lattice, Counts counts) {
    recountPatch(lattice, CellBox.all(lattice), counts);
  }

  /**
   * Counts what the sites of a patch own; bonds reach over its border to the true neighbours
   * (DI-04). {@code lattice}: not modified. {@code box}: the patch, periodic.
   */
  public void recountPatch(Lattice lattice, CellBox box, Counts counts) {
    counts.clear();
    for (int p = 0; p < parameters.length; p++) {
      parameters[p].add(lattice, box, counts.array(), firstCount[p]);
    }
  }

  /**
   * The order parameters.
   *
   * @param counts of the whole or of a patch
   * @param patches number K of patches in the whole; 1 for the whole
   * @param out filled with {@link #size} values
   */
  public void values(Counts counts, double patches, double[] out) {
    difference(counts, patches, out);
    for (int i = 0; i < reference.length; i++) {
      out[i] += reference[i];
    }
  }

  /**
   * The order parameters of a state by itself, as they are defined: Warren-Cowley parameters with
   * the atoms that are beside atoms, where those of a run take them to be as many as in the mean
   * ({@code out}: filled with {@link #size} values).
   */
  public void exactValues(Counts counts, double[] out) {
    for (int p = 0; p < parameters.length; p++) {
      parameters[p].exact(counts.array(), firstCount[p], out, firstValue[p]);
    }
  }

  /**
   * Increments: the values without the reference ({@code change}: counts after minus counts before;
   * {@code out}: filled with {@link #size} increments).
   */
  public void difference(Counts change, double patches, double[] out) {
    for (int p = 0; p < parameters.length; p++) {
      parameters[p].linear(change.array(), firstCount[p], patches, out, firstValue[p]);
    }
  }

  /**
   * Keeps counts up to date jump by jump: the result equals a recount of the whole lattice, and
   * counts that start at zero become the change ({@code counts}: changed at every jump); an
   * observer; allocates nothing per jump.
   */
  public JumpObserver tracker(Counts counts) {
    return event -> count(event, counts);
  }

  /**
   * Adds what one jump changes ({@code event}: the jump, made or possible; {@code counts}:
   * changed).
   */
  void count(JumpEvent event, Counts counts) {
    for (int p = 0; p < parameters.length; p++) {
      parameters[p].jumped(event, counts.array(), firstCount[p]);
    }
  }
}
