package org.latticelift.learn.closure;

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
}
