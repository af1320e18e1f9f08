package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.HiddenLayer.BatchNorm;
import org.latticelift.sim.vacancy.barrier.HopBlock.NetworkArithmetic;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.DenseLayer;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

/**
 * A barrier network (AL-20 to AL-37, CN-01): for each hop the canonical environment goes through
 * hidden layers to one energy in eV. All hops of a vacancy, and several vacancies, go through
 * together.
 *
 * <p>Cost model for BCC and the published network (128-128-128-128), per vacancy: 8 x 56 rows of
 * 512 bytes added, each the sum for a pair of positions, from a table of which 258 kB are in use,
 * most of the second-level cache's work (1.9 microseconds where a core does at most 118 Gflop/s);
 * three products of 8 x 128 by 128 x 128 (64 kB of weights each) without the inputs that are zero
 * in both rows of a pair, a third of them (5.4 microseconds instead of 7; their multiply-adds alone
 * would take 4.4); output 2 kflop. Together 7.8 microseconds: as many barriers as if the whole
 * network were evaluated at 97 % of the peak of the core. 64-64-64: 0.19 Mflop and about 1500
 * exponentials (0.6 microseconds), 2.7 microseconds; 32-32: 0.9 microseconds. {@code
 * BarrierBenchmark} measures it.
 */
public final class NetworkBarrier implements BarrierModel {
  private final String name;
  private final Crystal crystal;
  private final double[] attemptFrequency;
  private final NetworkParameters parameters;
  private final HopBlocks[] hopBlocks;
  private final DenseKernelFactory factory;

  /**
   * Folds the weights for a crystal, with the fastest arithmetic there is ({@code order}: the order
   * asked for; contradicting the weights' own is an error; {@code epsilon}: the epsilon asked for;
   * wins over the file's).
   */
  public NetworkBarrier(
      String name,
      BarrierWeights weights,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon) {
    this(name, weights, crystal, order, epsilon, KernelFactories.fastest());
  }

  /**
   * Folds the weights for a crystal.
   *
   * @param order the order asked for; contradicting the weights' own is an error
   * @param epsilon the epsilon asked for; wins over the file's
   * @param factory the arithmetic; all give the same bits
   */
  public NetworkBarrier(
      String name,
      BarrierWeights weights,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon,
      DenseKernelFactory factory) {
    this(name, weights, SpeciesOrder.stored(weights.species()), crystal, order, epsilon, factory);
  }

  /**
   * Folds the weights for a crystal and for species in an order of their own.
   *
   * @param species the order of the codes
   * @param order the order asked for; contradicting the weights' own is an error
   * @param epsilon the epsilon asked for; wins over the file's
   * @param factory the arithmetic; all give the same bits
   */
  NetworkBarrier(
      String name,
      BarrierWeights weights,
      SpeciesOrder species,
      Crystal crystal,
      Optional<InputOrder> order,
      Optional<Double> epsilon,
      DenseKernelFactory factory) {
    this.name = name;
    this.crystal = crystal;
    double[] frequency = weights.attemptFrequency();
    this.attemptFrequency = species.stored().stream().mapToDouble(i -> frequency[i]).toArray();
    InputRows inputs = new InputRows(weights, crystal, weights.resolveOrder(order), species);
    this.parameters =
        new FoldedNetwork(weights, inputs, weights.resolveEpsilon(epsilon)).toParameters();
    this.hopBlocks = HopBlocks.of(crystal);
    this.factory = factory;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Crystal crystal() {
    return crystal;
  }

  @Override
  public int species() {
    return parameters.codes() - 1;
  }

  @Override
  public BarrierKernel newKernel() {
    return new NetworkKernel(crystal, hopBlocks, factory.create(parameters));
  }

  @Override
  public double attemptFrequency(int species) {
    return attemptFrequency[species - 1];
  }

  /** The folded network; shared, not to be modified. */
  public NetworkParameters parameters() {
    return parameters;
  }

  /** The arithmetic in use; such as {@code vector-512}. */
  public String kernelName() {
    return factory.name();
  }

  /**
   * Collects the blocks of hops of one or several vacancies, lets the arithmetic work on them, and
   * hands out the barriers. Codes above the number of species are the caller's error.
   */
  static final class NetworkKernel implements BarrierKernel {
    private final int hops;
    private final int sites;
    private final HopBlocks[] hopBlocks;
    private final NetworkArithmetic arithmetic;
    private final int[] offsets = new int[NetworkArithmetic.MAX_BLOCKS];
    private final HopBlock[] blocks = new HopBlock[NetworkArithmetic.MAX_BLOCKS];
    private final float[] results =
        new float[NetworkArithmetic.MAX_BLOCKS * NetworkArithmetic.BLOCK];
    private final int[] oneBasis = new int[1];

    NetworkKernel(Crystal crystal, HopBlocks[] hopBlocks, NetworkArithmetic arithmetic) {
      this.hops = crystal.hopCount();
      this.sites = crystal.environmentSize();
      this.hopBlocks = hopBlocks;
      this.arithmetic = arithmetic;
    }

    @Override
    public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
      oneBasis[0] = basis;
      evaluate(1, environment, at, oneBasis, barriers, to);
    }

    @Override
    public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
      evaluate(count, environments, 0, basis, barriers, 0);
    }

