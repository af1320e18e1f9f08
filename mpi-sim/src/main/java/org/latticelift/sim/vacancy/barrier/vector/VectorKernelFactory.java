package org.latticelift.sim.vacancy.barrier.vector;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.latticelift.sim.kernel.vector.VectorShape;
import org.latticelift.sim.vacancy.barrier.DenseKernelFactory;
import org.latticelift.sim.vacancy.barrier.HopBlock;
import org.latticelift.sim.vacancy.barrier.HopBlock.NetworkArithmetic;
import org.latticelift.sim.vacancy.barrier.NetworkParameters;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;

/** Barrier networks with the Vector API. */
public final class VectorKernelFactory implements DenseKernelFactory {
  private final VectorShape shape;

  /** The shape this machine prefers. */
  public VectorKernelFactory() {
    this(VectorShape.preferred().bits());
  }

  /**
   * A given shape ({@code bits}: 128, 256 or 512; slow where the machine does not have it, but
   * right).
   */
  public VectorKernelFactory(int bits) {
    shape = new VectorShape(bits);
  }

  @Override
  public String name() {
    return "vector-" + shape.bits();
  }

  @Override
  public NetworkArithmetic create(NetworkParameters network) {
    return new VectorArithmetic(network, shape.floats());
  }

  @Override
  public double peak(double seconds) {
    return PeakMultiplyAdd.measure(seconds);
  }

  /**
   * How many multiply-adds per second of its processor time the preferred vectors of this thread
   * can do at all.
   */
  static final class PeakMultiplyAdd {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int CHAINS = 12;
    private static final int ROUNDS = 100_000;

    private PeakMultiplyAdd() {}

    static double measure(double seconds) {
      float[] values = new float[CHAINS * F.length()];
      double best = 0;
      long end = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
      while (THREADS.getCurrentThreadCpuTime() < end) {
        long start = THREADS.getCurrentThreadCpuTime();
        run(values);
        double operations = 2.0 * CHAINS * F.length() * ROUNDS;
        best = Math.max(best, operations / (THREADS.getCurrentThreadCpuTime() - start) * 1e9);
      }
      return best;
    }

    private static void run(float[] values) {
      FloatVector factor = FloatVector.broadcast(F, 0.5f);
      FloatVector v0 = FloatVector.fromArray(F, values, 0 * F.length());
      FloatVector v1 = FloatVector.fromArray(F, values, 1 * F.length());
      FloatVector v2 = FloatVector.fromArray(F, values, 2 * F.length());
      FloatVector v3 = FloatVector.fromArray(F, values, 3 * F.length());
      FloatVector v4 = FloatVector.fromArray(F, values, 4 * F.length());
      FloatVector v5 = FloatVector.fromArray(F, values, 5 * F.length());
      FloatVector v6 = FloatVector.fromArray(F, values, 6 * F.length());
      FloatVector v7 = FloatVector.fromArray(F, values, 7 * F.length());
      FloatVector v8 = FloatVector.fromArray(F, values, 8 * F.length());
      FloatVector v9 = FloatVector.fromArray(F, values, 9 * F.length());
      FloatVector v10 = FloatVector.fromArray(F, values, 10 * F.length());
      FloatVector v11 = FloatVector.fromArray(F, values, 11 * F.length());
      for (int i = 0; i < ROUNDS; i++) {
        v0 = factor.fma(v0, factor);
        v1 = factor.fma(v1, factor);
        v2 = factor.fma(v2, factor);
        v3 = factor.fma(v3, factor);
        v4 = factor.fma(v4, factor);
        v5 = factor.fma(v5, factor);
        v6 = factor.fma(v6, factor);
        v7 = factor.fma(v7, factor);
        v8 = factor.fma(v8, factor);
        v9 = factor.fma(v9, factor);
        v10 = factor.fma(v10, factor);
        v11 = factor.fma(v11, factor);
      }
      v0.intoArray(values, 0 * F.length());
      v1.intoArray(values, 1 * F.length());
      v2.intoArray(values, 2 * F.length());
      v3.intoArray(values, 3 * F.length());
      v4.intoArray(values, 4 * F.length());
      v5.intoArray(values, 5 * F.length());
      v6.intoArray(values, 6 * F.length());
      v7.intoArray(values, 7 * F.length());
      v8.intoArray(values, 8 * F.length());
      v9.intoArray(values, 9 * F.length());
      v10.intoArray(values, 10 * F.length());
      v11.intoArray(values, 11 * F.length());
    }
  }

