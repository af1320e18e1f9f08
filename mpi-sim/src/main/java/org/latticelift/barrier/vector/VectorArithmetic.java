package org.latticelift.barrier.vector;

import java.util.Arrays;
import java.util.List;
import org.latticelift.barrier.Activation;
import org.latticelift.barrier.DenseLayer;
import org.latticelift.barrier.NetworkArithmetic;
import org.latticelift.barrier.NetworkParameters;

/**
 * Evaluates a network panel by panel: all blocks of a call go through a panel while it is in the
 * first-level cache. Activations lie row by row in two buffers that alternate between layers; rows
 * are padded to whole panels.
 */
final class VectorArithmetic implements NetworkArithmetic {
  private final PanelKernel kernel;
  private final int codes;
  private final WeightPanel[][] panels;
  private final int[] widths;
  private final float[] outputWeight;
  private final float outputBias;
  private final boolean silu;
  private final int[][] scaled;
  private final float[] even;
  private final float[] odd;

  VectorArithmetic(NetworkParameters network, PanelKernel kernel) {
    this.kernel = kernel;
    List<DenseLayer> dense = network.dense();
    codes = network.codes();
    panels = new WeightPanel[dense.size() + 1][];
    panels[0] = WeightPanel.of(network.table(), network.bias(), kernel.width());
    for (int i = 0; i < dense.size(); i++) {
      panels[i + 1] = WeightPanel.of(dense.get(i).weight(), dense.get(i).bias(), kernel.width());
    }
    widths = Arrays.stream(panels).mapToInt(p -> p.length * kernel.width()).toArray();
    outputWeight = network.outputWeight();
    outputBias = network.outputBias();
    silu = network.activation() == Activation.SILU;
    scaled = new int[MAX_BLOCKS][network.sites()];
    int widest = Arrays.stream(widths).max().orElseThrow();
    even = new float[MAX_BLOCKS * BLOCK * widest];
    odd = new float[MAX_BLOCKS * BLOCK * widest];
  }

  @Override
  public void evaluate(
      int blocks, byte[] environments, int[] offsets, int[][] labSites, float[] barriers) {
    for (int b = 0; b < blocks; b++) {
      scale(environments, offsets[b], scaled[b]);
    }
    table(blocks, labSites);
    float[] in = even;
    float[] out = odd;
    for (int layer = 1; layer < panels.length; layer++) {
      product(layer, blocks, in, out);
      float[] swap = in;
      in = out;
      out = swap;
    }
    for (int b = 0; b < blocks; b++) {
      output(in, b * BLOCK * widths[panels.length - 1], barriers, b * BLOCK);
    }
  }

  /** Codes times the width of a panel: where the row of a code begins within its position. */
  private void scale(byte[] environments, int at, int[] into) {
    int width = kernel.width();
    for (int j = 0; j < into.length; j++) {
      into[j] = environments[at + j] * width;
    }
  }

  private void table(int blocks, int[][] labSites) {
    int width = kernel.width();
    for (int panel = 0; panel < panels[0].length; panel++) {
      for (int b = 0; b < blocks; b++) {
        int to = b * BLOCK * widths[0] + panel * width;
        kernel.table(scaled[b], labSites[b], panels[0][panel], codes * width, even, to, widths[0]);
      }
    }
    activate(even, blocks * BLOCK * widths[0]);
  }

  private void product(int layer, int blocks, float[] in, float[] out) {
    int from = widths[layer - 1];
    int stride = widths[layer];
    for (int panel = 0; panel < panels[layer].length; panel++) {
      for (int b = 0; b < blocks; b++) {
        int to = b * BLOCK * stride + panel * kernel.width();
        kernel.product(in, b * BLOCK * from, from, panels[layer][panel], out, to, stride);
      }
    }
    activate(out, blocks * BLOCK * stride);
  }

  private void activate(float[] values, int count) {
    if (silu) {
      kernel.silu(values, count);
    } else {
      kernel.relu(values, count);
    }
  }

  private void output(float[] x, int at, float[] barriers, int to) {
    int width = widths[panels.length - 1];
    outputFour(x, at, width, barriers, to);
    outputFour(x, at + 4 * width, width, barriers, to + 4);
  }

  private void outputFour(float[] x, int at, int width, float[] barriers, int to) {
    float s0 = outputBias;
    float s1 = outputBias;
    float s2 = outputBias;
    float s3 = outputBias;
    float[] w = outputWeight;
    for (int n = 0; n < w.length; n++) {
      float factor = w[n];
      s0 = Math.fma(x[at + n], factor, s0);
      s1 = Math.fma(x[at + width + n], factor, s1);
      s2 = Math.fma(x[at + 2 * width + n], factor, s2);
      s3 = Math.fma(x[at + 3 * width + n], factor, s3);
    }
    barriers[to] = s0;
    barriers[to + 1] = s1;
    barriers[to + 2] = s2;
    barriers[to + 3] = s3;
  }
}
