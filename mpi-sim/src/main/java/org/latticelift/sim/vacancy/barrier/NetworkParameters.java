package org.latticelift.sim.vacancy.barrier;

import java.util.List;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.DenseLayer;

/**
 * What a kernel needs to evaluate a network in single precision. The first layer is a table: for
 * canonical position k and code c the row k (species + 1) + c holds what that site adds to each
 * neuron; the rows of vacancies hold -0.0, so that adding them changes no bit. The arrays are
 * shared, not copied; nobody modifies them.
 *
 * <p>Arithmetic contract: each value starts from its bias and takes its inputs in ascending order;
 * table rows by plain additions, after those of position k and its {@link #partner} have been added
 * to each other, dense layers and output by fused multiply-add; activations by {@link
 * NetworkParameters.Activation#apply(float)}. So the bits depend on nothing else. (Inputs that are
 * zero may be left out: at most the sign of a zero changes, which {@link
 * NetworkParameters.Activation#RELU} removes.)
 *
 * @param sites environment sites S
 * @param codes species and the vacancy
 * @param width neurons of the first hidden layer
 * @param table (S codes) by width, row-major
 * @param bias of the first hidden layer
 * @param dense the other hidden layers
 * @param outputWeight one per neuron of the last hidden layer
 * @param outputBias eV
 * @param activation after each hidden layer
 */
public record NetworkParameters(
    int sites,
    int codes,
    int width,
    float[] table,
    float[] bias,
    List<DenseLayer> dense,
    float[] outputWeight,
    float outputBias,
    Activation activation) {

  public NetworkParameters {
    dense = List.copyOf(dense);
  }

  /**
   * Pairs of positions whose table rows are added to each other before they are added to the sum;
   * positions 0 to this number - 1 are the first ones of their pairs.
   */
  public static int pairs(int sites) {
    return (sites + 1) / 2;
  }

  /**
   * The other position of a pair. Where positions are sorted by displacement and the environment is
   * centrosymmetric, as in BCC and FCC, it is the opposite place. Returns S - 1 - k; a position
   * that is its own partner is added alone.
   */
  public static int partner(int k, int sites) {
    return sites - 1 - k;
  }

  /**
   * Floating-point operations of one row without any shortcut: an addition per position and neuron,
   * and two operations per multiply-add.
   */
  public long operations() {
    long multiplyAdds = outputWeight.length;
    for (DenseLayer layer : dense) {
      multiplyAdds += (long) layer.inputs() * layer.outputs();
    }
    return (long) sites * width + 2 * multiplyAdds;
  }

  /**
   * One dense layer of an evaluable network, batch normalisation folded in, single precision. The
   * arrays are shared, not copied; nobody modifies them.
   *
   * @param inputs number of inputs
   * @param outputs number of neurons
   * @param weight inputs by outputs, row-major
   * @param bias one per neuron
   */
  public record DenseLayer(int inputs, int outputs, float[] weight, float[] bias) {}

  /** The non-linearity after each hidden layer. */
  public enum Activation {
    /** max(0, x). */
    RELU,
    /** x / (1 + exp(-x)), also called swish. */
    SILU;

    /**
     * Applies the function in single precision, with exactly the operations of every other kernel.
     */
    public float apply(float x) {
      return this == RELU ? (x > 0f ? x : 0f) : PolynomialExp.silu(x);
    }
  }

  /**
   * The exponential of the kernels, in single precision: argument reduction by powers of two and a
   * polynomial of degree 7, all in fused multiply-adds. The Vector API kernel performs the same
   * operations lane by lane, so both give the same bits. The error is below 2 units in the last
   * place of the result for |x| up to 87; larger arguments are clamped, so that nothing overflows.
   */
  public static final class PolynomialExp {
    /** Largest argument; above it the result of this argument is returned. */
    public static final float LIMIT = 87f;

    /** The reciprocal of the logarithm of 2. */
    public static final float INVERSE_LN2 = 1.44269504f;

    /**
     * 1.5 times 2 to the 23: adding it rounds to a whole number and leaves that in the low bits.
     */
    public static final float ROUNDER = 12582912f;

    /** The logarithm of 2, leading bits. */
    public static final float LN2_HIGH = 0.693145752f;

    /** The logarithm of 2, the rest. */
    public static final float LN2_LOW = 1.42860677e-6f;

    /** Coefficient of the seventh power. */
    public static final float C7 = 1f / 5040;

    /** Coefficient of the sixth power. */
    public static final float C6 = 1f / 720;

    /** Coefficient of the fifth power. */
    public static final float C5 = 1f / 120;

    /** Coefficient of the fourth power. */
    public static final float C4 = 1f / 24;

    /** Coefficient of the cube. */
    public static final float C3 = 1f / 6;

    /** Coefficient of the square. */
    public static final float C2 = 0.5f;

    /** Bits of a float's mantissa. */
    public static final int MANTISSA_BITS = 23;

    private PolynomialExp() {}

    /** The exponential ({@code x}: any number; clamped to {@link #LIMIT} in size); e to the x. */
    public static float exp(float x) {
      float low = x > -LIMIT ? x : -LIMIT;
      float clamped = low < LIMIT ? low : LIMIT;
      float shifted = Math.fma(clamped, INVERSE_LN2, ROUNDER);
      float whole = shifted - ROUNDER;
      float rest = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, clamped));
      float p = Math.fma(C7, rest, C6);
      p = Math.fma(p, rest, C5);
      p = Math.fma(p, rest, C4);
      p = Math.fma(p, rest, C3);
      p = Math.fma(p, rest, C2);
      p = Math.fma(p, rest, 1f);
      p = Math.fma(p, rest, 1f);
      int exponent = Float.floatToRawIntBits(shifted) << MANTISSA_BITS;
      return Float.intBitsToFloat(Float.floatToRawIntBits(p) + exponent);
    }

    /** The sigmoid-weighted linear unit; x / (1 + exp(-x)). */
    public static float silu(float x) {
      return x / (1f + exp(-x));
    }
  }
}
