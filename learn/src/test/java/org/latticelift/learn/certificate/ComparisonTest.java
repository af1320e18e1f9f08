package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.learn.certificate.CorrectedEnsemble.StateRange;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.judgement.Size;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/** A linear equation dz = -k z ds + sigma dW, whose late mean and deviation are known. */
class ComparisonTest {
  private static final double RATE = 1;
  private static final double SIGMA = 0.4;
  private static final double DURATION = 0.05;
  private static final int PATCHES = 8;
  private static final int[] NO_MIRROR = {};

  @TempDir private Path folder;

  private static SdeModel model() {
    SdeScaling scaling =
        new SdeScaling(new double[] {0}, new double[] {1}, new double[] {2000}, new double[] {1});
    MacroscopicMap map = MacroscopicMap.identity(List.of("m"));
    return LinearModels.one(RATE, 0, SIGMA, scaling, map, PATCHES);
  }

  /** Increments of a process with another drift and noise. */
  private static Increments increments(
      int n, double shift, double rate, double sigma, double factor, long key) {
    RandomStream stream = new Streams(2).stream(Purpose.CHECK, key);
    double[] state = new double[n];
    double[] increment = new double[n];
    double[] duration = new double[n];
    for (int k = 0; k < n; k++) {
      state[k] = 0.6 * stream.normal();
      duration[k] = DURATION;
      increment[k] =
          (shift - rate * state[k]) * DURATION
              + sigma * Math.sqrt(factor * DURATION) * stream.normal();
    }
    return new Increments(1, state, increment, duration);
  }

  private static List<Bias> biases(Check check, Increments joint) {
    return biases(check, joint, increments(20_000, 0, RATE, SIGMA, PATCHES, 1));
  }

  private static List<Bias> biases(Check check, Increments joint, Increments pairs) {
    SdeModel model = model();
    Residuals own = Residuals.of(pairs, model, 2000, NO_MIRROR, Neighbourhood.everywhere(1));
    Residuals whole = Residuals.of(joint, model, 2000, NO_MIRROR, Neighbourhood.everywhere(1));
    CorrectionEstimate estimate =
        check == Check.KAPPA
            ? CorrectionEstimate.noise(whole)
            : CorrectionEstimate.drift(whole, own);
    Streams streams = new Streams(1);
    CorrectedEnsemble ensemble = ensemble(model, StateRange.everything(1), 0.02);
    return new CorrectedPrediction(ensemble, new int[] {-1}, streams)
        .of(check, List.of(estimate), false);
  }

  /** Of increments with a drift that the model misses 0.1 of. */
  private static Residuals shifted(SdeModel model) {
    Increments increments = increments(20_000, 0.1, RATE, SIGMA, 1, 31);
    return Residuals.of(increments, model, 2000, NO_MIRROR, Neighbourhood.everywhere(1));
  }

  private static CorrectedEnsemble ensemble(SdeModel model, StateRange range, double step) {
    return new CorrectedEnsemble(
        model,
        Condition.of("temperature_K", 2000),
        new double[] {0},
        80,
        range,
        new Steps(step, StepScheme.EULER),
        48,
        new Streams(1));
  }

  private static Bias one(List<Bias> biases, BiasedValue quantity) {
    return biases.stream().filter(b -> b.quantity() == quantity).findFirst().orElseThrow();
  }

  @Test
  void aDriftThatPatchesMissIsTheBiasOfTheLateMean() {
    // with the drift 0.1 - z the mean is 0.1; the prediction has 0: a bias of -0.1
    List<Bias> found = biases(Check.ADDITIVITY, increments(3000, 0.1, RATE, SIGMA, 1, 7));
    Bias mean = one(found, BiasedValue.LATE_MEAN);
    assertThat(mean.silent()).isFalse();
    assertThat(mean.error()).isBetween(0.01, 0.06);
    assertThat(mean.bias()).isCloseTo(-0.1, within(3 * mean.error()));
    assertThat(one(found, BiasedValue.LATE_DEVIATION).predicted())
        .isCloseTo(SIGMA / Math.sqrt(2 * RATE), within(0.02));
  }

  @Test
  void aSlowerDriftIsABiasOfDeviationAndMagnitude() {
    // deviation sigma / sqrt(2 k): 0.2828 predicted, 0.4 with k = 0.5
    List<Bias> found = biases(Check.ADDITIVITY, increments(20_000, 0, 0.5, SIGMA, 1, 8));
    Bias deviation = one(found, BiasedValue.LATE_DEVIATION);
    assertThat(deviation.silent()).isFalse();
    assertThat(deviation.bias())
        .isCloseTo(SIGMA / Math.sqrt(2) - SIGMA, within(3 * deviation.error() + 0.015));
    Bias magnitude = one(found, BiasedValue.LATE_MAGNITUDE);
    assertThat(magnitude.silent()).isFalse();
    assertThat(magnitude.bias() / deviation.bias())
        .isCloseTo(Math.sqrt(2 / Math.PI), within(0.15)); // of a normal distribution
    assertThat(one(found, BiasedValue.LATE_MEAN).silent()).isTrue();
  }

