package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.barrierfit.BarrierSampleStage.SampleConfig;
import org.latticelift.learn.barrierfit.BarrierSampleStage.TableSampler;

final class TableSamplerTest {
  private final TableSampler sampler = Tables.sampler(600, 1);
  private final BarrierTable table = Tables.table(sampler);

  @Test
  void environmentsAreDistinctAndOfEveryCategory() {
    assertThat(distinct(table)).hasSize(table.size());
    assertThat(table.size()).isBetween(560, 600);
    for (int c = 0; c < 4; c++) {
      assertThat(table.category()).contains(c);
    }
  }

  @Test
  void barriersAreThoseOfTheTeacherAndBlockedOnesAreUnknown() {
    float[] expected = new float[8];
    int blocked = 0;
    for (int e = 0; e < table.size(); e++) {
      new SumBarrier().barriers(table.environment(), e * 112, 0, expected, 0);
      for (int d = 0; d < 8; d++) {
        float value = table.barrier()[e * 8 + d];
        if (Float.isInfinite(expected[d])) {
          blocked++;
          assertThat(value).isNaN();
        } else {
          assertThat(value).isEqualTo(expected[d]);
        }
      }
    }
    assertThat(blocked).isPositive();
  }

  @Test
  void doesNotDependOnThreads() {
    BarrierTable other = Tables.table(Tables.sampler(600, 2));
    assertThat(other.checksum()).isEqualTo(table.checksum());
  }

  @Test
  void freshEnvironmentsAreNotInTheTable() {
    BarrierTable fresh = sampler.fresh(sampler.freshMembers(), table);
    Set<List<Integer>> both = new HashSet<>(distinct(table));
    both.addAll(distinct(fresh));
    assertThat(fresh.size()).isBetween(10, 20);
    assertThat(both).hasSize(table.size() + fresh.size());
  }

  @Test
  void anUnknownKindNamesTheKinds() {
    ConfigNode node = ConfigNode.parse("groups: [{name: a, kind: kmz, share: 1}]", "c.yaml");
    assertFails(
        () -> Binder.bind(node, SampleConfig.class),
        "kmz",
        "c.yaml:1",
        "kmc, random, sublattices, solute");
  }

  private static Set<List<Integer>> distinct(BarrierTable table) {
    Set<List<Integer>> all = new HashSet<>();
    for (int e = 0; e < table.size(); e++) {
      all.add(Tables.codes(table, e));
    }
    return all;
  }
}
