package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Map;
import org.latticelift.sim.system.Encoding;

/** Mean reconstruction error of a batch (ME-09, PP-33, IS-43). */
final class AutoencoderLoss {
  private final Autoencoder autoencoder;
  private final Network encoder;
  private final Network decoder;
  private final int inputs;
  private final int patches;
  private final PatchLayout mosaic;
  private final PatchPlaces places;

  AutoencoderLoss(Autoencoder autoencoder) {
    this.autoencoder = autoencoder;
    this.encoder = autoencoder.encoder();
    this.decoder = autoencoder.decoder();
    this.inputs = autoencoder.encoding().inputs();
    this.patches = autoencoder.encoding().patches();
    this.mosaic = new PatchLayout(autoencoder.encoding());
    this.places = new PatchPlaces(autoencoder.encoding());
  }

  /**
   * Evaluates a batch.
   *
   * @param flat all parameters
   * @param statistics running statistics, changed while training
   * @param rows which states
   */
  NDArray mean(
      NDManager step,
      NDArray flat,
      Map<String, NDArray> statistics,
      boolean training,
      LargeStates states,
      int[] rows) {
    int m = autoencoder.observables();
    int size = mosaic.size();
    float[] parts = new float[rows.length * size];
    float[] whole = new float[rows.length * size];
    float[] observables = new float[rows.length * m];
    for (int i = 0; i < rows.length; i++) {
      states.patches(rows[i], parts, i * size);
      mosaic.assemble(parts, i * size, whole, i * size);
      double[] z = states.observables(rows[i]);
      for (int c = 0; c < m; c++) {
        observables[i * m + c] = (float) z[c];
      }
    }
    BoundParameters arrays =
        new BoundParameters(step, autoencoder.parameters(), flat, statistics, training);
    long batch = rows.length;
    NDArray patch = step.create(parts, new Shape(batch * patches, inputs));
    NDArray closures =
        encoder
            .apply(patch, arrays)
            .reshape(new Shape(batch, patches, autoencoder.dim()))
            .mean(new int[] {1});
    NDArray z = step.create(observables, new Shape(batch, m)).concat(closures, 1);
    boolean byPatch = autoencoder.byPatch();
    NDArray output = decoder.apply(byPatch ? places.beside(step, z) : z, arrays);
    NDArray truth =
        byPatch
            ? step.create(parts, new Shape(batch * patches, inputs))
            : step.create(whole, new Shape(batch, size));
    return autoencoder.encoding().values() == Encoding.Values.REAL
        ? truth.sub(output).square().mean()
        : crossEntropy(truth, output);
  }

  /** Of the probability of +1, the sigmoid of the output l: log(1 + e^l) - l (x + 1)/2. */
  private static NDArray crossEntropy(NDArray truth, NDArray output) {
    NDArray logarithm = output.abs().neg().exp().add(1).log();
    NDArray softplus = Activation.relu(output).add(logarithm);
    return softplus.sub(output.mul(truth.add(1)).mul(0.5f)).mean();
  }
}
