package org.latticelift.learn.certificate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;

/**
 * Whether large states have the observables of the snapshots that they are made of. Where they have
 * not, upsampling has changed what is learned from; that is no bias by itself, as an equation is
 * learned at the states that there are.
 */
final class SourceStates {
  /** A mean difference below this share of the spread of the states is nothing to speak of. */
  private static final double SHARE = 0.25;

  private static final double ERRORS = 4;

  private SourceStates() {}

  /** In sentences; none where the pairs do not know what they are made of. */
  static List<String> warnings(Path pairs, Path snapshots) {
    List<String> warnings = new ArrayList<>();
    if (!Files.exists(snapshots)) {
      return warnings;
    }
    try (PairsFile file = PairsFile.open(pairs);
        SnapshotsFile small = SnapshotsFile.open(snapshots)) {
      if (!file.has(PairColumn.SOURCE_RUN) || !file.has(PairColumn.SOURCE_RECORD)) {
        return warnings;
      }
      for (int c = 0; c < file.conditions().size(); c++) {
        Condition condition = file.conditions().get(c);
        Difference difference = new Difference(file.observables());
        difference.add(file, c, small.run(condition), small);
        difference.sentence(condition).ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  /** Sums over the pairs of a condition. */
  private static final class Difference {
    private final List<String> names;
    private final double[] sum;
    private final double[] squares;
    private final double[] mean;
    private final double[] spread;
    private int count;

    Difference(List<String> names) {
      this.names = names;
      int m = names.size();
      sum = new double[m];
      squares = new double[m];
      mean = new double[m];
      spread = new double[m];
    }

    void add(PairsFile file, int condition, int[] run, SnapshotsFile small) {
      int m = names.size();
      double[] own = small.observables(file.conditions().get(condition), run.length, m);
      int runs = 1 + java.util.Arrays.stream(run).max().orElse(0);
      int records = run.length / runs;
      int[] of = file.ints(PairColumn.CONDITION);
      int[] sourceRun = file.ints(PairColumn.SOURCE_RUN);
      int[] sourceRecord = file.ints(PairColumn.SOURCE_RECORD);
      double[] z0 = file.doubles(PairColumn.Z0);
      for (int k = 0; k < of.length; k++) {
        long state = (long) sourceRun[k] * records + sourceRecord[k];
        if (of[k] == condition && sourceRun[k] >= 0 && state < run.length) {
          add(z0, k * m, own, (int) state * m);
        }
      }
    }

    private void add(double[] large, int at, double[] small, int from) {
      count++;
      for (int i = 0; i < names.size(); i++) {
        double difference = large[at + i] - small[from + i];
        sum[i] += difference;
        squares[i] += difference * difference;
        mean[i] += large[at + i];
        spread[i] += large[at + i] * large[at + i];
      }
    }

    java.util.Optional<String> sentence(Condition condition) {
      List<String> parts = new ArrayList<>();
      for (int i = 0; i < names.size() && count > 1; i++) {
        double off = sum[i] / count;
        double error = Math.sqrt(Math.max(0, squares[i] / count - off * off) / count);
        double level = mean[i] / count;
        double deviation = Math.sqrt(Math.max(0, spread[i] / count - level * level));
        if (Math.abs(off) > ERRORS * error && Math.abs(off) > SHARE * deviation) {
          parts.add(String.format(Locale.ROOT, "%s by %+.4f (%.4f)", names.get(i), off, error));
        }
      }
      return parts.isEmpty()
          ? java.util.Optional.empty()
          : java.util.Optional.of(
              condition.name()
                  + ": large states differ from the snapshots they are made of: "
                  + String.join(", ", parts)
                  + ".");
    }
  }
}
