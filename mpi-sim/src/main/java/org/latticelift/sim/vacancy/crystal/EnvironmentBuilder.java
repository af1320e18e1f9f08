package org.latticelift.sim.vacancy.crystal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds environments, shells and canonical hop maps of any crystal from its definition. */
final class EnvironmentBuilder {
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
        "crystal " + spec.name() + ": the point group does not relate the hops of basis " + basis);
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
    return new EnvironmentGeometry(sites.toArray(new SiteOffset[0]), shells, maps, target, reverse);
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
