package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.testing.SharedData;
import org.latticelift.learn.barrierfit.ErrorReport.ErrorMeasure;
import org.latticelift.sim.vacancy.barrier.BarrierWeights;
import org.latticelift.sim.vacancy.barrier.InputOrder;
import org.latticelift.sim.vacancy.barrier.NetworkBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** The shipped networks against the published one (CN-12). */
final class ShippedNetworksTest {
  @Test
  void compactIsWithinItsBounds() {
    ErrorMeasure error = errors("compact.h5");
    assertThat(error.count()).isEqualTo(1586);
    assertThat(error.rmse()).isLessThan(0.016);
    assertThat(error.mae()).isLessThan(0.012);
    assertThat(error.max()).isLessThan(0.12);
  }

  @Test
  void smallIsWithinItsBounds() {
    ErrorMeasure error = errors("small.h5");
    assertThat(error.rmse()).isLessThan(0.022);
    assertThat(error.max()).isLessThan(0.16);
  }

  @Test
  void theyRecordWhatTheyWereFittedTo() {
    for (String name : new String[] {"compact.h5", "small.h5"}) {
      BarrierWeights weights = BarrierWeights.read(models().resolve(name));
      assertThat(weights.stated().order()).contains(InputOrder.AUTHORS);
      assertThat(weights.stated().batchNormEpsilon()).contains(1e-5);
    }
  }

  @Test
  void theirConfigurationsAreValid() {
    for (String name : new String[] {"compact.yaml", "small.yaml"}) {
      ConfigNode node = ConfigNode.load(models().resolve(name), java.util.List.of());
      BarrierTrainingConfig config = Binder.bind(node, BarrierTrainingConfig.class);
      assertThat(config.sample()).isPresent();
      assertThat(config.train()).isPresent();
    }
  }

  private static ErrorMeasure errors(String name) {
    Path cases = SharedData.find("barriers-public.h5");
    BarrierWeights weights = BarrierWeights.read(models().resolve(name));
    NetworkBarrier model =
        new NetworkBarrier(name, weights, Crystal.bcc(), Optional.empty(), Optional.empty());
    return PublicBarriers.errors(model, cases);
  }

  private static Path models() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("configs/models"))) {
      folder = folder.getParent();
    }
    return folder.resolve("configs/models");
  }
}
