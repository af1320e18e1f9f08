package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;

class ColumnTest {
  private static final List<String> OBSERVABLES = List.of("m", "b2.Mo");

  @Test
  void namesOfObservablesMayHaveDots() {
    Column column = Column.of("late_mean.b2.Mo", "here");
    assertThat(column).isEqualTo(new Column(Quantity.LATE_MEAN, Optional.of("b2.Mo")));
    assertThat(column.key()).isEqualTo("late_mean.b2.Mo");
    assertThat(column.component(OBSERVABLES)).isEqualTo(1);
    assertThat(column.expanded(OBSERVABLES)).containsExactly(column);
  }

  @Test
  void quantitiesAloneAreOfTheFirstObservable() {
    Column column = Column.of("late_std", "here");
    assertThat(column).isEqualTo(Column.of(Quantity.LATE_STD));
    assertThat(column.component(OBSERVABLES)).isZero();
  }

  @Test
  void allIsOneOfEach() {
    assertThat(Column.of("relaxation_time.all", "here").expanded(OBSERVABLES))
        .extracting(Column::key)
        .containsExactly("relaxation_time.m", "relaxation_time.b2.Mo");
  }

  @ParameterizedTest
  @ValueSource(strings = {"late", "late.m", "error.m", "late_mean.", ".m", "peak.all"})
  void mistakesAreErrors(String key) {
    assertFails(
        () -> Column.of(key, "experiment.quantities"), "experiment.quantities", "late_mean");
  }

  @Test
  void unknownObservablesAreErrors() {
    assertFails(
        () -> Column.of("late_mean.rho", "here").expanded(OBSERVABLES),
        "no observable 'rho'",
        "b2.Mo");
  }

  @Test
  void sectionsAreExpandedAndWrittenAsTheyWereRead() {
    ConfigNode node =
        ConfigNode.parse(
            "{variants: {a-1: {}}, starts: {up: {}}, quantities: [late_mean, late_std.all],"
                + " ratio: {quantities: [late_std.all], of: a, to: a},"
                + " figure: {quantity: late_std.all}}",
            "test");
    ExperimentConfig config = Binder.bind(node, ExperimentConfig.class);
    assertThat(Binder.resolve(config).get("quantities").items())
        .extracting(ConfigNode::text)
        .containsExactly("late_mean", "late_std.all");
    ExperimentConfig expanded = config.of(OBSERVABLES, "temperature");
    assertThat(expanded.quantities())
        .extracting(Column::key)
        .containsExactly("late_mean", "late_std.m", "late_std.b2.Mo");
    assertThat(expanded.ratio().orElseThrow().quantities()).hasSize(2);
    assertFails(
        () -> withFigure(node, "late_mean.all").of(OBSERVABLES, "temperature"),
        "experiment.figure");
  }

  private static ExperimentConfig withFigure(ConfigNode node, String column) {
    return Binder.bind(node.with("figure.quantity", column), ExperimentConfig.class);
  }
}
