package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.train.gradient.Arithmetics;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.learn.train.gradient.DoubleArithmetic;
import org.latticelift.learn.train.gradient.FusedObjective;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.learn.train.gradient.vector.VectorProvider;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * The hand-written gradients against automatic differentiation, both in double precision and from
 * the same numbers, array by array; and the forms in single precision against each other.
 */
class GradientAgreementTest {
  private static final double KAPPA = 8;
  private static final double EPSILON = 1e-3;

  /** Not a multiple of a block or of a vector. */
  private static final int COUNT = 149;

  static List<SdeArchitecture> architectures() {
    List<SdeArchitecture> all = new ArrayList<>();
    for (int d = 1; d <= 8; d++) {
      DiffusionMode mode = DiffusionMode.values()[d % 4];
      all.add(plain(d, d % 3, mode, d % 2 == 0));
      all.add(onsager(d, (d * 5) % 7, DiffusionMode.ARBITRARY, d % 2 == 0, d % 2 == 1));
    }
    for (DiffusionMode mode : DiffusionMode.values()) {
      for (boolean lower : new boolean[] {false, true}) {
        all.add(plain(3, 6, mode, lower));
        all.add(onsager(4, 6, mode, lower, !lower));
      }
    }
    all.add(new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64)));
    all.add(new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64)));
    for (DiffusionMode mode : DiffusionMode.values()) {
      all.add(linear(3, mode.network() ? 2 : 0, mode));
    }
    all.add(linear(1, 0, DiffusionMode.CONSTANT));
    all.add(deep(1, 40));
    all.add(deep(4, 16));
    return all;
  }

  private static SdeArchitecture plain(int d, int e, DiffusionMode mode, boolean lower) {
    return new SdeArchitecture(
        d,
        e,
        new DriftSpec(DriftKind.PLAIN, List.of(24, 12), 0, 0, false, false),
        new DiffusionSpec(mode, List.of(20, 7), lower, 0.7, 0.5));
  }

  private static SdeArchitecture onsager(
      int d, int e, DiffusionMode mode, boolean lower, boolean forcing) {
    return new SdeArchitecture(
        d,
        e,
        new DriftSpec(DriftKind.ONSAGER, List.of(12, 12), 0.3, 0.2, forcing, true),
        new DiffusionSpec(mode, List.of(20, 7), lower, 0.7, 0.5));
  }

  private static SdeArchitecture linear(int d, int e, DiffusionMode mode) {
    return new SdeArchitecture(
        d, e, DriftSpec.linear(), new DiffusionSpec(mode, List.of(20, 7), true, 0.7, 0.5));
  }

  private static SdeArchitecture deep(int layers, int width) {
    Integer[] widths = new Integer[layers];
    Arrays.fill(widths, width);
    return new SdeArchitecture(
        3,
        2,
        new DriftSpec(DriftKind.ONSAGER, List.of(widths), 0.5, 0.1, true, true),
        DiffusionSpec.arbitrary(widths));
  }

  /** One kappa in every other dimension, a kappa for each variable in the rest. */
  private static LossCovariance form(SdeArchitecture a) {
    int d = a.dimension();
    if (d % 2 == 1) {
      return LossCovariance.uniform(KAPPA, EPSILON, d);
    }
    double[] kappa = new double[d];
    double[] epsilon = new double[d];
    for (int i = 0; i < d; i++) {
      kappa[i] = KAPPA * (1 + i) / d;
      epsilon[i] = EPSILON * (1 + 2 * i);
    }
    return new LossCovariance(new CovarianceFactors(kappa), epsilon);
  }

  /** Residuals beside twins have weights of their own. */
  private static LossCovariance form(SdeArchitecture a, Noise noise) {
    LossCovariance form = form(a);
    double[] drift = new double[noise == Noise.TWINS ? a.dimension() : 0];
    Arrays.setAll(drift, i -> 0.5 + i);
    return new LossCovariance(form.factors(), form.epsilon(), drift);
  }

  private static <A> double gradient(
      SdeArchitecture a,
      LossCovariance form,
      Noise noise,
      BlockArithmetic<A> arithmetic,
      SampleColumns pairs,
      A flat,
      A gradient) {
    TrainingProblem problem =
        new TrainingProblem(noise, form, pairs.samples(), Samples.none(a.dimension()));
    FusedObjective<A> objective = new FusedObjective<>(a, problem, arithmetic);
    objective.order(pairs.samples().all());
    return objective.gradient(flat, 0, COUNT, gradient);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void equalsAutomaticDifferentiation(SdeArchitecture a) {
    RandomStream stream = new Streams(6).stream(Purpose.CHECK, 11);
    SampleColumns pairs = EngineGradients.pairs(a.dimension(), COUNT, stream);
    double[] flat = EngineGradients.parameters(a, stream);
    EngineGradients.Result expected =
        EngineGradients.automatic(a, form(a), Noise.RESIDUALS, flat, pairs);
    double[] gradient = new double[flat.length];
    double loss =
        gradient(a, form(a), Noise.RESIDUALS, new DoubleArithmetic(), pairs, flat, gradient);
    assertThat(loss).isCloseTo(expected.loss(), within(1e-9 * Math.abs(loss)));
    int at = 0;
    for (ParameterSpec spec : ParameterLayout.of(a)) {
      double[] mine = Arrays.copyOfRange(gradient, at, at + spec.size());
      double[] other = Arrays.copyOfRange(expected.gradient(), at, at + spec.size());
      assertThat(Arrays.stream(other).anyMatch(g -> g != 0)).as(spec.name()).isTrue();
      assertThat(EngineGradients.difference(mine, other)).as(spec.name()).isLessThan(1e-9);
      at += spec.size();
    }
  }

  /** The estimating equations with a column of noise, in which the residual is not the noise. */
  @Tag("law")
  @ParameterizedTest
  @MethodSource("architectures")
  void equalsAutomaticDifferentiationWithNoiseOfItsOwn(SdeArchitecture a) {
    for (Noise noise : new Noise[] {Noise.RESTORED, Noise.TWINS}) {
      RandomStream stream = new Streams(6).stream(Purpose.CHECK, 11);
      SampleColumns pairs = EngineGradients.noisy(a.dimension(), COUNT, stream);
      double[] flat = EngineGradients.parameters(a, stream);
      EngineGradients.Result expected =
          EngineGradients.automatic(a, form(a, noise), noise, flat, pairs);
      double[] gradient = new double[flat.length];
      double loss =
          gradient(a, form(a, noise), noise, new DoubleArithmetic(), pairs, flat, gradient);
      assertThat(loss).isCloseTo(expected.loss(), within(1e-9 * Math.abs(loss)));
      assertThat(EngineGradients.difference(gradient, expected.gradient())).isLessThan(1e-9);
    }
  }

  /** Noise of zeros, restored, is the residual: the equations are the loss of the paper. */
  @ParameterizedTest
  @MethodSource("architectures")
  void nothingRestoredIsTheLossItself(SdeArchitecture a) {
    RandomStream stream = new Streams(6).stream(Purpose.CHECK, 11);
    SampleColumns pairs = EngineGradients.pairs(a.dimension(), COUNT, stream);
    SampleColumns zeros = pairs.withNoise(new float[pairs.increment().length]);
    double[] flat = EngineGradients.parameters(a, stream);
    double[] expected = new double[flat.length];
    double[] actual = new double[flat.length];
    double loss =
        gradient(a, form(a), Noise.RESIDUALS, new DoubleArithmetic(), pairs, flat, expected);
    double restored =
        gradient(a, form(a), Noise.RESTORED, new DoubleArithmetic(), zeros, flat, actual);
    assertThat(restored).isCloseTo(loss, within(1e-12 * Math.abs(loss)));
    assertThat(actual).isEqualTo(expected);
  }

  /** Rounding of 2^-24 through some 150 sums of terms of both signs: 1e-4 of the largest entry. */
  @ParameterizedTest
  @MethodSource("architectures")
  void singlePrecisionFollowsDouble(SdeArchitecture a) {
    RandomStream stream = new Streams(6).stream(Purpose.CHECK, 11);
    SampleColumns pairs = EngineGradients.pairs(a.dimension(), COUNT, stream);
    double[] flat = EngineGradients.parameters(a, stream);
    double[] gradient = new double[flat.length];
    double loss =
        gradient(a, form(a), Noise.RESIDUALS, new DoubleArithmetic(), pairs, flat, gradient);
    float[] single = new float[flat.length];
    double singleLoss = single(a, Arithmetics.plain(), flat, pairs, single);
    double[] widened = new double[single.length];
    Arrays.setAll(widened, i -> single[i]);
    assertThat(singleLoss).isCloseTo(loss, within(1e-4 * Math.abs(loss)));
    assertThat(EngineGradients.difference(widened, gradient)).isLessThan(1e-4);
  }

  /** In every shape of vectors, whether this machine has it or not. */
  @ParameterizedTest
  @MethodSource("architectures")
  void vectorsOfAnyWidthHaveTheBitsOfThePlainForm(SdeArchitecture a) {
    assertThat(Arithmetics.fastest().name()).startsWith("vector-");
    RandomStream stream = new Streams(7).stream(Purpose.CHECK, 12);
    SampleColumns pairs = EngineGradients.pairs(a.dimension(), COUNT, stream);
    double[] flat = EngineGradients.parameters(a, stream);
    float[] expected = new float[flat.length];
    double loss = single(a, Arithmetics.plain(), flat, pairs, expected);
    for (int bits = 128; bits <= 512; bits *= 2) {
      float[] actual = new float[flat.length];
      BlockArithmetic<float[]> vectors = new VectorProvider(bits).create();
      assertThat(vectors.name()).isEqualTo("vector-" + bits);
      assertThat(single(a, vectors, flat, pairs, actual)).isEqualTo(loss);
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static double single(
      SdeArchitecture a,
      BlockArithmetic<float[]> arithmetic,
      double[] flat,
      SampleColumns pairs,
      float[] gradient) {
    float[] narrow = new float[flat.length];
    for (int i = 0; i < flat.length; i++) {
      narrow[i] = (float) flat[i];
    }
    return gradient(a, form(a), Noise.RESIDUALS, arithmetic, pairs, narrow, gradient);
  }
}
