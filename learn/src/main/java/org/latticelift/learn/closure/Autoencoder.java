package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Encoding;

/**
 * The architecture of encoder and decoder: fully connected for lines (PP-30, PP-31), convolutions
 * for squares (IS-40, IS-41).
 *
 * @param encoding what the system offers
 * @param observables number m of observables, which the decoder sees with the closures (ME-10)
 * @param dim number of closure variables
 * @param invariant whether the encoder is the invariant one
 * @param shared whether fields share one encoder
 * @param byPatch whether the decoder makes one patch, from the latents and the place of the patch,
 *     so that it does not grow with the state; false in files that do not have it
 */
record Autoencoder(
    Encoding encoding,
    int observables,
    int dim,
    boolean invariant,
    boolean shared,
    boolean byPatch) {
  private static final List<Integer> HIDDEN = List.of(32, 32);

  Autoencoder {
    boolean line = encoding.large().size() == 1;
    boolean square =
        encoding.large().size() == 2
            && encoding.large().get(0).equals(encoding.large().get(1))
            && encoding.patch().get(0).equals(encoding.patch().get(1))
            && encoding.large().get(0) % 2 == 0
            && encoding.patch().get(0) >= 4;
    if (!line && !square) {
      throw mistake(
          "closure variables of states of " + encoding.large() + ", patches of " + encoding.patch(),
          "lines, or squares of an even side with patches of at least 4 x 4");
    }
    if (line && !invariant && dim % encoding.channels() != 0) {
      throw mistake(
          dim + " closure variables of " + encoding.channels() + " fields",
          "a multiple of the number of fields");
    }
  }

  private static LatticeLiftException mistake(String what, String allowed) {
    return LatticeLiftException.badData(what, "closure.dim", allowed, "Change it, or set it to 0");
  }

  private boolean line() {
    return encoding.large().size() == 1;
  }

  Network encoder() {
    int channels = encoding.channels();
    int last = encoding.patch().get(encoding.patch().size() - 1);
    if (invariant) {
      return new InvariantEncoder(channels, line() ? 1 : last, last, dim);
    }
    return line()
        ? SharedEncoder.of(channels, last, dim / channels, shared)
        : new ConvolutionEncoder(channels, last, dim);
  }

  /** Latents to a state, or latents and place to a patch. */
  Network decoder() {
    int inputs = observables + dim + (byPatch ? encoding.patch().size() : 0);
    int side = byPatch ? encoding.patch().get(0) : encoding.large().get(0);
    return line()
        ? new DenseNetwork(
            "decoder", List.of(inputs, HIDDEN.get(0), HIDDEN.get(1), encoding.channels() * side))
        : new ConvolutionDecoder(inputs, encoding.channels(), side);
  }

  List<ParameterArray> parameters() {
    return Stream.of(encoder(), decoder()).flatMap(n -> n.parameters().stream()).toList();
  }

  List<Normalisation> normalisations() {
    return Stream.of(encoder(), decoder()).flatMap(n -> n.normalisations().stream()).toList();
  }

  int parameterCount() {
    return count(parameters());
  }

  static int count(List<ParameterArray> arrays) {
    return arrays.stream().mapToInt(ParameterArray::size).sum();
  }

  /**
   * Encodes the channels of a patch one by one, with one network for all of them (PP-23) or one for
   * each (DI-36).
   *
   * @param channels of a patch
   * @param sites of a patch
   * @param networks one, or one per channel; sites to outputs
   */
  record SharedEncoder(int channels, int sites, List<DenseNetwork> networks) implements Network {
    /** Hidden layers of PP-30. */
    static SharedEncoder of(int channels, int sites, int outputs, boolean shared) {
      List<DenseNetwork> networks = new ArrayList<>();
      for (int c = 0; c < (shared ? 1 : channels); c++) {
        String name = shared ? "encoder" : "encoder/channel" + c;
        networks.add(new DenseNetwork(name, List.of(sites, 32, 32, outputs)));
      }
      return new SharedEncoder(channels, sites, List.copyOf(networks));
    }

    @Override
    public List<ParameterArray> parameters() {
      return networks.stream().flatMap(network -> network.parameters().stream()).toList();
    }

    /** Rows of channels times sites to rows of channels times outputs. */
    @Override
    public NDArray apply(NDArray input, BoundParameters arrays) {
      long rows = input.getShape().get(0);
      if (networks.size() == 1) {
        NDArray each = input.reshape(new Shape(rows * channels, sites));
        return networks.get(0).apply(each, arrays).reshape(new Shape(rows, -1));
      }
      NDList parts = new NDList();
      for (int c = 0; c < channels; c++) {
        NDIndex columns = new NDIndex().addAllDim().addSliceDim((long) c * sites, (c + 1L) * sites);
        parts.add(networks.get(c).apply(input.get(columns), arrays));
      }
      return NDArrays.concat(parts, 1);
    }
  }

  /**
   * An encoder that does not change when a patch, closed on itself, is shifted: convolutions around
   * the ring or torus, then the mean over sites, then a linear layer. Not in the paper. A line is a
   * torus of one row.
   *
   * @param channels of a patch
   * @param rows of a patch, 1 for a line
   * @param columns of a patch
   * @param outputs closure variables
   */
  record InvariantEncoder(int channels, int rows, int columns, int outputs) implements Network {
    private static final int[] WIDTHS = {16, 32, 32};

    /** Weights of the order of one: there is no normalisation that would undo small ones. */
    @Override
    public List<ParameterArray> parameters() {
      List<ParameterArray> all = new ArrayList<>();
      int inputs = channels;
      for (int layer = 0; layer < WIDTHS.length; layer++) {
        int fan = inputs * height() * 3;
        all.add(
            new ParameterArray(
                name(layer) + "/W",
                new long[] {WIDTHS[layer], inputs, height(), 3},
                ParameterArray.Start.UNIFORM,
                Math.sqrt(6.0 / fan)));
        all.add(ParameterArray.offset(name(layer) + "/b", WIDTHS[layer], fan));
        inputs = WIDTHS[layer];
      }
      all.add(ParameterArray.glorot("encoder/linear/W", outputs, inputs));
      all.add(ParameterArray.offset("encoder/linear/b", outputs, inputs));
      return all;
    }

    private static String name(int layer) {
      return "encoder/ring" + layer;
    }

    private int height() {
      return rows == 1 ? 1 : 3;
    }

    @Override
    public NDArray apply(NDArray input, BoundParameters arrays) {
      long batch = input.getShape().get(0);
      NDArray x = input.reshape(new Shape(batch, channels, rows, columns));
      for (int layer = 0; layer < WIDTHS.length; layer++) {
        NDArray closed = wrap(rows == 1 ? x : wrap(x, 2), 3);
        NDArray weight = arrays.get(name(layer) + "/W");
        NDArray bias = arrays.get(name(layer) + "/b");
        x = Activation.relu(Conv2d.conv2d(closed, weight, bias).singletonOrThrow());
      }
      NDArray mean = x.reshape(new Shape(batch, WIDTHS[WIDTHS.length - 1], -1)).mean(new int[] {2});
      return mean.matMul(arrays.turned("encoder/linear/W")).add(arrays.get("encoder/linear/b"));
    }

    /** Puts the last slice of an axis before the first, and the first behind the last. */
    private static NDArray wrap(NDArray x, int axis) {
      long length = x.getShape().get(axis);
      NDList parts = new NDList(slice(x, axis, length - 1), x, slice(x, axis, 0));
      return NDArrays.concat(parts, axis);
    }

    private static NDArray slice(NDArray x, int axis, long at) {
      NDIndex index = new NDIndex();
      for (int i = 0; i < axis; i++) {
        index.addAllDim();
      }
      return x.get(index.addSliceDim(at, at + 1));
    }
  }

  /**
   * Encoder of square patches (IS-40): blocks of convolution, normalisation, leaky ReLU and
   * pooling, then a linear layer.
   *
   * @param channels of a patch
   * @param side of a patch
   * @param outputs closure variables
   */
  record ConvolutionEncoder(int channels, int side, int outputs) implements Network {
    private static final int[] WIDTHS = {32, 64, 128};
    private static final int KERNEL = 3;
    private static final double SPREAD = 0.02;
    private static final float SLOPE = 0.2f;
    private static final Shape PAIR = new Shape(2, 2);
    private static final Shape NO_PADDING = new Shape(0, 0);

    /** Two for a side of 8, three from 16 on: feature maps are not smaller than 2. */
    int blocks() {
      int halvings = 31 - Integer.numberOfLeadingZeros(side);
      return Math.max(1, Math.min(WIDTHS.length, halvings - 1));
    }

    private int features() {
      int map = side >> blocks();
      return WIDTHS[blocks() - 1] * map * map;
    }

    @Override
    public List<ParameterArray> parameters() {
      List<ParameterArray> all = new ArrayList<>();
      int inputs = channels;
      for (int block = 0; block < blocks(); block++) {
        all.addAll(convolution("encoder/block" + block, WIDTHS[block], inputs));
        all.addAll(normalisation(block).parameters());
        inputs = WIDTHS[block];
      }
      all.add(
          new ParameterArray(
              "encoder/linear/W",
              new long[] {outputs, features()},
              ParameterArray.Start.NORMAL,
              SPREAD));
      all.add(
          new ParameterArray(
              "encoder/linear/b", new long[] {outputs}, ParameterArray.Start.ZERO, 0));
      return all;
    }

    /** Weights and offsets of a 3 x 3 convolution (IS-42). */
    static List<ParameterArray> convolution(String name, int outputs, int inputs) {
      return List.of(
          new ParameterArray(
              name + "/W",
              new long[] {outputs, inputs, KERNEL, KERNEL},
              ParameterArray.Start.NORMAL,
              SPREAD),
          ParameterArray.offset(name + "/b", outputs, inputs * KERNEL * KERNEL));
    }

    private Normalisation normalisation(int block) {
      return new Normalisation("encoder/norm" + block, WIDTHS[block]);
    }

    @Override
    public List<Normalisation> normalisations() {
      List<Normalisation> all = new ArrayList<>();
      for (int block = 0; block < blocks(); block++) {
        all.add(normalisation(block));
      }
      return all;
    }

    @Override
    public NDArray apply(NDArray input, BoundParameters arrays) {
      long rows = input.getShape().get(0);
      NDArray x = input.reshape(new Shape(rows, channels, side, side));
      for (int block = 0; block < blocks(); block++) {
        String name = "encoder/block" + block;
        NDArray weights = arrays.get(name + "/W");
        x = normalisation(block).ofConvolution(x, weights, arrays.get(name + "/b"), arrays);
        // A leaky ReLU keeps the order of numbers: after pooling it has a quarter to do.
        x = Activation.leakyRelu(pooled(x, arrays.training()), SLOPE);
      }
      NDArray flat = x.reshape(new Shape(rows, features()));
      return flat.matMul(arrays.turned("encoder/linear/W")).add(arrays.get("encoder/linear/b"));
    }

    /**
     * Maxima over 2 x 2 sites. In evaluation first of pairs of rows, then of pairs of columns,
     * which the engine does several times faster than its own pooling; gradients would cost more.
     */
    private static NDArray pooled(NDArray x, boolean training) {
      Shape shape = x.getShape();
      long maps = shape.get(0) * shape.get(1);
      long rows = shape.get(2);
      long columns = shape.get(3);
      if (training || rows % 2 != 0 || columns % 2 != 0) {
        return Pool.maxPool2d(x, PAIR, PAIR, NO_PADDING, false);
      }
      NDArray half = larger(x.reshape(new Shape(maps * rows / 2, 2, columns)));
      return larger(half.reshape(new Shape(maps * rows / 2 * columns / 2, 2)))
          .reshape(new Shape(shape.get(0), shape.get(1), rows / 2, columns / 2));
    }

    /** Along the second axis, which has a length of 2. */
    private static NDArray larger(NDArray x) {
      NDList both = x.split(2, 1);
      return both.get(0).maximum(both.get(1));
    }
  }

  /**
   * Fully connected layers with ReLU between them (PP-30...PP-32).
   *
   * @param name path below {@code /weights}
   * @param widths inputs, hidden layers, outputs
   */
  record DenseNetwork(String name, List<Integer> widths) implements Network {
    @Override
    public List<ParameterArray> parameters() {
      List<ParameterArray> all = new ArrayList<>();
      for (int layer = 0; layer + 1 < widths.size(); layer++) {
        int inputs = widths.get(layer);
        int outputs = widths.get(layer + 1);
        all.add(ParameterArray.glorot(weight(layer), outputs, inputs));
        all.add(ParameterArray.offset(bias(layer), outputs, inputs));
      }
      return all;
    }

    private String weight(int layer) {
      return name + "/layer" + layer + "/W";
    }

    private String bias(int layer) {
      return name + "/layer" + layer + "/b";
    }

    @Override
    public NDArray apply(NDArray input, BoundParameters arrays) {
      NDArray x = input;
      for (int layer = 0; layer + 1 < widths.size(); layer++) {
        if (layer > 0) {
          x = Activation.relu(x);
        }
        x = x.matMul(arrays.turned(weight(layer))).add(arrays.get(bias(layer)));
      }
      return x;
    }
  }
}