    private void evaluate(int count, byte[] codes, int at, int[] basis, float[] barriers, int to) {
      int perVacancy = hopBlocks[0].count();
      int all = count * perVacancy;
      for (int first = 0; first < all; first += NetworkArithmetic.MAX_BLOCKS) {
        int n = Math.min(NetworkArithmetic.MAX_BLOCKS, all - first);
        for (int b = 0; b < n; b++) {
          int vacancy = (first + b) / perVacancy;
          offsets[b] = at + vacancy * sites;
          blocks[b] = hopBlocks[basis[vacancy]].block((first + b) % perVacancy);
        }
        arithmetic.evaluate(n, codes, offsets, blocks, results);
        for (int b = 0; b < n; b++) {
          int vacancy = (first + b) / perVacancy;
          int d = (first + b) % perVacancy * NetworkArithmetic.BLOCK;
          hand(b, d, hopBlocks[basis[vacancy]], codes, barriers, to + vacancy * hops);
        }
      }
    }

    private void hand(
        int block, int firstHop, HopBlocks geometry, byte[] codes, float[] barriers, int to) {
      int last = Math.min(hops, firstHop + NetworkArithmetic.BLOCK);
      for (int d = firstHop; d < last; d++) {
        barriers[to + d] =
            geometry.blocked(d, codes, offsets[block])
                ? Float.POSITIVE_INFINITY
                : results[block * NetworkArithmetic.BLOCK + d - firstHop];
      }
    }
  }

  /**
   * A network in double precision with the batch normalisation folded into the linear maps (AL-31)
   * and the first layer turned into the table of {@link NetworkParameters}. Vacancy rows are zero.
   */
  static final class FoldedNetwork {
    /** One linear map: inputs by outputs, row-major, and a bias. */
    record Linear(int inputs, int outputs, double[] weight, double[] bias) {}

    private final int sites;
    private final int codes;
    private final Activation activation;
    private final List<Linear> hidden = new ArrayList<>();
    private final Linear output;

    /**
     * Folds ({@code inputs}: which stored input row, times which factor, a site of some species
     * feeds).
     */
    FoldedNetwork(BarrierWeights weights, InputRows inputs, double epsilon) {
      this.sites = weights.sites();
      this.codes = weights.species() + 1;
      this.activation = weights.activation();
      for (HiddenLayer layer : weights.hidden()) {
        hidden.add(fold(layer, epsilon));
      }
      hidden.set(0, table(hidden.get(0), inputs));
      double[] last = toDouble(weights.output().weight());
      output = new Linear(last.length, 1, last, new double[] {weights.output().bias()});
    }

    private static Linear fold(HiddenLayer layer, double epsilon) {
      int width = layer.width();
      double[] weight = toDouble(layer.weight());
      double[] bias = toDouble(layer.bias());
      if (layer.norm().isPresent()) {
        BatchNorm norm = layer.norm().get();
        for (int n = 0; n < width; n++) {
          double scale = norm.gamma()[n] / Math.sqrt(norm.variance()[n] + epsilon);
          bias[n] = (bias[n] - norm.mean()[n]) * scale + norm.beta()[n];
          for (int k = 0; k < layer.inputs(); k++) {
            weight[k * width + n] *= scale;
          }
        }
      }
      return new Linear(layer.inputs(), width, weight, bias);
    }

    private Linear table(Linear first, InputRows inputs) {
      int width = first.outputs();
      double[] table = new double[sites * codes * width];
      for (int k = 0; k < sites; k++) {
        for (int code = 1; code < codes; code++) {
          int from = inputs.row(k, code) * width;
          int to = (k * codes + code) * width;
          for (int n = 0; n < width; n++) {
            table[to + n] = first.weight()[from + n] * inputs.factor(code);
          }
        }
      }
      return new Linear(sites * codes, width, table, first.bias());
    }

    int codes() {
      return codes;
    }

    Activation activation() {
      return activation;
    }

    /** The first layer's table, then the dense hidden layers. */
    List<Linear> hidden() {
      return hidden;
    }

    Linear output() {
      return output;
    }

    /** Rounds to single precision; vacancy rows become -0.0. */
    NetworkParameters toParameters() {
      Linear first = hidden.get(0);
      float[] table = toFloat(first.weight());
      for (int k = 0; k < sites; k++) {
        int from = k * codes * first.outputs();
        java.util.Arrays.fill(table, from, from + first.outputs(), -0f);
      }
      List<DenseLayer> dense = new ArrayList<>();
      for (Linear layer : hidden.subList(1, hidden.size())) {
        dense.add(
            new DenseLayer(
                layer.inputs(), layer.outputs(), toFloat(layer.weight()), toFloat(layer.bias())));
      }
      return new NetworkParameters(
          sites,
          codes,
          first.outputs(),
          table,
          toFloat(first.bias()),
          dense,
          toFloat(output.weight()),
          (float) output.bias()[0],
          activation);
    }

    private static double[] toDouble(float[] values) {
      double[] result = new double[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i];
      }
      return result;
    }

    private static float[] toFloat(double[] values) {
      float[] result = new float[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) values[i];
      }
      return result;
    }
  }

  /** The hops of one basis position in blocks of eight rows, and where they lead. */
  static final class HopBlocks {
    private final HopBlock[] blocks;
    private final int[] target;

    private HopBlocks(EnvironmentGeometry geometry) {
      int rows = NetworkArithmetic.BLOCK;
      target = new int[geometry.hops()];
      for (int d = 0; d < target.length; d++) {
        target[d] = geometry.hopTarget(d);
      }
      blocks = new HopBlock[(target.length + rows - 1) / rows];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = HopBlock.of(geometry, i * rows);
      }
    }

    static HopBlocks[] of(Crystal crystal) {
      HopBlocks[] result = new HopBlocks[crystal.basisCount()];
      for (int b = 0; b < result.length; b++) {
        result[b] = new HopBlocks(crystal.environment(b));
      }
      return result;
    }

    int count() {
      return blocks.length;
    }

    HopBlock block(int i) {
      return blocks[i];
    }

    /** Whether the target of a hop holds a vacancy. */
    boolean blocked(int d, byte[] codes, int at) {
      return codes[at + target[d]] == 0;
    }
  }

  /**
   * Which row of a network's stored first layer each canonical position and species feeds.
   *
   * <p>The published form numbers voxels (AL-22), the own form sites in canonical order and
   * species. In the order {@link InputOrder#NNK} (AL-23) the position (x, y, z) feeds the row that
   * (y, x, z) feeds in the other order.
   */
  static final class InputRows {
    private static final int HALF_BLOCK = 4;
    private static final int BLOCK_SIDE = 9;
    private static final double GRID = 1e6;

    private final int[] firstRow;
    private final boolean oneHot;
    private final SpeciesOrder species;

    InputRows(BarrierWeights weights, Crystal crystal, InputOrder order, SpeciesOrder species) {
      requireFit(weights, crystal);
      this.species = species;
      this.oneHot = weights.encoding() == InputEncoding.ONE_HOT;
      int sites = weights.sites();
      firstRow = new int[sites];
      Map<List<Long>, Integer> index = new HashMap<>();
      for (int k = 0; k < sites; k++) {
        index.put(key(position(crystal, k, InputOrder.AUTHORS)), k);
      }
      for (int k = 0; k < sites; k++) {
        double[] p = position(crystal, k, order);
        firstRow[k] = oneHot ? weights.species() * site(index, p, crystal) : voxel(p);
      }
    }

    int row(int k, int code) {
      return oneHot ? firstRow[k] + species.storedCode(code) - 1 : firstRow[k];
    }

    /** What the stored row is multiplied with. */
    double factor(int code) {
      return oneHot ? 1 : species.storedCode(code);
    }

    private static double[] position(Crystal crystal, int k, InputOrder order) {
      double[] p = crystal.spec().fractional(0, crystal.environment(0).offset(k));
      return order == InputOrder.AUTHORS ? p : new double[] {p[1], p[0], p[2]};
    }

    private static int site(Map<List<Long>, Integer> index, double[] p, Crystal crystal) {
      Integer found = index.get(key(p));
      if (found == null) {
        throw LatticeLiftException.badData(
            "input order 'nnk' does not exist for crystal '" + crystal.name() + "'",
            "barrier.order",
            "'authors', since exchanging x and y does not map the environment onto itself",
            "Set the order to authors");
      }
      return found;
    }

    private static int voxel(double[] p) {
      int index = 0;
      for (double fractional : p) {
        index = index * BLOCK_SIDE + (int) Math.round(2 * fractional) + HALF_BLOCK;
      }
      return index;
    }

    private static List<Long> key(double[] p) {
      return List.of(Math.round(p[0] * GRID), Math.round(p[1] * GRID), Math.round(p[2] * GRID));
    }

    private static void requireFit(BarrierWeights weights, Crystal crystal) {
      boolean voxels = weights.encoding() == InputEncoding.CODE;
      if (voxels && !crystal.isBcc()) {
        throw LatticeLiftException.badData(
            "weights with voxel input for crystal '" + crystal.name() + "'",
            weights.source(),
            "crystal 'bcc'",
            "Use one-hot weights for other crystals");
      }
      if (weights.sites() != crystal.environmentSize()) {
        throw LatticeLiftException.badData(
            "weights for " + weights.sites() + " environment sites",
            weights.source(),
            crystal.environmentSize()
                + " sites, the environment of crystal '"
                + crystal.name()
                + "'",
            "Use weights made for this crystal");
      }
      int rows = voxels ? BarrierWeights.VOXELS : weights.sites() * weights.species();
      if (weights.hidden().get(0).inputs() != rows) {
        throw LatticeLiftException.badData(
            "first layer with " + weights.hidden().get(0).inputs() + " inputs",
            weights.source() + ", layer0/W",
            rows + " inputs",
            "Import or train the weights again");
      }
    }
  }
}
