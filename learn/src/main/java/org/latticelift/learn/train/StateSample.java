package org.latticelift.learn.train;

import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.TrainedStates;

/** Some states of the pairs, which go with a model and tell what is far from all of them. */
final class StateSample {
  private static final int MOST = 256;
  private static final int FEWEST = 20;

  private StateSample() {}

  /** As many of every condition, at equal distances in the list of its pairs. */
  static TrainedStates of(PairSet pairs, SdeScaling scaling) {
    List<int[]> byCondition =
        IntStream.range(0, pairs.temperature().length)
            .mapToObj(c -> IntStream.range(0, pairs.count()).filter(k -> pairs.condition()[k] == c))
            .map(IntStream::toArray)
            .toList();
    int fewest = byCondition.stream().mapToInt(each -> each.length).min().orElse(0);
    if (fewest < FEWEST) {
      return TrainedStates.UNKNOWN;
    }
    int d = pairs.variables();
    int kept = Math.min(fewest, MOST);
    float[][] states = new float[byCondition.size()][kept * d];
    for (int c = 0; c < states.length; c++) {
      int[] all = byCondition.get(c);
      for (int i = 0; i < kept; i++) {
        int pair = all[(int) ((long) i * all.length / kept)];
        for (int v = 0; v < d; v++) {
          states[c][i * d + v] = (float) scaling.toScaled(v, pairs.z0()[pair * d + v]);
        }
      }
    }
    return new TrainedStates(states, d);
  }
}
