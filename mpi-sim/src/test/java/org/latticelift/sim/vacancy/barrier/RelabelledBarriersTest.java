package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.testing.SharedData;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** The barriers of named species are the same bits in any order of the codes. */
class RelabelledBarriersTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final List<String> USUAL = List.of("Nb", "Mo", "Ta");
  private static final int COUNT = 40;

  @TempDir private Path folder;

  private static BarrierModel model(String yaml, List<String> species) {
    return BarrierModels.fromConfig(ConfigNode.parse(yaml, "test.yaml"), BCC, species);
  }

  private static float[] barriers(BarrierModel model, byte[] environments) {
    float[] barriers = new float[COUNT * BCC.hopCount()];
    int[] basis = new int[COUNT];
    for (int i = 0; i < COUNT; i++) {
      basis[i] = i % 2;
    }
    model.newKernel().barriers(COUNT, environments, basis, barriers);
    return barriers;
  }

  private static byte[] recoded(byte[] codes, List<String> species) {
    byte[] recoded = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      recoded[i] = (byte) (codes[i] == 0 ? 0 : species.indexOf(USUAL.get(codes[i] - 1)) + 1);
    }
    return recoded;
  }

  private static void requireEqualBits(String yaml, List<String> species) {
    byte[] codes = RandomWeights.environments(new Random(2), BCC, 3, COUNT);
    float[] expected = barriers(model(yaml, USUAL), codes);
    byte[] recoded = recoded(codes, species);
    assertThat(barriers(model(yaml, species), recoded)).isEqualTo(expected);
    assertThat(barriers(model(yaml, USUAL), recoded)).isNotEqualTo(expected);
    // Without names: the order of the file.
    BarrierModel own = BarrierModels.fromConfig(ConfigNode.parse(yaml, "test.yaml"), BCC);
    assertThat(barriers(own, codes)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"compact", "small", "pairwise"})
  void ofShippedModels(String name) {
    for (List<String> species :
        List.of(List.of("Mo", "Nb", "Ta"), List.of("Ta", "Mo", "Nb"), List.of("Mo", "Ta", "Nb"))) {
      requireEqualBits("{model: " + name + "}", species);
    }
  }

  /** The published form enters codes as numbers: another order still gives Nb 1, Mo 2, Ta 3. */
  @Test
  void ofThePublishedNetwork() {
    Path weights = SharedData.find("nnk-nbmota/weights.h5");
    assertThat(BarrierWeights.read(weights).speciesNames()).isEqualTo(USUAL);
    requireEqualBits("{model: network, weights: " + weights + "}", List.of("Ta", "Nb", "Mo"));
  }

  private Path written(BarrierWeights weights, String name) {
    Path file = folder.resolve(name);
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      weights.write(writer);
    }
    return file;
  }

  private static BarrierWeights weights(List<String> names, double... frequency) {
    BarrierWeights random = RandomWeights.oneHot(BCC, 3, Activation.SILU, 4, 8);
    return new BarrierWeights(
        random.encoding(),
        random.sites(),
        random.species(),
        names,
        random.hidden(),
        random.output(),
        random.activation(),
        random.stated(),
        frequency,
        random.source());
  }

  @Test
  void namesAndFrequenciesGoWithTheNetwork() {
    Path file = written(weights(USUAL, 1e12, 2e12, 3e12), "named.h5");
    assertThat(BarrierWeights.read(file).speciesNames()).isEqualTo(USUAL);
    String yaml = "{model: network, weights: " + file + "}";
    requireEqualBits(yaml, List.of("Ta", "Nb", "Mo"));
    BarrierModel other = model(yaml, List.of("Ta", "Nb", "Mo"));
    assertThat(other.attemptFrequency(1)).isEqualTo(3e12);
    assertThat(other.attemptFrequency(2)).isEqualTo(1e12);
    // Frequencies of a configuration stand in the order of its species.
    BarrierModel given =
        model(
            yaml.replace("}", ", attempt_frequency: [4e12, 5e12, 6e12]}"),
            List.of("Ta", "Nb", "Mo"));
    assertThat(given.attemptFrequency(1)).isEqualTo(4e12);
  }

  @Test
  void networksWithoutNamesAreRefused() {
    Path file = written(weights(List.of(), 1e13, 1e13, 1e13), "nameless.h5");
    String yaml = "{model: network, weights: " + file + "}";
    assertFails(ExitCode.BAD_DATA, () -> model(yaml, USUAL), "nameless.h5", "species_names");
    assertThat(BarrierModels.fromConfig(ConfigNode.parse(yaml, "t"), BCC).species()).isEqualTo(3);
  }

  @Test
  void namesMustFitTheNetwork() {
    for (List<String> names : List.of(List.of("Nb", "Mo"), List.of("Nb", "Nb", "Ta"))) {
      assertFails(
          ExitCode.BAD_DATA, () -> weights(names, 1, 1, 1), "random weights", "3 different names");
    }
  }

  @Test
  void publishedWeightsHaveTheirSpecies() {
    BarrierWeights read = BarrierWeights.read(SharedData.find("nnk-nbmota/weights.h5"));
    assertThat(read.speciesNames()).isEqualTo(USUAL);
    assertThat(Arrays.stream(read.attemptFrequency()).distinct()).containsExactly(1e13);
  }
}