  /**
   * Evaluates a network panel by panel: all blocks of a call go through a panel while it is in the
   * first-level cache. Activations lie row by row in two buffers that alternate between layers; all
   * rows are as long as the widest layer, padded to whole panels.
   *
   * <p>After {@link Activation#RELU} more than half of the activations are zero. Rows then go
   * through the products in pairs, without the inputs that are zero in both: of the published
   * network's in random environments 34 % (with eight rows at once it would be 9 %, with single
   * rows 52 %, but each weight would then be loaded for one multiply-add only).
   */
  static final class VectorArithmetic implements NetworkArithmetic {
    private static final int FIRST = WeightPanel.FIRST;

    private final PanelKernel kernel;
    private final PairTable table;
    private final WeightPanel[][] dense;
    private final boolean silu;
    private final int tableWidth;
    private final int denseWidth;
    private final int stride;
    private final int[][] rows;
    private final float[] even;
    private final float[] odd;

    /** Which inputs of each pair of rows are not zero. */
    private final long[] active;

    private final int words;
    private final float[] outputWeight;
    private final float outputBias;

    VectorArithmetic(NetworkParameters network, VectorSpecies<Float> species) {
      silu = network.activation() == Activation.SILU;
      tableWidth = 2 * species.length();
      denseWidth = silu ? tableWidth : 2 * tableWidth;
      table = PairTable.of(network, tableWidth);
      dense =
          network.dense().stream()
              .map(layer -> WeightPanel.of(layer.weight(), layer.bias(), denseWidth))
              .toArray(WeightPanel[][]::new);
      stride =
          Math.max(
              table.panels().length * tableWidth,
              Arrays.stream(dense).mapToInt(p -> p.length * denseWidth).max().orElse(0));
      kernel = new KernelShape(species, stride).kernel();
      rows = new int[MAX_BLOCKS][NetworkParameters.pairs(network.sites()) * BLOCK];
      even = new float[FIRST + MAX_BLOCKS * BLOCK * stride];
      odd = new float[FIRST + MAX_BLOCKS * BLOCK * stride];
      words = (stride + Long.SIZE - 1) / Long.SIZE;
      active = new long[MAX_BLOCKS * BLOCK / 2 * words];
      outputWeight = network.outputWeight();
      outputBias = network.outputBias();
    }

    @Override
    public void evaluate(
        int blocks, byte[] environments, int[] offsets, HopBlock[] hops, float[] barriers) {
      for (int b = 0; b < blocks; b++) {
        table.locate(environments, offsets[b], hops[b], tableWidth, rows[b]);
      }
      table(blocks, hops);
      float[] in = even;
      float[] out = odd;
      for (WeightPanel[] layer : dense) {
        if (silu) {
          product(layer, blocks, in, out);
        } else {
          productOfActive(layer, blocks, in, out);
        }
        float[] swap = in;
        in = out;
        out = swap;
      }
      for (int b = 0; b < blocks; b++) {
        output(in, FIRST + b * BLOCK * stride, barriers, b * BLOCK);
      }
    }

