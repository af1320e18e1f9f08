package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.SdeScaling;

/**
 * The ellipsoid around all states that a model is trained on, in scaled variables: its centre is
 * the mean state of a condition, a polynomial in u between conditions, and its axes are those of
 * the covariance around these centres.
 *
 * @param centre for each power of u, [variables]
 * @param inward to own units, [variables, variables]
 * @param outward from them
 * @param radius that holds all states, with a margin
 */
record TrainedRegion(List<double[]> centre, double[][] inward, double[][] outward, double radius) {
  /** Beyond the farthest state that was seen. */
  private static final double MARGIN = 1.25;

  /** So that variables that hardly vary have an extent. */
  private static final double LEAST_VARIANCE = 1e-6;

  static TrainedRegion of(Baseline baseline, SdeScaling scaling, PairSet pairs) {
    List<double[]> centre = centres(baseline, scaling, pairs);
    int d = pairs.variables();
    RealMatrix covariance = new Array2DRowRealMatrix(d, d);
    double[] off = new double[d];
    for (int k = 0; k < pairs.count(); k++) {
      offset(baseline, scaling, pairs, k, centre, off);
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance.addToEntry(i, j, off[i] * off[j] / pairs.count());
        }
      }
    }
    for (int i = 0; i < d; i++) {
      covariance.addToEntry(i, i, LEAST_VARIANCE);
    }
    RealMatrix outward = new CholeskyDecomposition(covariance, 1e-9, 0).getL();
    RealMatrix inward = new LUDecomposition(outward).getSolver().getInverse();
    double farthest = 0;
    for (int k = 0; k < pairs.count(); k++) {
      offset(baseline, scaling, pairs, k, centre, off);
      double square = Arrays.stream(inward.operate(off)).map(x -> x * x).sum();
      farthest = Math.max(farthest, Math.sqrt(square));
    }
    return new TrainedRegion(centre, inward.getData(), outward.getData(), MARGIN * farthest);
  }

  private static void offset(
      Baseline baseline,
      SdeScaling scaling,
      PairSet pairs,
      int k,
      List<double[]> centre,
      double[] off) {
    double u = baseline.input(pairs.values()[pairs.condition()[k]]);
    Arrays.setAll(
        off,
        i -> {
          double at = 0;
          for (int power = centre.size() - 1; power >= 0; power--) {
            at = at * u + centre.get(power)[i];
          }
          return scaling.toScaled(i, pairs.z0()[k * pairs.variables() + i]) - at;
        });
  }

  /** Least squares of the mean states of the conditions. */
  private static List<double[]> centres(Baseline baseline, SdeScaling scaling, PairSet pairs) {
    int conditions = pairs.values().length;
    int d = pairs.variables();
    double[][] mean = new double[conditions][d];
    double[][] powers = new double[conditions][baseline.powers() + 1];
    for (int c = 0; c < conditions; c++) {
      int[] rows = pairs.rowsAt(c);
      for (int k : rows) {
        for (int i = 0; i < d; i++) {
          mean[c][i] += scaling.toScaled(i, pairs.z0()[k * d + i]) / rows.length;
        }
      }
      double u = baseline.input(pairs.values()[c]);
      Arrays.setAll(powers[c], power -> Math.pow(u, power));
    }
    RealMatrix fitted =
        new QRDecomposition(new Array2DRowRealMatrix(powers))
            .getSolver()
            .solve(new Array2DRowRealMatrix(mean));
    List<double[]> centres = new ArrayList<>();
    for (int power = 0; power <= baseline.powers(); power++) {
      centres.add(fitted.getRow(power));
    }
    return centres;
  }

  /** The arrays in the order of the parameters of a model. */
  List<float[]> parameters() {
    List<float[]> all = new ArrayList<>(List.of(flat(inward), flat(outward)));
    centre.forEach(each -> all.add(flat(new double[][] {each})));
    return all;
  }

  private static float[] flat(double[][] rows) {
    int columns = rows[0].length;
    float[] flat = new float[rows.length * columns];
    for (int at = 0; at < flat.length; at++) {
      flat[at] = (float) rows[at / columns][at % columns];
    }
    return flat;
  }
}
