package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.systems.line.EulerStep.Reaction;

class EulerStepTest {
  private static final int CELLS = 20;
  private static final double DT = 0.01;
  private static final Reaction REACTION = new Reaction(3, 0.4, 0.25, 1);
  private static final EulerStep STEP = new EulerStep(REACTION, DT, 0.002);

  private static Fields state() {
    Fields fields = PredatorPreyConfigs.noise(CELLS, 1);
    for (int i = 0; i < CELLS; i++) {
      fields.prey()[i] = 0.4 + 0.05 * fields.prey()[i];
      fields.predator()[i] = 0.6 + 0.05 * fields.predator()[i];
    }
    return fields;
  }

  private static double value(double[] field, int i) {
    return field[Math.min(field.length - 1, Math.max(0, i))];
  }

  @Test
  void isTheFormula() {
    Fields before = state();
    Fields noise = PredatorPreyConfigs.noise(CELLS, 2);
    Fields after = before.copy();
    STEP.step(after, ChainSegment.whole(CELLS), false, noise);
    for (int i = 0; i < CELLS; i++) {
      double u = before.prey()[i];
      double v = before.predator()[i];
      double lu = value(before.prey(), i - 1) - 2 * u + value(before.prey(), i + 1);
      double lv = value(before.predator(), i - 1) - 2 * v + value(before.predator(), i + 1);
      assertThat(after.prey()[i])
          .isEqualTo(
              u + DT * (u * (1 - u - v) + 0.25 * lu) + 0.002 * noise.prey()[i], within(1e-15));
      assertThat(after.predator()[i])
          .isEqualTo(
              v + DT * (3 * v * (u - 0.4) + lv) + 0.002 * noise.predator()[i], within(1e-15));
    }
  }

  /** Appendix E: with the same noise the partial step is the full one, bit for bit (PP-20). */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 15})
  void aStepOfAPatchIsTheFullStepRestrictedToIt(int from) {
    Fields noise = PredatorPreyConfigs.noise(CELLS, 3);
    Fields full = state();
    STEP.step(full, ChainSegment.whole(CELLS), false, noise);
    Fields part = state();
    ChainSegment patch = new ChainSegment(from, from + 5);
    STEP.step(part, patch, false, cut(noise, patch));
    assertThat(cut(part, patch).prey()).isEqualTo(cut(full, patch).prey());
    assertThat(cut(part, patch).predator()).isEqualTo(cut(full, patch).predator());
    Fields before = state();
    for (int i = 0; i < CELLS; i++) {
      if (i < patch.from() || i >= patch.to()) {
        assertThat(part.prey()[i]).isEqualTo(before.prey()[i]);
        assertThat(part.predator()[i]).isEqualTo(before.predator()[i]);
      }
    }
  }

  private static Fields cut(Fields fields, ChainSegment window) {
    return new Fields(
        Arrays.copyOfRange(fields.prey(), window.from(), window.to()),
        Arrays.copyOfRange(fields.predator(), window.from(), window.to()));
  }

  /** No flux leaves the line, and none leaves a ring: diffusion keeps the sum. */
  @Test
  void diffusionKeepsTheSum() {
    EulerStep diffusion = new EulerStep(new Reaction(0, 0, 0.25, 1), DT, 0);
    Fields still = new Fields(new double[CELLS], new double[CELLS]);
    for (ChainSegment window :
        new ChainSegment[] {new ChainSegment(0, CELLS), new ChainSegment(5, 10)}) {
      Fields fields = state();
      double before = fields.means(window)[1];
      diffusion.step(fields, window, window.length() < CELLS, still);
      assertThat(fields.means(window)[1]).isEqualTo(before, within(1e-15));
    }
  }

  @Test
  void aRingLooksAtItsOtherEnd() {
    Fields fields = state();
    Fields still = new Fields(new double[CELLS], new double[CELLS]);
    double here = fields.predator()[5];
    double expected =
        here
            + DT
                * REACTION.predator(
                    fields.prey()[5], here, fields.predator()[9] - 2 * here + fields.predator()[6]);
    STEP.step(fields, new ChainSegment(5, 10), true, still);
    assertThat(fields.predator()[5]).isEqualTo(expected, within(1e-15));
  }
}
