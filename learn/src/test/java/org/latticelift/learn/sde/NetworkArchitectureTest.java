package org.latticelift.learn.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

class NetworkArchitectureTest {
  @Test
  void parameterCountsOfMe63() {
    SdeArchitecture plain =
        new SdeArchitecture(4, 0, DriftSpec.plain(), DiffusionSpec.arbitrary(64, 64, 64));
    assertThat(ParameterLayout.count(plain, "drift")).isEqualTo(8900);
    assertThat(ParameterLayout.count(plain, "diffusion")).isEqualTo(9680);
    SdeArchitecture one =
        new SdeArchitecture(
            1,
            0,
            DriftSpec.plain(),
            Architectures.diffusion(DiffusionMode.CONSTANT_DIAGONAL, false));
    assertThat(ParameterLayout.count(one, "drift")).isEqualTo(8513);
    assertThat(ParameterLayout.count(one, "diffusion")).isEqualTo(1);
    SdeArchitecture alloy =
        new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64));
    assertThat(ParameterLayout.count(alloy, "embedding")).isEqualTo(262);
    assertThat(ParameterLayout.count(alloy, "diffusion")).isEqualTo(7332);
    assertThat(ParameterLayout.count(alloy, "drift")).isEqualTo(3098);
  }

  @Test
  void jsonRoundTrip() {
    for (SdeArchitecture a : Architectures.all()) {
      assertThat(SdeArchitecture.fromJson(a.toJson(), "model.h5 /architecture")).isEqualTo(a);
    }
  }

  @Test
  void damagedJsonIsRefused() {
    String good = Architectures.all().get(0).toJson();
    for (String bad :
        List.of("", "{", "null", "{}", good.replace("64", "-1"), good.replace("plain", "x"))) {
      assertThatThrownBy(() -> SdeArchitecture.fromJson(bad, "model.h5 /architecture"))
          .isInstanceOf(LatticeLiftException.class)
          .hasMessageNotContainingAny("Exception", "github");
    }
  }

  @Test
  void initialValuesFollowMe47AndMe59() {
    SdeArchitecture alloy =
        new SdeArchitecture(6, 6, DriftSpec.onsager(), DiffusionSpec.arbitrary(64, 64));
    SdeParameters p = SdeParameters.initial(alloy, new Streams(3).stream(Purpose.TRAIN_INIT, 0));
    float[] orthogonal = p.get("drift/matrix/b");
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        double dot = 0;
        for (int k = 0; k < 6; k++) {
          dot += orthogonal[i * 6 + k] * orthogonal[j * 6 + k];
        }
        assertThat(dot).isCloseTo(i == j ? 1 : 0, org.assertj.core.data.Offset.offset(1e-6));
      }
    }
    double bound = Math.sqrt(6.0 / (12 + 64));
    for (String name : List.of("diffusion/hidden0/W_z", "diffusion/hidden0/W_t")) {
      double largest = 0;
      for (float w : p.get(name)) {
        largest = Math.max(largest, Math.abs(w));
      }
      assertThat(largest).isBetween(0.9 * bound, bound);
    }
    for (float b : p.get("drift/hidden0/b")) {
      assertThat(b).isBetween(0f, 0.05f);
    }
  }
}
