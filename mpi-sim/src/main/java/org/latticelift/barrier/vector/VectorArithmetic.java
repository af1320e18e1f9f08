package org.latticelift.barrier.vector;

import java.util.Arrays;
import java.util.List;
import org.latticelift.barrier.Activation;
import org.latticelift.barrier.DenseLayer;
import org.latticelift.barrier.NetworkArithmetic;
import org.latticelift.barrier.NetworkParameters;

/**
 * Evaluates a network panel by panel: all blocks of a call go through a panel while it is in the
 * first-level cache. Activations lie row by row in two buffers that alternate between layers; all
 * rows are as long as the widest layer, padded to whole panels.
 */
final class VectorArithmetic implements NetworkArithmetic {
  private static final int FIRST = WeightPanel.FIRST;

  private final PanelKernel kernel;
  private final int panelWidth;
  private final int codes;
  private final WeightPanel[][] panels;
  private final int stride;
  private final float[] outputWeight;
  private final float outputBias;
  private final boolean silu;
  private final int[][] scaled;
  private final float[] even;
  private final float[] odd;

  VectorArithmetic(NetworkParameters network, VectorShapes shapes) {
    List<DenseLayer> dense = network.dense();
    panelWidth = shapes.panelWidth();
    codes = network.codes();
    panels = new WeightPanel[dense.size() + 1][];
    panels[0] = WeightPanel.of(network.table(), network.bias(), panelWidth);
    for (int i = 0; i < dense.size(); i++) {
      panels[i + 1] = WeightPanel.of(dense.get(i).weight(), dense.get(i).bias(), panelWidth);
    }
    stride = Arrays.stream(panels).mapToInt(p -> p.length * panelWidth).max().orElseThrow();
    kernel = shapes.kernel(stride);
    outputWeight = network.outputWeight();
    outputBias = network.outputBias();
    silu = network.activation() == Activation.SILU;
    scaled = new int[MAX_BLOCKS][network.sites()];
    even = new float[FIRST + MAX_BLOCKS * BLOCK * stride];
    odd = new float[FIRST + MAX_BLOCKS * BLOCK * stride];
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
      product(panels[layer], blocks, in, out);
      float[] swap = in;
      in = out;
      out = swap;
    }
    for (int b = 0; b < blocks; b++) {
      output(in, FIRST + b * BLOCK * stride, barriers, b * BLOCK);
    }
  }

  /** Codes times the width of a panel: where the row of a code begins within its position. */
  private void scale(byte[] environments, int at, int[] into) {
    for (int j = 0; j < into.length; j++) {
      into[j] = environments[at + j] * panelWidth;
    }
  }

  private void table(int blocks, int[][] labSites) {
    for (int p = 0; p < panels[0].length; p++) {
      for (int b = 0; b < blocks; b++) {
        int to = FIRST + b * BLOCK * stride + p * panelWidth;
        kernel.table(scaled[b], labSites[b], panels[0][p], codes * panelWidth, even, to);
      }
    }
    activate(even, blocks, panels[0].length * panelWidth);
  }

  private void product(WeightPanel[] layer, int blocks, float[] in, float[] out) {
    for (int p = 0; p < layer.length; p++) {
      for (int b = 0; b < blocks; b++) {
        int at = FIRST + b * BLOCK * stride;
        kernel.product(in, at, layer[p], out, at + p * panelWidth);
      }
    }
    activate(out, blocks, layer.length * panelWidth);
  }

  private void activate(float[] values, int blocks, int width) {
    int rows = blocks * BLOCK;
    if (width == stride) {
      apply(values, FIRST, rows * stride);
    } else {
      for (int row = 0; row < rows; row++) {
        apply(values, FIRST + row * stride, width);
      }
    }
  }

  private void apply(float[] values, int at, int count) {
    if (silu) {
      kernel.silu(values, at, count);
    } else {
      kernel.relu(values, at, count);
    }
  }

  /** Eight sums at a time, because each has to wait for its last addition. */
  private void output(float[] x, int at, float[] barriers, int to) {
    float s0 = outputBias;
    float s1 = outputBias;
    float s2 = outputBias;
    float s3 = outputBias;
    float s4 = outputBias;
    float s5 = outputBias;
    float s6 = outputBias;
    float s7 = outputBias;
    float[] w = outputWeight;
    for (int n = 0; n < w.length; n++) {
      float factor = w[n];
      s0 = Math.fma(x[at + n], factor, s0);
      s1 = Math.fma(x[at + stride + n], factor, s1);
      s2 = Math.fma(x[at + 2 * stride + n], factor, s2);
      s3 = Math.fma(x[at + 3 * stride + n], factor, s3);
      s4 = Math.fma(x[at + 4 * stride + n], factor, s4);
      s5 = Math.fma(x[at + 5 * stride + n], factor, s5);
      s6 = Math.fma(x[at + 6 * stride + n], factor, s6);
      s7 = Math.fma(x[at + 7 * stride + n], factor, s7);
    }
    barriers[to] = s0;
    barriers[to + 1] = s1;
    barriers[to + 2] = s2;
    barriers[to + 3] = s3;
    barriers[to + 4] = s4;
    barriers[to + 5] = s5;
    barriers[to + 6] = s6;
    barriers[to + 7] = s7;
  }
}
