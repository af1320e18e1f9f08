package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.report.ReportPage.PairUse;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.system.MacroscopicMap;

/** Two trained variables of three observables, at one condition. */
class PairUseTest {
  private static PairUse use(CovarianceFactors factors, PairDiagnostics diagnostics) {
    MacroscopicMap map =
        new MacroscopicMap(
            List.of("a", "b", "c"),
            new int[] {1, 2},
            new double[] {1, 1, 1, 0, 0, 1},
            new double[3]);
    SdeArchitecture architecture =
        new SdeArchitecture(
            2,
            0,
            DriftSpec.linear(),
            new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 1, 1));
    SdeScaling scaling =
        new SdeScaling(new double[2], new double[] {1, 1}, new double[] {2000}, new double[] {1});
    return new PairUse(
        new SdeModel(
            architecture,
            List.of(),
            scaling,
            map,
            List.of(),
            factors,
            0,
            diagnostics,
            Resampling.none(1)));
  }

  @Test
  void onePatchWithOneKappaAndNoVariates() {
    PairUse use = use(CovarianceFactors.uniform(8, 2), PairDiagnostics.PLAIN);
    assertThat(use.sentence())
        .isEqualTo("An increment is that of one patch. Kappa of one patch: 8.000.");
    assertThat(use.noiseLeft(List.of())).isEmpty();
  }

  /** The factors of the loss are for the mean over the patches, the page names those of one. */
  @Test
  void severalPatchesWithMeasuredKappaAndVariates() {
    PairDiagnostics found =
        new PairDiagnostics(4, new double[][] {{0.25, 0.875}}, new double[] {0.125, 0.05});
    PairUse use = use(new CovarianceFactors(new double[] {3.5, 4}), found);
    assertThat(use.sentence())
        .isEqualTo(
            "An increment is the mean over 4 patches of a state. Kappa of one patch, measured with"
                + " joint evolutions: b 14.0 \u00b1 0.50, c 16.0 \u00b1 0.20.");
    PairStatistics pairs = new PairStatistics("T2000", 2000, 1, 1, 1, 1, new int[] {1});
    ResultTable left = use.noiseLeft(List.of(pairs)).orElseThrow();
    assertThat(left.rows()).containsExactly(List.of("T2000", "0.250", "0.875"));
    assertThat(left.headers()).endsWith("b", "c");
  }
}
