package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.PairSet.HalfSamples;
import org.latticelift.learn.train.PairSet.Split;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class HalfSamplesTest {
  /** Two pairs in every group, whose increment is that of the group. */
  private static PairSet pairs(double[][] increments) {
    int groups = Arrays.stream(increments).mapToInt(c -> c.length).sum();
    int n = 2 * groups;
    double[] after = new double[n];
    double[] dt = new double[n];
    int[] condition = new int[n];
    long[] group = new long[n];
    Arrays.fill(dt, 1);
    int k = 0;
    for (int c = 0; c < increments.length; c++) {
      for (int g = 0; g < increments[c].length; g++) {
        for (int twice = 0; twice < 2; twice++, k++) {
          after[k] = increments[c][g];
          condition[k] = c;
          group[k] = ((long) c << 40) + g;
        }
      }
    }
    double[] values = new double[increments.length];
    Arrays.setAll(values, c -> 1 + c);
    return new PairSet(1, new double[n], after, dt, condition, values, group);
  }

  private static double[] normals(long seed, int count) {
    RandomStream random = new Streams(seed).stream(Purpose.CHECK, count);
    double[] values = new double[count];
    Arrays.setAll(values, g -> random.normal());
    return values;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** S^2/G. */
  private static double squaredErrorOfMean(double[] values) {
    int count = values.length;
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (count - 1) / count;
  }

  private static RandomStream stream(long half) {
    return new Streams(3).stream(Purpose.RESAMPLE, half);
  }

  private static long[] groups(PairSet pairs, int condition) {
    long[] groups = new long[pairs.count()];
    Arrays.setAll(groups, k -> pairs.condition()[k] == condition ? pairs.group()[k] : -1);
    return Arrays.stream(groups).filter(g -> g >= 0).distinct().sorted().toArray();
  }

  @Test
  void everyConditionGivesHalfOfItsGroupsAndNoneIsOnBothSides() {
    PairSet all = pairs(new double[][] {new double[8], new double[5], new double[1]});
    for (long half = 0; half < 40; half++) {
      Split split = HalfSamples.draw(all, 0.1, half, stream(half));
      PairSet training = all.select(split.training());
      PairSet validation = all.select(split.validation());
      assertThat(groups(training, 0)).hasSize(4);
      assertThat(groups(training, 1)).hasSizeBetween(2, 3);
      assertThat(groups(training, 2)).hasSize(1);
      for (int c = 0; c < 2; c++) {
        assertThat(groups(validation, c)).hasSize(1).doesNotContain(groups(training, c));
      }
      assertThat(groups(validation, 2)).isEmpty();
      assertThat(HalfSamples.draw(all, 0.1, half, stream(half)).training())
          .isEqualTo(split.training());
    }
    assertThat(HalfSamples.draw(all, 0, 1, stream(1)).validation()).isEmpty();
    assertThat(HalfSamples.fewest(all)).isEqualTo(1);
  }

  @Test
  void theSpreadOfHalvesIsTheErrorOfTheMean() {
    for (int count : new int[] {2, 5, 7, 8}) {
      double[] values = normals(5, count);
      PairSet all = pairs(new double[][] {values});
      double mean = mean(values);
      double error = squaredErrorOfMean(values);
      double square = 0;
      int repeats = 20_000;
      for (int half = 0; half < repeats; half++) {
        int[] rows = HalfSamples.draw(all, 0, half, stream(half)).training();
        double found = mean(all.select(rows).z1());
        square += (found - mean) * (found - mean) / repeats;
      }
      // Odd numbers of groups: the mean over both ways to round is above 1 by 2/(G^2 - 1).
      double expected = count % 2 == 0 ? 1 : 1 + 2.0 / (count * count - 1.0);
      assertThat(square / error).as("%d groups", count).isCloseTo(expected, within(0.05));
    }
  }

  /** Of all G - 1 balanced halves the spread is the error of the mean without any scatter. */
  @Test
  void balancedHalvesTellTheErrorExactly() {
    for (int count : new int[] {4, 8, 16}) {
      double[] values = normals(6, count);
      PairSet all = pairs(new double[][] {values});
      double mean = mean(values);
      double error = squaredErrorOfMean(values);
      double square = 0;
      for (int half = 0; half < count - 1; half++) {
        PairSet training = all.select(HalfSamples.draw(all, 0.1, half, stream(half)).training());
        double found = mean(training.z1());
        square += (found - mean) * (found - mean) / (count - 1);
        assertThat(groups(training, 0)).hasSize(count / 2);
      }
      assertThat(square).as("%d groups", count).isCloseTo(error, within(1e-12));
    }
  }

  @Test
  void someHalvesAreTrainedTwice() {
    assertThat(HalfSamples.halves(8)).containsExactly(0, 1, 2, 3, 4, 5, 0, 1);
    assertThat(HalfSamples.halves(5)).containsExactly(0, 1, 2, 3, 0);
    assertThat(HalfSamples.halves(3)).containsExactly(0, 1, 2);
    assertThat(HalfSamples.halves(2)).containsExactly(0, 1);
  }

  @Test
  void jointEvolutionsAreHalvedInEveryCondition() {
    PairSet all = pairs(new double[][] {{1, 2, 3, 4, 5, 6}, {7, 8}});
    PairSet half = HalfSamples.ofSingle(all, stream(1));
    assertThat(half.count()).isEqualTo(8);
    assertThat(Arrays.stream(half.condition()).filter(c -> c == 0).count()).isEqualTo(6);
    assertThat(half.z1()).isNotEqualTo(HalfSamples.ofSingle(all, stream(2)).z1());
  }
}
