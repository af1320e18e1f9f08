package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.vacancy.barrier.HopBlock.NetworkArithmetic;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;

class HopBlockTest {

  /** Eight rows that see the sites in random orders. */
  static HopBlock withoutSymmetry(int sites, Random random) {
    int[] labSites = new int[sites * NetworkArithmetic.BLOCK];
    for (int row = 0; row < NetworkArithmetic.BLOCK; row++) {
      List<Integer> order = IntStream.range(0, sites).boxed().collect(Collectors.toList());
      Collections.shuffle(order, random);
      for (int k = 0; k < sites; k++) {
        labSites[k * NetworkArithmetic.BLOCK + row] = order.get(k);
      }
    }
    return HopBlock.of(labSites, sites);
  }

  /** Otherwise a vacancy's look-ups cost up to four times as many additions as it has sites. */
  @Test
  void hopsOfCentrosymmetricCrystalsSeeAsManyPairsAsSites() {
    for (Crystal crystal : List.of(Crystal.bcc(), Crystal.fcc())) {
      EnvironmentGeometry environment = crystal.environment(0);
      HopBlock block = HopBlock.of(environment, 0);
      assertThat(block.first()).hasSize(environment.sites());
      for (int p = 0; p < environment.sites(); p++) {
        double[] one = crystal.spec().fractional(0, environment.offset(block.first()[p]));
        double[] other = crystal.spec().fractional(0, environment.offset(block.second()[p]));
        for (int axis = 0; axis < one.length; axis++) {
          assertThat(one[axis]).isEqualTo(-other[axis]);
        }
      }
    }
  }

  @Test
  void pairsAreThoseOfPartners() {
    int sites = 5;
    HopBlock block = withoutSymmetry(sites, new Random(3));
    for (int i = 0; i < block.pairs().length; i++) {
      int k = i / NetworkArithmetic.BLOCK;
      int row = i % NetworkArithmetic.BLOCK;
      int partner = sites - 1 - k;
      int pair = block.pairs()[i];
      assertThat(block.first()[pair]).isEqualTo(block.labSites()[k * 8 + row]);
      assertThat(block.second()[pair]).isEqualTo(block.labSites()[partner * 8 + row]);
    }
    assertThat(block.pairs()).hasSize(3 * NetworkArithmetic.BLOCK);
  }
}
