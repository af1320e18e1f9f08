package org.latticelift.sim.vacancy.barrier;

import java.util.Arrays;
import org.latticelift.sim.kernel.FastestKernel;
import org.latticelift.sim.vacancy.barrier.HopBlock.NetworkArithmetic;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.DenseLayer;

/** Chooses the arithmetic: vectors where the Vector API is there, else plain Java. */
public final class KernelFactories {
  private static final FastestKernel<DenseKernelFactory> FASTEST =
      new FastestKernel<>(
          DenseKernelFactory.class,
          PlainKernelFactory::new,
          "plain barrier kernels, several times slower");

  private KernelFactories() {}

  /**
   * The fastest arithmetic of this Java machine; the vector kernels, or the plain one, with a note
   * in the log, when the module {@code jdk.incubator.vector} is missing.
   */
  public static DenseKernelFactory fastest() {
    return FASTEST.get();
  }

  /** The plain twin of all others. */
  public static DenseKernelFactory plain() {
    return new PlainKernelFactory();
  }

  /** Scalar Java: the twin of every vector kernel, and the fallback where there is none. */
  static final class PlainKernelFactory implements DenseKernelFactory {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public NetworkArithmetic create(NetworkParameters network) {
      return new PlainArithmetic(network);
    }

    @Override
    public double peak(double seconds) {
      return Double.NaN;
    }
  }

  /**
   * The contract of {@link NetworkParameters} written down directly, one row after the other.
   * Weights are arrays of rows, which the just-in-time compiler vectorises; nothing depends on
   * that.
   */
  static final class PlainArithmetic implements NetworkArithmetic {
    private final NetworkParameters network;
    private final float[][] table;
    private final float[] nothing;
    private final float[][][] weights;
    private final float[][] layers;

    PlainArithmetic(NetworkParameters network) {
      this.network = network;
      this.table = rows(network.table(), network.width());
      this.nothing = new float[network.width()];
      Arrays.fill(nothing, -0f);
      int count = network.dense().size();
      this.weights = new float[count][][];
      this.layers = new float[count + 1][];
      layers[0] = new float[network.width()];
      for (int i = 0; i < count; i++) {
        DenseLayer layer = network.dense().get(i);
        weights[i] = rows(layer.weight(), layer.outputs());
        layers[i + 1] = new float[layer.outputs()];
      }
    }

    private static float[][] rows(float[] matrix, int width) {
      float[][] rows = new float[matrix.length / width][];
      Arrays.setAll(rows, i -> Arrays.copyOfRange(matrix, i * width, (i + 1) * width));
      return rows;
    }

    @Override
    public void evaluate(
        int blocks, byte[] codes, int[] offsets, HopBlock[] hops, float[] barriers) {
      for (int row = 0; row < blocks * BLOCK; row++) {
        first(codes, offsets[row / BLOCK], hops[row / BLOCK].labSites(), row % BLOCK);
        for (int i = 0; i < weights.length; i++) {
          dense(layers[i], weights[i], network.dense().get(i).bias(), layers[i + 1]);
        }
        barriers[row] = output(layers[weights.length]);
      }
    }

    private void first(byte[] codes, int at, int[] labSites, int row) {
      float[] sum = layers[0];
      System.arraycopy(network.bias(), 0, sum, 0, sum.length);
      for (int k = 0; k < NetworkParameters.pairs(network.sites()); k++) {
        int partner = NetworkParameters.partner(k, network.sites());
        float[] one = tableRow(codes, at, labSites, row, k);
        add(sum, one, partner == k ? nothing : tableRow(codes, at, labSites, row, partner));
      }
      activate(sum);
    }

    private float[] tableRow(byte[] codes, int at, int[] labSites, int row, int k) {
      return table[k * network.codes() + codes[at + labSites[k * BLOCK + row]]];
    }

    private static void add(float[] sum, float[] row, float[] next) {
      for (int n = 0; n < sum.length; n++) {
        sum[n] += row[n] + next[n];
      }
    }

    private void dense(float[] in, float[][] weight, float[] bias, float[] out) {
      System.arraycopy(bias, 0, out, 0, out.length);
      for (int k = 0; k < in.length; k++) {
        multiplyAdd(in[k], weight[k], out);
      }
      activate(out);
    }

    private static void multiplyAdd(float factor, float[] row, float[] sum) {
      for (int n = 0; n < sum.length; n++) {
        sum[n] = Math.fma(factor, row[n], sum[n]);
      }
    }

    private void activate(float[] values) {
      Activation activation = network.activation();
      for (int n = 0; n < values.length; n++) {
        values[n] = activation.apply(values[n]);
      }
    }

    private float output(float[] in) {
      float sum = network.outputBias();
      float[] weight = network.outputWeight();
      for (int n = 0; n < weight.length; n++) {
        sum = Math.fma(in[n], weight[n], sum);
      }
      return sum;
    }
  }
}
