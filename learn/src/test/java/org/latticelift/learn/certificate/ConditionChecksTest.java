package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.certificate.CertificateStage.ConditionChecks;
import org.latticelift.learn.certificate.CorrectedEnsemble.StateRange;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * An equation dz = -z ds + 0.4 dW, pairs of it, and pairs of relaxed states, whose drift is 0.1 -
 * z: the prediction is off by -0.1, all of it by want of relaxation.
 */
class ConditionChecksTest {
  private static final Condition WARM = Condition.of("temperature_K", 2000);
  private static final double SIGMA = 0.4;
  private static final double DURATION = 0.05;

  @TempDir private Path folder;

  private static SdeModel model() {
    SdeScaling scaling =
        new SdeScaling(new double[] {0}, new double[] {1}, new double[] {2000}, new double[] {1});
    return LinearModels.one(1, 0, SIGMA, scaling, MacroscopicMap.identity(List.of("m")), 1);
  }

  private Path pairs(String name, int count, double shift, double duration) {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, name.hashCode());
    double[] before = new double[count];
    double[] after = new double[count];
    double[] time = new double[count];
    for (int k = 0; k < count; k++) {
      before[k] = 0.6 * stream.normal();
      time[k] = duration;
      after[k] =
          before[k]
              + (shift - before[k]) * duration
              + SIGMA * Math.sqrt(duration) * stream.normal();
    }
    Path file = folder.resolve(name + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
      columns.put(PairColumn.Z0, before);
      columns.put(PairColumn.Z1, after);
      columns.put(PairColumn.DT, time);
      columns.put(PairColumn.CONDITION, new int[count]);
      PairsCommon common =
          new PairsCommon(
              MacroscopicMap.identity(List.of("m")),
              new double[0],
              1,
              List.of(WARM),
              new double[1],
              new double[1],
              "s");
      PairsFile.write(writer, common, columns);
    }
    return file;
  }

  private List<Bias> biases(double own, int halves, double shiftOfHalves) {
    Streams streams = new Streams(1);
    CorrectedEnsemble ensemble =
        new CorrectedEnsemble(
            model(),
            WARM,
            new double[] {0},
            80,
            StateRange.everything(1),
            new Steps(0.02, StepScheme.EULER),
            48,
            streams);
    Map<Check, Path> files =
        Map.of(
            Check.RELAXATION, pairs("relaxed", 20_000, 0.1, DURATION),
            Check.DURATION, pairs("half" + halves, halves, shiftOfHalves, DURATION / 2));
    return new ConditionChecks(
            pairs("own" + own, 20_000, own, DURATION), true, new FurtherPairs(files, Map.of()))
        .of(new CorrectedPrediction(ensemble, new int[0], streams));
  }

  private static Bias mean(List<Bias> biases, Check check) {
    return biases.stream()
        .filter(b -> b.check() == check && b.quantity() == BiasedValue.LATE_MEAN)
        .findFirst()
        .orElseThrow();
  }

  @Tag("law")
  @Test
  void whatIsSilentDoesNotBlurWhatIsSeen() {
    List<Bias> biases = biases(0, 60, 0);
    Bias relaxation = mean(biases, Check.RELAXATION);
    Bias half = mean(biases, Check.DURATION);
    Bias together = mean(biases, Check.TOGETHER);
    assertThat(relaxation.bias()).isCloseTo(-0.1, within(3 * relaxation.error()));
    assertThat(half.silent()).isTrue();
    assertThat(half.error()).isGreaterThan(5 * relaxation.error());
    assertThat(together.error()).isLessThan(1.2 * relaxation.error());
    assertThat(together.bias()).isCloseTo(-0.1, within(3 * together.error()));
  }

  @Test
  void aBiasOfTheDurationThatIsSeenIsAdded() {
    List<Bias> biases = biases(0, 40_000, 0.1);
    assertThat(mean(biases, Check.DURATION).silent()).isFalse();
    Bias together = mean(biases, Check.TOGETHER);
    assertThat(together.bias()).isCloseTo(-0.2, within(3 * together.error()));
  }

  @Tag("law")
  @Test
  void whatTheEquationMissesOfItsOwnPairsCounts() {
    List<Bias> biases = biases(0.05, 60, 0);
    Bias together = mean(biases, Check.TOGETHER);
    assertThat(mean(biases, Check.FIT).bias()).isCloseTo(-0.05, within(0.03));
    assertThat(together.bias() - mean(biases, Check.RELAXATION).bias())
        .isCloseTo(-0.05, within(0.03));
    assertThat(together.bias()).isCloseTo(-0.1, within(3 * together.error()));
  }
}
