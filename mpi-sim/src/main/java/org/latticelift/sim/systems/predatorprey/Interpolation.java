package org.latticelift.sim.systems.predatorprey;

/**
 * Upsample: linear interpolation between cell centres, level by level, beyond the outermost coarse
 * centres their value (PP-15).
 */
final class Interpolation {
  private Interpolation() {}

  static Fields enlarge(Fields fields, int factor) {
    return new Fields(enlarge(fields.prey(), factor), enlarge(fields.predator(), factor));
  }

  private static double[] enlarge(double[] coarse, int factor) {
    double[] fine = new double[coarse.length * factor];
    for (int i = 0; i < fine.length; i++) {
      double at = (i + 0.5) / factor - 0.5; // in coarse cells, 0 at the first centre
      int left = Math.min(coarse.length - 1, Math.max(0, (int) Math.floor(at)));
      int right = Math.min(coarse.length - 1, left + 1);
      double weight = Math.min(1, Math.max(0, at - left));
      fine[i] = (1 - weight) * coarse[left] + weight * coarse[right];
    }
    return fine;
  }
}
