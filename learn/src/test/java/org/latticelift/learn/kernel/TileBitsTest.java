package org.latticelift.learn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.learn.kernel.TileFactories.PlainTile;
import org.latticelift.learn.kernel.vector.VectorTileFactory;
import org.latticelift.learn.sde.Architectures;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/** Trajectories have the bits of the plain twin, whatever the vector shape and the tile's width. */
class TileBitsTest {
  private static final int TRAJECTORIES = 50;

  @ParameterizedTest
  @ValueSource(ints = {128, 256, 512})
  void everyShapeAndWidth(int bits) {
    TileFactory factory = new VectorTileFactory(bits);
    for (SdeArchitecture a : architectures()) {
      TileProgram program = program(a);
      float[] expected = trajectories(program, new PlainTile(1), 2, 0.01);
      assertThat(expected).doesNotContain(Float.NaN, 0f);
      assertThat(trajectories(program, new PlainTile(7), 2, 0.01)).isEqualTo(expected);
      assertThat(trajectories(program, factory.wide(), 2, 0.01)).as("%s", a).isEqualTo(expected);
      assertThat(trajectories(program, factory.narrow(), 2, 0.01)).as("%s", a).isEqualTo(expected);
    }
  }

  /** Steps of several drifts keep rows of their own. */
  @Test
  void stepsOfThreeDriftsAreTheSameEverywhere() {
    for (SdeArchitecture a : architectures()) {
      TileProgram program = program(a);
      SdeTile expected = tile(program, TileFactories.plain().narrow(), 0);
      SdeTile other = tile(program, TileFactories.plain().narrow(), 0);
      SdeTile wide = tile(program, TileFactories.fastest().wide(), 0);
      SdeTile narrow = tile(program, TileFactories.fastest().narrow(), 0);
      expected.advance(3, 0.01, 0.7, StepScheme.RUNGE_KUTTA);
      other.advance(3, 0.01, 0.7, StepScheme.EULER);
      wide.advance(3, 0.01, 0.7, StepScheme.RUNGE_KUTTA);
      narrow.advance(3, 0.01, 0.7, StepScheme.RUNGE_KUTTA);
      for (int t = 0; t < Math.min(narrow.lanes(), expected.lanes()); t++) {
        for (int i = 0; i < a.dimension(); i++) {
          assertThat(wide.get(i, t)).as("%s", a).isEqualTo(expected.get(i, t));
          assertThat(narrow.get(i, t)).as("%s", a).isEqualTo(expected.get(i, t));
        }
        assertThat(other.get(0, t)).as("%s", a).isNotEqualTo(expected.get(0, t));
      }
    }
  }

  /** Long enough that the just-in-time compiler replaces all of both kernels on the way. */
  @Test
  @Tag("law")
  void compiledCodeGivesTheSameBits() {
    for (SdeArchitecture a : architectures()) {
      TileProgram program = program(a);
      float[] expected = trajectories(program, TileFactories.plain().wide(), 1000, 1e-4);
      assertThat(expected).doesNotContain(Float.NaN, 0f);
      assertThat(trajectories(program, TileFactories.fastest().wide(), 1000, 1e-4))
          .isEqualTo(expected);
      assertThat(trajectories(program, TileFactories.fastest().narrow(), 1000, 1e-4))
          .isEqualTo(expected);
    }
  }

  /** A further condition shares weights; a tile that goes on under it has the bits of a new one. */
  @Test
  void anotherConditionIsAsLaidOutAnew() {
    for (SdeArchitecture a : architectures()) {
      SdeParameters p = SdeParameters.initial(a, new Streams(3).stream(Purpose.CHECK, 1));
      TileProgram first = new TileProgram(a, p, 1500);
      TileProgram anew = new TileProgram(a, p, 1100);
      SdeTile expected = tile(anew, TileFactories.fastest().wide(), 0);
      SdeTile moved = tile(first, TileFactories.fastest().wide(), 0);
      moved.continueWith(first.at(1100));
      expected.advance(3, 0.01);
      moved.advance(3, 0.01);
      SdeTile there = tile(first, TileFactories.fastest().wide(), 0);
      there.advance(3, 0.01);
      boolean same = true;
      for (int t = 0; t < expected.lanes(); t++) {
        for (int i = 0; i < a.dimension(); i++) {
          assertThat(moved.get(i, t)).as("%s", a).isEqualTo(expected.get(i, t));
          same &= there.get(i, t) == expected.get(i, t);
        }
      }
      assertThat(same).as("%s", a).isEqualTo(a.embedding() == 0);
    }
  }