  @Test
  void moreNoiseOfTheWholeIsABiasOfTheDeviation() {
    List<Bias> found = biases(Check.KAPPA, increments(3000, 0, RATE, 1.2 * SIGMA, 1, 9));
    Bias deviation = one(found, BiasedValue.LATE_DEVIATION);
    assertThat(deviation.silent()).isFalse();
    assertThat(deviation.bias())
        .isCloseTo(-0.2 * SIGMA / Math.sqrt(2), within(3 * deviation.error()));
  }

  @Test
  void whatIsMendedTogetherIsTheSumOfSmallBiases() {
    // a shift of the drift and less noise: means move by the one, deviations by the other
    SdeModel model = model();
    Residuals own =
        Residuals.of(
            increments(20_000, 0, RATE, SIGMA, PATCHES, 1),
            model,
            2000,
            NO_MIRROR,
            Neighbourhood.everywhere(1));
    Residuals shifted =
        Residuals.of(
            increments(20_000, 0.1, RATE, SIGMA, 1, 20),
            model,
            2000,
            NO_MIRROR,
            Neighbourhood.everywhere(1));
    Residuals quiet =
        Residuals.of(
            increments(20_000, 0, RATE, 0.8 * SIGMA, 1, 21),
            model,
            2000,
            NO_MIRROR,
            Neighbourhood.everywhere(1));
    Streams streams = new Streams(1);
    CorrectedEnsemble ensemble = ensemble(model, StateRange.everything(1), 0.02);
    List<Bias> both =
        new CorrectedPrediction(ensemble, new int[0], streams)
            .of(
                Check.TOGETHER,
                List.of(CorrectionEstimate.drift(shifted, own), CorrectionEstimate.noise(quiet)),
                false);
    Bias mean = one(both, BiasedValue.LATE_MEAN);
    Bias deviation = one(both, BiasedValue.LATE_DEVIATION);
    assertThat(mean.bias()).isCloseTo(-0.1, within(3 * mean.error()));
    assertThat(deviation.bias())
        .isCloseTo(0.2 * SIGMA / Math.sqrt(2), within(3 * deviation.error()));
    assertThat(both).hasSize(2); // without a mirror image no magnitudes
  }

  @Test
  void aMirrorImageThatIsAsProbableForbidsAPreference() {
    SdeModel model = model();
    Increments shifted = increments(20_000, 0.1, 0.5, SIGMA, 1, 30);
    double[] with =
        Residuals.of(shifted, model, 2000, new int[] {-1}, Neighbourhood.everywhere(1)).drift()[0];
    assertThat(with[0]).isZero();
    assertThat(with[1]).isCloseTo(RATE - 0.5, within(0.1));
    double[] without =
        Residuals.of(shifted, model, 2000, NO_MIRROR, Neighbourhood.everywhere(1)).drift()[0];
    assertThat(without[0]).isCloseTo(0.1, within(0.05));
    // a sign that stays: the constant of an even variable, but no slope in an odd one
    double[] even =
        Residuals.of(shifted, model, 2000, new int[] {1}, Neighbourhood.everywhere(1)).drift()[0];
    assertThat(even).containsExactly(without);
  }

  @Test
  void whatTheEquationMissesOfItsPairsIsABias() {
    SdeModel model = model();
    Residuals own = shifted(model);
    Streams streams = new Streams(1);
    CorrectedEnsemble ensemble = ensemble(model, StateRange.everything(1), 0.02);
    List<Bias> found =
        new CorrectedPrediction(ensemble, new int[0], streams)
            .of(Check.FIT, List.of(CorrectionEstimate.misfit(own)), false);
    Bias mean = one(found, BiasedValue.LATE_MEAN);
    assertThat(mean.silent()).isFalse();
    assertThat(mean.bias()).isCloseTo(-0.1, within(3 * mean.error()));
  }

  @Tag("law")
  @Test
  void equalLawsAreSilentAsOftenAsTheyShould() {
    int seen = 0;
    int repeats = 40;
    for (int r = 0; r < repeats; r++) {
      Increments joint = increments(1000, 0, RATE, SIGMA, 1, 100 + r);
      Increments pairs = increments(8000, 0, RATE, SIGMA, PATCHES, 200 + r);
      seen += one(biases(Check.ADDITIVITY, joint, pairs), BiasedValue.LATE_MEAN).silent() ? 0 : 1;
    }
    assertThat(seen).isLessThanOrEqualTo(7); // 5 % and the few draws behind an error
  }

