package org.latticelift.learn.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.learn.closure.AutoencoderTraining.AutoencoderLoss.PatchLayout;
import org.latticelift.learn.closure.AutoencoderTraining.AutoencoderLoss.PatchPlaces;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Encoding.Values;

class AutoencoderTest {
  private static Autoencoder spins(int patch, int large, int dim) {
    Encoding encoding = new Encoding(1, List.of(patch, patch), List.of(large, large), Values.SIGN);
    return new Autoencoder(encoding, 2, dim, false, true, false);
  }

  private static Autoencoder fields(boolean invariant, boolean shared, int dim) {
    Encoding encoding = new Encoding(2, List.of(40), List.of(200), Values.REAL);
    return new Autoencoder(encoding, 2, dim, invariant, shared, false);
  }

  /** ME-63. */
  @Test
  void fieldsHaveAsManyParametersAsThePaper() {
    Autoencoder published = fields(false, true, 2);
    assertThat(Autoencoder.count(published.encoder().parameters())).isEqualTo(2401);
    assertThat(Autoencoder.count(published.decoder().parameters())).isEqualTo(14416);
    assertThat(published.parameterCount()).isEqualTo(16817);
    Autoencoder separate = fields(false, false, 2); // DI-36
    assertThat(Autoencoder.count(separate.encoder().parameters())).isEqualTo(2 * 2401);
  }

  /** ME-63; decoder of 64 x 64. */
  @ParameterizedTest
  @CsvSource({"8, 19522", "16, 94146", "32, 97218", "64, 109506"})
  void spinsHaveAsManyParametersAsThePaper(int side, int encoder) {
    Autoencoder published = spins(side, 64, 2);
    assertThat(Autoencoder.count(published.encoder().parameters())).isEqualTo(encoder);
    assertThat(Autoencoder.count(published.decoder().parameters())).isEqualTo(107489);
  }

  @Test
  void shapesThatCannotBeEncodedAreRefused() {
    assertThatThrownBy(() -> spins(3, 9, 2)).hasMessageContaining("at least 4 x 4");
    assertThatThrownBy(() -> fields(false, true, 3)).hasMessageContaining("number of fields");
    assertThat(fields(true, true, 3).dim()).isEqualTo(3);
  }

  /** Patches are put where they were cut out. */
  @Test
  void mosaicsPutPatchesBack() {
    Encoding encoding = new Encoding(2, List.of(2, 3), List.of(4, 6), Values.REAL);
    PatchLayout mosaic = new PatchLayout(encoding);
    assertThat(mosaic.size()).isEqualTo(48);
    float[] patches = new float[48];
    int at = 0;
    for (int patch = 0; patch < 4; patch++) {
      for (int channel = 0; channel < 2; channel++) {
        for (int i = 0; i < 6; i++) {
          int row = patch / 2 * 2 + i / 3;
          int column = patch % 2 * 3 + i % 3;
          patches[at++] = channel * 24 + row * 6 + column;
        }
      }
    }
    float[] state = new float[48];
    mosaic.assemble(patches, 0, state, 0);
    for (int i = 0; i < 48; i++) {
      assertThat(state[i]).isEqualTo(i);
    }
  }

  /** The decoder of a patch has as many parameters for a state of any length. */
  @Test
  void aDecoderOfPatchesDoesNotGrowWithTheState() {
    int[] whole = new int[2];
    int[] byPatch = new int[2];
    for (int i = 0; i < 2; i++) {
      Encoding line = new Encoding(2, List.of(40), List.of(200 << 2 * i), Encoding.Values.REAL);
      whole[i] = new Autoencoder(line, 2, 2, false, true, false).parameterCount();
      byPatch[i] = new Autoencoder(line, 2, 2, false, true, true).parameterCount();
    }
    assertThat(whole[1]).isGreaterThan(3 * byPatch[1]);
    assertThat(byPatch[1]).isEqualTo(byPatch[0]).isLessThan(whole[0]);
    Encoding square = new Encoding(1, List.of(16, 16), List.of(32, 64), Encoding.Values.SIGN);
    PatchPlaces places = new PatchPlaces(square);
    assertThat(places.at(0, 0)).isEqualTo(-0.5f);
    assertThat(places.at(0, 1)).isEqualTo(-0.75f);
    assertThat(places.at(7, 0)).isEqualTo(0.5f);
    assertThat(places.at(7, 1)).isEqualTo(0.75f);
  }
}
