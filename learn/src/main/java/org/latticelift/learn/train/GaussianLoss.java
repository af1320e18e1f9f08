package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.latticelift.learn.train.gradient.LossCovariance;

/**
 * The transition loss of ME-29: with A = D sigma sigma^T D dt + eps and r the residual, the mean of
 * r^T A^-1 r + ln det A. D = diag(sqrt kappa) multiplies the model covariance (ME-26).
 *
 * <p>A is factored as L D L^T (the square-root-free Cholesky factorisation) with the matrix indices
 * as leading axes, so that every operation runs over the batch; r is carried as an additional row,
 * which turns the corner element into -r^T A^-1 r.
 */
final class GaussianLoss {
  private final LossCovariance form;

  GaussianLoss(LossCovariance form) {
    this.form = form;
  }

  /**
   * The sum over the batch.
   *
   * @param residual z1 - z0 - mu dt, [B,d]
   * @param sigma [B,d,d]
   * @param dt [B,1], scaled
   * @return a scalar
   */
  NDArray sum(NDArray residual, NDArray sigma, NDArray dt) {
    long batch = residual.getShape().get(0);
    int d = (int) residual.getShape().get(1);
    NDArray scale = Scalars.times(dt, form.factors().common()).reshape(batch, 1, 1);
    NDArray weighted = form.factors().uniform() ? sigma : sigma.mul(roots(residual, d));
    NDArray covariance = weighted.matMul(weighted.transpose(0, 2, 1)).mul(scale);
    covariance = covariance.add(constants(residual, d));
    NDArray column = residual.reshape(batch, d, 1);
    NDArray row = residual.reshape(batch, 1, d).pad(new Shape(0, 1), 0);
    NDArray system = covariance.concat(column, 2).concat(row, 1);
    return eliminate(system.reshape(batch, (d + 1) * (d + 1)).transpose(), d, batch);
  }

  /** Sum of r^2 / (v dt), where constants v weigh the residuals. */
  NDArray weighed(NDArray residual, NDArray dt) {
    NDArray variances = array(residual, form.drift()).reshape(1, form.drift().length);
    return residual.mul(residual).div(variances.mul(dt)).sum();
  }

  private NDArray roots(NDArray like, int d) {
    double[] roots = new double[d];
    Arrays.setAll(roots, form.factors()::root);
    return array(like, roots).reshape(1, d, 1);
  }

  private NDArray constants(NDArray like, int d) {
    NDArray eye = like.getManager().eye(d, d, 0, like.getDataType());
    return eye.mul(array(like, form.epsilon()));
  }

  private static NDArray array(NDArray like, double[] values) {
    return like.getManager().create(values).toType(like.getDataType(), false);
  }

  private static NDArray eliminate(NDArray flat, int d, long batch) {
    NDArray a = flat.reshape(d + 1, d + 1, batch);
    NDArray total = null;
    for (int k = 0; k < d; k++) {
      int n = d + 1 - k;
      NDArray head = a.get(0);
      NDArray pivot = head.get(0);
      NDArray rest = head.get("1:");
      NDArray factor = rest.div(pivot);
      NDArray update = rest.reshape(n - 1, 1, batch).mul(factor.reshape(1, n - 1, batch));
      a = a.get("1:, 1:").sub(update);
      NDArray log = pivot.log();
      total = total == null ? log : total.add(log);
    }
    return total.sub(a.reshape(batch)).sum();
  }
}
