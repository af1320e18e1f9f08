package org.latticelift.sim.vacancy.crystal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A crystal: conventional cell, basis, hops of a vacancy and the range of its environment.
 * Immutable.
 *
 * <p>Axes of the cell are a, b, c; a site is (x, y, z, basis). BCC with the maps of AL-20 is {@link
 * #bcc()}; the maps of other crystals are found from their point group by {@link #of}.
 */
public final class Crystal {
  private final CrystalSpec spec;
  private final EnvironmentGeometry[] environments;

  Crystal(CrystalSpec spec, EnvironmentGeometry[] environments) {
    this.spec = spec;
    this.environments = environments.clone();
  }

  /**
   * Body-centred cubic: lattice constant 3.24 Å, eight hops in the order of AL-05, 112 environment
   * sites within 7.5 Å, canonical maps of AL-20.
   */
  public static Crystal bcc() {
    return Holder.BCC;
  }

  /**
   * Face-centred cubic: lattice constant 3.6 Å, twelve hops, environment of four shells; a crystal
   * with four basis positions.
   */
  public static Crystal fcc() {
    return Holder.FCC;
  }

  /**
   * Builds a crystal and its maps.
   *
   * @param spec cell, basis, hop length, cut-off and point group
   * @throws IllegalArgumentException if hops are not related by the point group or the cut-off does
   *     not contain the hops
   */
  public static Crystal of(CrystalSpec spec) {
    return new Crystal(spec, EnvironmentBuilder.build(spec));
  }

  /** What the crystal was made of. */
  public CrystalSpec spec() {
    return spec;
  }

  /** The name, such as {@code bcc}. */
  public String name() {
    return spec.name();
  }

  /**
   * Whether it is body-centred cubic, for which some forms of files and some fast paths are, by its
   * name.
   */
  public boolean isBcc() {
    return name().equals(CrystalSpec.BCC);
  }

  /** Sites per conventional cell, at least 1. */
  public int basisCount() {
    return spec.basis().size();
  }

  /** Hop directions of a vacancy; the same for every basis position. */
  public int hopCount() {
    return environments[0].hops();
  }

  /** Sites within the cut-off, the centre not counted; the same for every basis position. */
  public int environmentSize() {
    return environments[0].sites();
  }

  /**
   * How far an environment reaches along an axis; largest displacement of an environment site, in
   * cells.
   */
  public int reach() {
    int reach = 0;
    for (EnvironmentGeometry environment : environments) {
      for (int j = 0; j < environment.sites(); j++) {
        reach = Math.max(reach, Math.abs(environment.dx(j)));
        reach = Math.max(reach, Math.abs(environment.dy(j)));
        reach = Math.max(reach, Math.abs(environment.dz(j)));
      }
    }
    return reach;
  }

  /** The environment of a site. */
  public EnvironmentGeometry environment(int basis) {
    return environments[basis];
  }

  /**
   * Neighbours of one shell ({@code shell}: 1 for the nearest neighbours); all sites of the shell,
   * in lab order.
   */
  public List<SiteOffset> shell(int basis, int shell) {
    return environments[basis].shell(shell);
  }

  private static final class Holder {
    static final Crystal BCC = new Crystal(CrystalSpec.bcc(), BccEnvironment.build());
    static final Crystal FCC = of(CrystalSpec.fcc());
  }

  /**
   * The environment of BCC with the canonical maps of AL-20, which are rotations about z and the
   * mirror of z (other choices are possible; a network trained with these knows only these, AL-21).
   */
  static final class BccEnvironment {
    private BccEnvironment() {}

    static EnvironmentGeometry[] build() {
      CrystalSpec spec = CrystalSpec.bcc();
      EnvironmentGeometry[] general = EnvironmentBuilder.build(spec);
      return new EnvironmentGeometry[] {withTable(general[0], 0), withTable(general[1], 1)};
    }

    private static EnvironmentGeometry withTable(EnvironmentGeometry general, int basis) {
      int n = general.sites();
      SiteOffset[] offsets = new SiteOffset[n];
      int[] shells = new int[n];
      for (int j = 0; j < n; j++) {
        offsets[j] = general.offset(j);
        shells[j] = general.shellOf(j);
      }
      int hops = general.hops();
      int[][] canonical = new int[hops][n];
      int[] target = new int[hops];
      int[] reverse = new int[hops];
      List<SiteOffset> order = List.of(offsets);
      for (int d = 0; d < hops; d++) {
        target[d] = general.hopTarget(d);
        reverse[d] = general.reverse(d);
        for (int k = 0; k < n; k++) {
          canonical[d][k] =
              order.indexOf(fromHalfGrid(gather(d, halfGrid(offsets[k], basis)), basis));
        }
      }
      return new EnvironmentGeometry(offsets, shells, canonical, target, reverse);
    }

    /** The point of the original block that C_d(x,y,z) is taken from (column "gather" of AL-20). */
    static int[] gather(int d, int[] p) {
      int x = p[0];
      int y = p[1];
      int z = (d & 1) == 0 ? -p[2] : p[2];
      return switch (d >> 1) {
        case 0 -> new int[] {-x, -y, z};
        case 1 -> new int[] {-y, x, z};
        case 2 -> new int[] {y, -x, z};
        default -> new int[] {x, y, z};
      };
    }

    private static int[] halfGrid(SiteOffset o, int basis) {
      int shift = o.basis() - basis;
      return new int[] {2 * o.dx() + shift, 2 * o.dy() + shift, 2 * o.dz() + shift};
    }

    private static SiteOffset fromHalfGrid(int[] p, int basis) {
      int target = Math.floorMod(p[0] + basis, 2);
      int shift = target - basis;
      return new SiteOffset((p[0] - shift) / 2, (p[1] - shift) / 2, (p[2] - shift) / 2, target);
    }
  }

  /** Finds environments, shells and canonical hop maps of any crystal from its definition. */
  static final class EnvironmentBuilder {
    private static final double TOLERANCE = 1e-6;

    private final CrystalSpec spec;
    private final int basis;

    private EnvironmentBuilder(CrystalSpec spec, int basis) {
      this.spec = spec;
      this.basis = basis;
    }

    static EnvironmentGeometry[] build(CrystalSpec spec) {
      List<List<SiteOffset>> hops = new ArrayList<>();
      for (int b = 0; b < spec.basis().size(); b++) {
        hops.add(new EnvironmentBuilder(spec, b).hops());
      }
      EnvironmentGeometry[] result = new EnvironmentGeometry[hops.size()];
      for (int b = 0; b < result.length; b++) {
        EnvironmentBuilder builder = new EnvironmentBuilder(spec, b);
        List<SiteOffset> sites = builder.sites();
        int[][] maps = builder.canonicalMaps(sites, hops.get(b), referenceHop(hops.get(0)));
        result[b] = assemble(spec, b, sites, maps, hops);
      }
      return result;
    }

    /** The last hop of the first basis position; its environment defines the canonical order. */
    private static SiteOffset referenceHop(List<SiteOffset> hops) {
      return hops.get(hops.size() - 1);
    }

    /** Environment sites sorted by position, first axis slowest (the order of AL-22). */
    List<SiteOffset> sites() {
      List<SiteOffset> found = new ArrayList<>();
      int reach = reach();
      for (int dx = -reach; dx <= reach; dx++) {
        for (int dy = -reach; dy <= reach; dy++) {
          for (int dz = -reach; dz <= reach; dz++) {
            for (int b = 0; b < spec.basis().size(); b++) {
              SiteOffset offset = new SiteOffset(dx, dy, dz, b);
              double length = length(offset);
              if (length > TOLERANCE && length <= spec.cutoff()) {
                found.add(offset);
              }
            }
          }
        }
      }
      found.sort(byPosition());
      return found;
    }

    /** Hop targets, sorted by position: BCC in the order of AL-05. */
    List<SiteOffset> hops() {
      return sites().stream()
          .filter(o -> Math.abs(length(o) - spec.hopLength()) < TOLERANCE * spec.hopLength())
          .toList();
    }

    private int[][] canonicalMaps(
        List<SiteOffset> sites, List<SiteOffset> hops, SiteOffset firstReference) {
      double[] reference = spec.fractional(0, firstReference);
      List<double[]> order =
          new EnvironmentBuilder(spec, 0)
              .sites().stream().map(site -> spec.fractional(0, site)).toList();
      Map<List<Long>, Integer> index = new HashMap<>();
      for (int j = 0; j < sites.size(); j++) {
        index.put(key(spec.fractional(basis, sites.get(j))), j);
      }
      int[][] maps = new int[hops.size()][];
      for (int d = 0; d < maps.length; d++) {
        maps[d] = mapOnto(reference, spec.fractional(basis, hops.get(d)), order, index);
      }
      return maps;
    }

    /**
     * The first operation that turns the reference hop into this hop and maps the environment onto
     * itself: gather map of the canonical image.
     */
    private int[] mapOnto(
        double[] reference, double[] hop, List<double[]> order, Map<List<Long>, Integer> index) {
      for (List<Integer> operation : spec.pointGroup()) {
        if (key(apply(operation, reference)).equals(key(hop))) {
          int[] map = new int[order.size()];
          boolean complete = true;
          for (int k = 0; k < map.length && complete; k++) {
            Integer image = index.get(key(apply(operation, order.get(k))));
            complete = image != null;
            map[k] = complete ? image : -1;
          }
          if (complete) {
            return map;
          }
        }
      }
      throw new IllegalArgumentException(
          "crystal "
              + spec.name()
              + ": the point group does not relate the hops of basis "
              + basis);
    }

    private static EnvironmentGeometry assemble(
        CrystalSpec spec,
        int basis,
        List<SiteOffset> sites,
        int[][] maps,
        List<List<SiteOffset>> hops) {
      int[] target = new int[hops.get(basis).size()];
      int[] reverse = new int[target.length];
      for (int d = 0; d < target.length; d++) {
        SiteOffset hop = hops.get(basis).get(d);
        target[d] = sites.indexOf(hop);
        SiteOffset back = new SiteOffset(-hop.dx(), -hop.dy(), -hop.dz(), basis);
        reverse[d] = hops.get(hop.basis()).indexOf(back);
      }
      int[] shells = new EnvironmentBuilder(spec, basis).shells(sites);
      return new EnvironmentGeometry(
          sites.toArray(new SiteOffset[0]), shells, maps, target, reverse);
    }

    int[] shells(List<SiteOffset> sites) {
      double[] lengths = sites.stream().mapToDouble(this::length).toArray();
      double[] sorted = lengths.clone();
      java.util.Arrays.sort(sorted);
      int[] shells = new int[lengths.length];
      for (int j = 0; j < lengths.length; j++) {
        int shell = 1;
        for (int i = 1; i < sorted.length && sorted[i] < lengths[j] + TOLERANCE; i++) {
          if (sorted[i] > sorted[i - 1] + TOLERANCE) {
            shell++;
          }
        }
        shells[j] = shell;
      }
      return shells;
    }

    private int reach() {
      double shortest =
          spec.cell().stream()
              .mapToDouble(
                  v -> Math.sqrt(v.stream().mapToDouble(component -> component * component).sum()))
              .min()
              .orElseThrow();
      return 2 + (int) Math.ceil(2 * spec.cutoff() / shortest);
    }

    private double length(SiteOffset offset) {
      double[] v = spec.vector(basis, offset);
      return Math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
    }

    private Comparator<SiteOffset> byPosition() {
      return Comparator.comparing((SiteOffset o) -> key(spec.vector(basis, o)), KEY_ORDER);
    }

    private static final Comparator<List<Long>> KEY_ORDER =
        Comparator.comparing((List<Long> k) -> k.get(0))
            .thenComparing(k -> k.get(1))
            .thenComparing(k -> k.get(2));

    private static List<Long> key(double[] v) {
      return List.of(
          Math.round(v[0] / TOLERANCE), Math.round(v[1] / TOLERANCE), Math.round(v[2] / TOLERANCE));
    }

    private static double[] apply(List<Integer> m, double[] v) {
      double[] result = new double[3];
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          result[row] += m.get(3 * row + column) * v[column];
        }
      }
      return result;
    }
  }

  /** Crystals that configurations can name. */
  public enum KnownCrystal {
    /** Body-centred cubic. */
    BCC,
    /** Face-centred cubic. */
    FCC;

    /** Its geometry; always the same object. */
    public Crystal crystal() {
      return switch (this) {
        case BCC -> Crystal.bcc();
        case FCC -> Crystal.fcc();
      };
    }
  }

  /**
   * The definition of a crystal.
   *
   * @param name lower-case name
   * @param cell three cell vectors in Å, row by row (3 x 3)
   * @param basis fractional coordinates of the sites of a cell, each in [0,1)
   * @param hopLength length of a hop in Å; every site at this distance (within 1e-6 relative) is a
   *     target
   * @param cutoff radius of the environment in Å
   * @param pointGroup operations as integer matrices on fractional coordinates (9 numbers, row by
   *     row), the identity among them
   */
  public record CrystalSpec(
      String name,
      List<List<Double>> cell,
      List<List<Double>> basis,
      double hopLength,
      double cutoff,
      List<List<Integer>> pointGroup) {

    /** Name of the body-centred cubic crystal. */
    static final String BCC = "bcc";

    /** Checks and copies. */
    public CrystalSpec {
      cell = List.copyOf(cell);
      basis = List.copyOf(basis);
      pointGroup = List.copyOf(pointGroup);
      if (cell.size() != 3 || basis.isEmpty() || !(hopLength > 0) || !(cutoff >= hopLength)) {
        throw new IllegalArgumentException(
            "a crystal needs three cell vectors, a basis, a hop length and a cut-off beyond it");
      }
    }

    /** BCC with a = 3.24 Å and cut-off 7.5 Å (AL-03, AL-11). */
    public static CrystalSpec bcc() {
      double a = 3.24;
      return new CrystalSpec(
          BCC,
          cubic(a),
          List.of(List.of(0.0, 0.0, 0.0), List.of(0.5, 0.5, 0.5)),
          a * Math.sqrt(3) / 2,
          7.5,
          cubicPointGroup());
    }

    /** FCC with a = 3.6 Å and an environment of four shells (54 sites). */
    public static CrystalSpec fcc() {
      double a = 3.6;
      return new CrystalSpec(
          "fcc",
          cubic(a),
          List.of(
              List.of(0.0, 0.0, 0.0),
              List.of(0.0, 0.5, 0.5),
              List.of(0.5, 0.0, 0.5),
              List.of(0.5, 0.5, 0.0)),
          a / Math.sqrt(2),
          1.45 * a,
          cubicPointGroup());
    }

    /** The 48 operations of the cube, identity first; signed permutation matrices, row by row. */
    public static List<List<Integer>> cubicPointGroup() {
      int[][] permutations = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {1, 0, 2}, {0, 2, 1}, {2, 1, 0}};
      List<List<Integer>> operations = new ArrayList<>();
      for (int[] permutation : permutations) {
        for (int signs = 0; signs < 8; signs++) {
          Integer[] matrix = {0, 0, 0, 0, 0, 0, 0, 0, 0};
          for (int row = 0; row < 3; row++) {
            matrix[3 * row + permutation[row]] = (signs >> row & 1) == 0 ? 1 : -1;
          }
          operations.add(List.of(matrix));
        }
      }
      return operations;
    }

    private static List<List<Double>> cubic(double a) {
      return List.of(List.of(a, 0.0, 0.0), List.of(0.0, a, 0.0), List.of(0.0, 0.0, a));
    }

    /** Cartesian vector of a displacement; x, y, z in Å. */
    public double[] vector(int from, SiteOffset offset) {
      double[] fractional = fractional(from, offset);
      double[] result = new double[3];
      for (int row = 0; row < 3; row++) {
        for (int axis = 0; axis < 3; axis++) {
          result[axis] += fractional[row] * cell.get(row).get(axis);
        }
      }
      return result;
    }

    /** Displacement in fractional coordinates; three numbers in units of the cell vectors. */
    public double[] fractional(int from, SiteOffset offset) {
      List<Double> start = basis.get(from);
      List<Double> end = basis.get(offset.basis());
      return new double[] {
        offset.dx() + end.get(0) - start.get(0),
        offset.dy() + end.get(1) - start.get(1),
        offset.dz() + end.get(2) - start.get(2)
      };
    }
  }
}
