package org.latticelift.sim.vacancy.barrier;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;

/**
 * The stored numbers of a barrier network, before anything is folded. The arrays are shared, not
 * copied; nobody modifies them.
 *
 * @param encoding how species enter
 * @param sites environment sites S; the published network stores 729 voxels instead, of which 112
 *     are sites (AL-13)
 * @param species number of species, vacancies not counted
 * @param speciesNames names of the species in the order of their codes; empty if nobody says them
 * @param hidden the hidden layers from the input on, at least one
 * @param outputWeight one per neuron of the last hidden layer
 * @param outputBias the bias of the output, eV
 * @param activation after each hidden layer
 * @param order the input order the network was made for, if the file says it
 * @param batchNormEpsilon the epsilon of AL-31, if the file says it
 * @param attemptFrequency attempt frequency of each species, 1/s
 * @param source where the numbers come from, for messages
 */
public record BarrierWeights(
    InputEncoding encoding,
    int sites,
    int species,
    List<String> speciesNames,
    List<HiddenLayer> hidden,
    float[] outputWeight,
    float outputBias,
    Activation activation,
    Optional<InputOrder> order,
    Optional<Double> batchNormEpsilon,
    double[] attemptFrequency,
    String source) {

  /** Inputs of the published network: the block of 9 x 9 x 9 half-grid points (AL-10). */
  public static final int VOXELS = 729;

  /** Environment sites of a body-centred cubic vacancy within the cut-off (AL-13). */
  public static final int BCC_SITES = 112;

  /** Species of the published network, in the order of its codes (AL-04). */
  public static final List<String> PUBLISHED_SPECIES = List.of("Nb", "Mo", "Ta");

  /** Attempt frequency where nothing else is said, 1/s (AL-40). */
  public static final double DEFAULT_ATTEMPT_FREQUENCY = 1e13;

  /** Epsilon of the code the published network was trained with (DI-22). */
  public static final double DEFAULT_EPSILON = 1e-3;

  /**
   * Checks shapes and values.
   *
   * @param encoding how species enter
   * @param sites environment sites S
   * @param species number of species
   * @param speciesNames names of the species in the order of their codes
   * @param hidden the hidden layers from the input on
   * @param outputWeight one per neuron of the last hidden layer
   * @param outputBias the bias of the output
   * @param activation after each hidden layer
   * @param order the input order the network was made for
   * @param batchNormEpsilon the epsilon of AL-31
   * @param attemptFrequency attempt frequency of each species
   * @param source where the numbers come from
   */
  public BarrierWeights {
    hidden = List.copyOf(hidden);
    speciesNames = SpeciesOrder.requireDistinct(speciesNames, species, source);
    WeightChecks.check(source, hidden, outputWeight, outputBias);
    WeightChecks.positive(source, attemptFrequency);
  }

  /**
   * A network of the published form: voxel codes, batch normalisation, ReLU.
   *
   * @param hidden the hidden layers, the first with 729 inputs
   * @param outputWeight one per neuron of the last hidden layer
   * @param outputBias eV
   * @param source where the numbers come from
   * @return the weights, order and epsilon left open
   */
  public static BarrierWeights published(
      List<HiddenLayer> hidden, float[] outputWeight, float outputBias, String source) {
    double[] frequency = new double[PUBLISHED_SPECIES.size()];
    Arrays.fill(frequency, DEFAULT_ATTEMPT_FREQUENCY);
    return new BarrierWeights(
        InputEncoding.CODE,
        BCC_SITES,
        PUBLISHED_SPECIES.size(),
        PUBLISHED_SPECIES,
        hidden,
        outputWeight,
        outputBias,
        Activation.RELU,
        Optional.empty(),
        Optional.empty(),
        frequency,
        source);
  }

  /**
   * Reads a weight file of either form.
   *
   * @param file HDF5
   * @return the weights
   */
  public static BarrierWeights read(Path file) {
    return BarrierWeightsFile.read(file);
  }

  /**
   * Writes the weights in the form they came in.
   *
   * @param writer an open file
   */
  public void write(Hdf5Writer writer) {
    BarrierWeightsWriter.write(this, writer);
  }

  /**
   * The same network with the order and epsilon recorded.
   *
   * @param newOrder the input order
   * @param newEpsilon the epsilon of the batch normalisation
   * @return a copy
   */
  public BarrierWeights with(Optional<InputOrder> newOrder, Optional<Double> newEpsilon) {
    return new BarrierWeights(
        encoding,
        sites,
        species,
        speciesNames,
        hidden,
        outputWeight,
        outputBias,
        activation,
        newOrder,
        newEpsilon,
        attemptFrequency,
        source);
  }

  /**
   * The input order to use, given what was asked for.
   *
   * @param asked the order of the configuration or command line, if any
   * @return the file's own order, else the one asked for, else {@link InputOrder#NNK} (DI-21)
   */
  public InputOrder resolveOrder(Optional<InputOrder> asked) {
    if (order.isPresent() && asked.isPresent() && !order.equals(asked)) {
      throw LatticeLiftException.badData(
          "the order '" + lower(asked.get()) + "' contradicts the weights",
          source,
          "'" + lower(order.get()) + "', which the file records",
          "Leave the order out, or take other weights");
    }
    return order.or(() -> asked).orElse(InputOrder.NNK);
  }

  /**
   * The epsilon to use, given what was asked for.
   *
   * @param asked the epsilon of the configuration or command line, if any
   * @return the one asked for, else the file's, else {@link #DEFAULT_EPSILON}
   */
  public double resolveEpsilon(Optional<Double> asked) {
    return asked.or(() -> batchNormEpsilon).orElse(DEFAULT_EPSILON);
  }

  /**
   * The widths of the hidden layers, such as 128-128-128-128.
   *
   * @return the widths joined by hyphens
   */
  public String shapeText() {
    return String.join("-", hidden.stream().map(l -> Integer.toString(l.width())).toList());
  }

  private static String lower(InputOrder value) {
    return value.name().toLowerCase(java.util.Locale.ROOT);
  }
}