  @Test
  void aDivergedTrajectoryStaysSoAndLeavesOthersAlone() {
    TileProgram program = program(Architectures.all().get(2));
    SdeTile sound = tile(program, TileFactories.fastest().wide(), 0);
    SdeTile damaged = tile(program, TileFactories.fastest().wide(), 0);
    damaged.set(1, 5, Float.NaN);
    sound.advance(4, 0.01);
    damaged.advance(4, 0.01);
    assertThat(damaged.get(1, 5)).isNaN();
    assertThat(damaged.get(0, 5)).isNaN();
    for (int t = 0; t < sound.lanes(); t++) {
      if (t != 5) {
        assertThat(damaged.get(0, t)).isEqualTo(sound.get(0, t));
      }
    }
  }

  /** Those of other tests, and widths that are no multiple of a group or a vector. */
  private static List<SdeArchitecture> architectures() {
    List<SdeArchitecture> all = new ArrayList<>(Architectures.all());
    all.add(
        new SdeArchitecture(
            5,
            3,
            new DriftSpec(DriftKind.ONSAGER, List.of(13, 13, 13), 0.4, 0.1, false, false),
            new DiffusionSpec(DiffusionMode.ARBITRARY, List.of(7), true, 1, 0.5)));
    all.add(
        new SdeArchitecture(
            7,
            0,
            new DriftSpec(DriftKind.PLAIN, List.of(3, 41, 18, 6), 0, 0, false, false),
            new DiffusionSpec(DiffusionMode.DIAGONAL, List.of(9, 30), true, 1, 0.5)));
    all.add(
        new SdeArchitecture(
            2,
            0,
            DriftSpec.linear(),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 1, 0.5)));
    return all;
  }

  /** Weights twice the initial ones, so that every branch of the activations is used. */
  private static TileProgram program(SdeArchitecture a) {
    float[] flat = SdeParameters.initial(a, new Streams(3).stream(Purpose.CHECK, 1)).flat();
    for (int i = 0; i < flat.length; i++) {
      flat[i] *= 2;
    }
    return new TileProgram(a, SdeParameters.of(a, flat), 1500);
  }

  /** Trajectory t has stream t and starts at its own state. */
  private static SdeTile tile(TileProgram program, TileArithmetic arithmetic, int first) {
    SdeTile tile = new SdeTile(program, arithmetic);
    for (int t = 0; t < tile.lanes(); t++) {
      tile.seed(t, new Streams(5).stream(Purpose.CHECK, first + t));
      for (int i = 0; i < program.dimension(); i++) {
        tile.set(i, t, 0.1f * (i + 1) - 0.01f * (first + t));
      }
    }
    return tile;
  }

  private static float[] trajectories(
      TileProgram program, TileArithmetic arithmetic, int steps, double h) {
    float[] ends = new float[TRAJECTORIES * program.dimension()];
    for (int first = 0; first < TRAJECTORIES; first += arithmetic.lanes()) {
      SdeTile tile = tile(program, arithmetic, first);
      tile.advance(steps, h);
      int lanes = Math.min(tile.lanes(), TRAJECTORIES - first);
      for (int k = 0; k < lanes * program.dimension(); k++) {
        int t = k / program.dimension();
        ends[first * program.dimension() + k] = tile.get(k % program.dimension(), t);
      }
    }
    return ends;
  }

  @Test
  void evaluationsAreCloseToDoublePrecision() {
    for (SdeArchitecture a : architectures()) {
      int d = a.dimension();
      SdeParameters p = SdeParameters.initial(a, new Streams(3).stream(Purpose.CHECK, 2));
      float[][] z = new float[d][TRAJECTORIES];
      var stream = new Streams(3).stream(Purpose.CHECK, 3);
      Arrays.stream(z).forEach(row -> fill(row, stream));
      float[][][] fast = evaluate(SdeKernel.batched(a, p, 1500, TRAJECTORIES), z);
      float[][][] twin = evaluate(SdeKernel.plain(a, p, 1500, TRAJECTORIES), z);
      for (int part = 0; part < 2; part++) {
        for (int k = 0; k < fast[part].length; k++) {
          for (int t = 0; t < TRAJECTORIES; t++) {
            float expected = twin[part][k][t];
            assertThat(fast[part][k][t])
                .as("%s", a)
                .isCloseTo(
                    expected,
                    org.assertj.core.data.Offset.offset(2e-6f * (1 + Math.abs(expected))));
          }
        }
      }
    }
  }

  private static void fill(float[] row, org.latticelift.sim.random.RandomStream stream) {
    for (int t = 0; t < row.length; t++) {
      row[t] = (float) stream.normal();
    }
  }

  private static float[][][] evaluate(SdeKernel kernel, float[][] z) {
    int d = kernel.dimension();
    float[][][] out = {new float[d][TRAJECTORIES], new float[d * d][TRAJECTORIES]};
    kernel.evaluate(TRAJECTORIES, z, out[0], out[1]);
    return out;
  }
}
