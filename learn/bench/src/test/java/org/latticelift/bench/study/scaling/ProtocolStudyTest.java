package org.latticelift.bench.study.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;

class ProtocolStudyTest {
  private record Drawn(ScheduleSpec schedule) {}

  private static Schedule schedule(SdeModel model, String text) {
    ConfigNode node = ConfigNode.parse("{schedule: " + text + "}", "test");
    var quantities = model.scaling().quantities();
    return Binder.bind(node, Drawn.class)
        .schedule()
        .schedule(quantities.parameter(), quantities.timeUnit());
  }

  /** Of models with and without a unit of time. */
  @ParameterizedTest
  @ValueSource(strings = {"alloy-compact", "ising"})
  void drawnProtocolsStayWithinTheTrainedRange(String name) {
    SdeModel model =
        ModelFile.read(Path.of("..", "..", "configs", "trained").resolve(name + ".h5"));
    double[] trained = model.scaling().condition();
    RandomStream stream = new Streams(7).stream(Purpose.CHECK, 0);
    Set<Integer> segments = new HashSet<>();
    boolean heats = false;
    for (int k = 0; k < 60; k++) {
      Schedule schedule = schedule(model, ProtocolStudy.drawn(model, stream));
      assertThat(schedule.lowest()).isGreaterThanOrEqualTo(trained[0]);
      assertThat(schedule.highest()).isLessThanOrEqualTo(trained[trained.length - 1]);
      segments.add(schedule.segments().size());
      heats |= schedule.value(0) < schedule.value(schedule.length());
    }
    assertThat(segments).containsAll(List.of(1, 2, 5));
    assertThat(heats).isTrue();
  }
}