    private void table(int blocks, HopBlock[] hops) {
      WeightPanel[] panels = table.panels();
      int step = table.rowsPerPair() * tableWidth;
      for (int p = 0; p < panels.length; p++) {
        for (int b = 0; b < blocks; b++) {
          int to = FIRST + b * BLOCK * stride + p * tableWidth;
          kernel.table(rows[b], hops[b].pairs(), panels[p], step, even, to);
        }
      }
      activate(even, blocks, panels.length * tableWidth);
    }

    private void product(WeightPanel[] layer, int blocks, float[] in, float[] out) {
      for (int p = 0; p < layer.length; p++) {
        for (int b = 0; b < blocks; b++) {
          int at = FIRST + b * BLOCK * stride;
          kernel.product(in, at, layer[p], out, at + p * denseWidth);
        }
      }
      activate(out, blocks, layer.length * denseWidth);
    }

    private void productOfActive(WeightPanel[] layer, int blocks, float[] in, float[] out) {
      int inputs = layer[0].inputs();
      for (int p = 0; p < layer.length; p++) {
        for (int pair = 0; pair < blocks * BLOCK / 2; pair++) {
          int at = FIRST + pair * 2 * stride;
          int to = at + p * denseWidth;
          kernel.bias(layer[p], out, to);
          for (int k = 0; k < inputs; k += Long.SIZE) {
            long inWord = active[pair * words + k / Long.SIZE];
            kernel.addActive(in, at + k, inWord, layer[p], k, out, to);
          }
        }
      }
      activate(out, blocks, layer.length * denseWidth);
    }

    private void activate(float[] values, int blocks, int width) {
      if (silu) {
        silu(values, blocks * BLOCK, width);
      } else {
        for (int pair = 0; pair < blocks * BLOCK / 2; pair++) {
          kernel.relu(values, FIRST + pair * 2 * stride, width, active, pair * words);
        }
      }
    }

    private void silu(float[] values, int count, int width) {
      if (width == stride) {
        kernel.silu(values, FIRST, count * stride);
      } else {
        for (int row = 0; row < count; row++) {
          kernel.silu(values, FIRST + row * stride, width);
        }
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

    /**
     * The first layer of a network as a table with one row for each pair of partner positions and
     * each pair of codes: half as many rows to add as with one per position. It grows with the
     * square of the number of codes: 459 kB for the published network with its four, of which the
     * rows without vacancies, 258 kB, are read in practice.
     *
     * @param codes species and the vacancy
     * @param panels the rows, (pairs times codes squared), cut into panels
     */
    record PairTable(int codes, WeightPanel[] panels) {

      static PairTable of(NetworkParameters network, int panelWidth) {
        int codes = network.codes();
        int sites = network.sites();
        int width = network.width();
        int perPair = codes * codes;
        int pairs = NetworkParameters.pairs(sites);
        float[] rows = new float[Math.multiplyExact(Math.multiplyExact(pairs, perPair), width)];
        for (int row = 0; row < pairs * perPair; row++) {
          int k = row / perPair;
          int partner = NetworkParameters.partner(k, sites);
          for (int n = 0; n < width; n++) {
            float next = partner == k ? -0f : at(network, partner, row % codes, n);
            rows[row * width + n] = at(network, k, row / codes % codes, n) + next;
          }
        }
        return new PairTable(codes, WeightPanel.of(rows, network.bias(), panelWidth));
      }

      private static float at(NetworkParameters network, int position, int code, int neuron) {
        return network.table()[(position * network.codes() + code) * network.width() + neuron];
      }

      /** Rows of the table from one pair of positions to the next. */
      int rowsPerPair() {
        return codes * codes;
      }

      /**
       * For each pair of lab sites: which row of a pair of positions its codes stand for, times a
       * factor.
       */
      void locate(byte[] environments, int at, HopBlock block, int factor, int[] rows) {
        int[] first = block.first();
        int[] second = block.second();
        for (int p = 0; p < first.length; p++) {
          rows[p] = (environments[at + first[p]] * codes + environments[at + second[p]]) * factor;
        }
      }
    }
  }
}