  @Test
  void theCertificateSaysItInWordsAndIsReadBack() throws java.io.IOException {
    Bias seen = new Bias(Check.ADDITIVITY, "T2000", "m", BiasedValue.LATE_MEAN, 0.5, -0.1, 0.02);
    Bias silent = new Bias(Check.ADDITIVITY, "T3000", "m", BiasedValue.LATE_MEAN, 0.5, 0.01, 0.02);
    Certificate certificate =
        new Certificate(
            List.of(seen, silent),
            Map.of(Check.DURATION, "no windows", Check.RELAXATION, "no windows"),
            List.of("T2000: triangles, which nobody fits, are off."));
    assertThat(certificate.sentences())
        .containsExactly(
            "additivity, T2000: increments of patches do not add up to that of the whole:"
                + " the prediction is off by -0.1000 +- 0.0200 in equilibrium mean of m (0.5000)."
                + " To do: "
                + Check.ADDITIVITY.remedy()
                + ".",
            "additivity, T3000: not significant: no equilibrium value moves by more than"
                + " two of its standard errors.",
            "duration, relaxation: not checked: no windows.",
            "warning: T2000: triangles, which nobody fits, are off.");
    Path file = folder.resolve(CertificateFile.NAME);
    Files.writeString(file, CertificateFile.text(certificate));
    assertThat(CertificateFile.read(file)).isEqualTo(certificate);
  }

  /** A third of half of the interval is 0.1; two standard errors are 0.04. */
  @Test
  void aBiasIsHeldAgainstTheInterval() {
    assertThat(Size.of(of(0.05).comparison(), 0.3)).isEqualTo(Size.SMALL);
    assertThat(Size.of(of(-0.07).comparison(), 0.3)).isEqualTo(Size.UNRESOLVED);
    assertThat(Size.of(of(-0.13).comparison(), 0.3)).isEqualTo(Size.UNRESOLVED);
    assertThat(Size.of(of(-0.15).comparison(), 0.3)).isEqualTo(Size.LARGE);
    assertThat(Size.of(of(0.15).comparison(), Double.NaN)).isEqualTo(Size.UNKNOWN);
    Certificate certificate = new Certificate(List.of(of(0.15)), Map.of(), List.of());
    assertThat(certificate.sentences(bias -> 0.3).get(0))
        .contains("equilibrium mean of m (0.5000), not small against the interval.");
    assertThat(certificate.sentences(bias -> Double.NaN)).isEqualTo(certificate.sentences());
    assertThat(certificate.of(List.of("n")).biases()).isEmpty();
    assertThat(certificate.of(List.of("m"))).isEqualTo(certificate);
  }

  private static Bias of(double bias) {
    return new Bias(Check.FIT, "T2000", "m", BiasedValue.LATE_MEAN, 0.5, bias, 0.02);
  }

  /** A step of 2.2 with a rate of 1 grows by a fifth and changes sign every time. */
  @Test
  void whatLeavesTheStatesOfThePairsIsHeldAndSaid() {
    SdeModel model = model();
    Residuals own = shifted(model);
    StateRange range = new StateRange(new double[] {-3}, new double[] {3});
    CorrectedPrediction comparison =
        new CorrectedPrediction(ensemble(model, range, 2.2), new int[0], new Streams(1));
    List<Bias> found = comparison.of(Check.FIT, List.of(CorrectionEstimate.misfit(own)), false);
    assertThat(comparison.plain().deviation(0)).isBetween(1.0, 3.0);
    assertThat(found).allSatisfy(bias -> assertThat(Math.abs(bias.bias())).isLessThan(6));
    assertThat(comparison.warnings())
        .singleElement()
        .asString()
        .contains("would leave")
        .contains("fit");
    CorrectedPrediction stable =
        new CorrectedPrediction(ensemble(model, range, 0.1), new int[0], new Streams(1));
    stable.of(Check.FIT, List.of(CorrectionEstimate.misfit(own)), false);
    assertThat(stable.warnings()).isEmpty();
  }

  /** dz = (z - z^3) ds + sigma dW, of which the model knows the line -z alone. */
  @Test
  void aDriftBetweenTwoMirrorImagesIsNotAStraightLine() {
    RandomStream stream = new Streams(41).stream(Purpose.CHECK, 9);
    int n = 40_000;
    double h = 0.05;
    double[] state = new double[n];
    double[] increment = new double[n];
    double[] duration = new double[n];
    double z = 1;
    for (int k = 0; k < n; k++) {
      state[k] = z;
      duration[k] = h;
      increment[k] = (z - z * z * z) * h + SIGMA * Math.sqrt(h) * stream.normal();
      z += increment[k];
    }
    Residuals own =
        Residuals.of(
            new Increments(1, state, increment, duration),
            model(),
            2000,
            new int[] {-1},
            Neighbourhood.everywhere(1));
    double[] cubic = own.drift()[0];
    double[] error = new double[4];
    for (int p = 0; p < error.length; p++) {
      error[p] = Math.sqrt(own.covariance()[0][p][p]);
    }
    assertThat(cubic[0]).isZero();
    assertThat(cubic[1]).isCloseTo(1 + RATE, within(3 * error[1]));
    assertThat(cubic[2]).isZero();
    assertThat(cubic[3]).isCloseTo(-1, within(3 * error[3]));
    assertThat(error[3]).isBetween(0.005, 0.1);
  }
}
