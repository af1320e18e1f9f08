package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.Crystal.CrystalSpec;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache.CodePacking;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

class CodePackingTest {
  @Test
  void anyChangeOfACodeOrTagChangesTheKey() {
    for (int sites : new int[] {1, 8, 28, 54, 64, 112}) {
      for (int species : new int[] {2, 3, 4, 15}) {
        for (int tags : new int[] {1, 2, 8}) {
          everyNeighbourDiffers(sites, species, tags);
        }
      }
    }
  }

  private static void everyNeighbourDiffers(int sites, int species, int tags) {
    CodePacking packing = new CodePacking(sites, species, tags);
    RandomStream stream = RandomAlloy.stream(sites, species);
    byte[] codes = new byte[sites + 5];
    for (int j = 0; j < codes.length; j++) {
      codes[j] = (byte) stream.below(species + 1);
    }
    Set<List<Long>> keys = new HashSet<>();
    int expected = 0;
    for (int tag = 0; tag < tags; tag++) {
      assertThat(keys.add(key(packing, codes, tag))).isTrue();
      for (int j = 0; j < sites; j++) {
        byte kept = codes[3 + j];
        for (int code = 0; code <= species; code++) {
          if (code != kept) {
            codes[3 + j] = (byte) code;
            keys.add(key(packing, codes, tag));
            expected++;
          }
        }
        codes[3 + j] = kept;
      }
    }
    assertThat(keys).hasSize(expected + tags);
  }

  private static List<Long> key(CodePacking packing, byte[] codes, int tag) {
    long[] key = new long[packing.words()];
    packing.pack(codes, 3, tag, key, 0);
    assertThat(key[key.length - 1]).isNotZero();
    return java.util.Arrays.stream(key).boxed().toList();
  }

  @Test
  void aKeyOfBccIsFourWords() {
    assertThat(new CodePacking(112, 3, 2).words()).isEqualTo(4);
  }

  @Test
  void codesThatDoNotFitAreRefused() {
    CodePacking packing = new CodePacking(112, 3, 1);
    byte[] codes = new byte[112];
    codes[77] = 4;
    assertFails(() -> packing.pack(codes, 0, 0, new long[4], 0), "codes 0 to 3");
  }

  @Test
  void onlyBasisPositionsThatLookDifferentAreToldApart() {
    assertThat(HopGeometry.classes(Crystal.bcc())).containsExactly(0, 0);
    assertThat(HopGeometry.classes(Crystal.fcc())).containsExactly(0, 0, 0, 0);
    assertThat(HopGeometry.classes(diamond())).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
  }

  @Test
  void twinAndCacheAgreeInDiamond() {
    HashModel model = new HashModel(diamond(), 2);
    Lattice fast = RandomAlloy.of(model.crystal(), 5, 5, 6, 2, 3, 4);
    Lattice slow = fast.copy();
    EnvironmentCache cache = new EnvironmentCache(model, 800, 1 << 20);
    VacancySimulator simulator = new VacancySimulator(fast, model, 800, cache);
    simulator.activateAll();
    PlainVacancySimulator twin = new PlainVacancySimulator(slow, model, 800, slow.vacancies());
    simulator.runEvents(500, Clock.EXPONENTIAL, RandomAlloy.stream(2, 2));
    twin.runEvents(500, Clock.EXPONENTIAL, RandomAlloy.stream(2, 2));
    assertThat(fast).isEqualTo(slow);
    assertThat(simulator.time()).isEqualTo(twin.time());
    assertThat(cache.hits()).isGreaterThan(cache.lookups() / 10);
  }

  private static Crystal diamond() {
    double a = 5.43;
    return Crystal.of(
        new CrystalSpec(
            "diamond",
            List.of(List.of(a, 0.0, 0.0), List.of(0.0, a, 0.0), List.of(0.0, 0.0, a)),
            List.of(
                List.of(0.0, 0.0, 0.0),
                List.of(0.0, 0.5, 0.5),
                List.of(0.5, 0.0, 0.5),
                List.of(0.5, 0.5, 0.0),
                List.of(0.25, 0.25, 0.25),
                List.of(0.25, 0.75, 0.75),
                List.of(0.75, 0.25, 0.75),
                List.of(0.75, 0.75, 0.25)),
            a * Math.sqrt(3) / 4,
            0.9 * a,
            CrystalSpec.cubicPointGroup()));
  }
}
