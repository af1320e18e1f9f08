package org.latticelift.bench.study.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.bench.study.scaling.MethodCost.StageTime;

/** Answers per core hour, learning included (EX-54). */
class AnswersTest {
  private static final List<StageTime> TIMES =
      List.of(
          new StageTime("simulate", 1, 40),
          new StageTime("lift", 1, 50),
          new StageTime("train", 1, 10),
          new StageTime("ensemble", 1, 4),
          new StageTime("direct", 1, 1000),
          new StageTime("report", 1, 1));
  private static final List<Answers.Rival> RIVALS =
      List.of(new Answers.Rival("T2000", 8192, 1), new Answers.Rival("T600", 8192, 9));

  @Test
  void learningIsPaidOnce() {
    Answers answers = Answers.of(TIMES, 4, RIVALS);
    assertThat(answers.learningSeconds()).isEqualTo(100);
    assertThat(answers.predictionSeconds()).isEqualTo(1);
    assertThat(answers.method(1)).isCloseTo(3600 / 101.0, within(1e-9));
    assertThat(answers.method(1000)).isCloseTo(3600 * 1000 / 1100.0, within(1e-9));
    assertThat(answers.direct()).isEqualTo(720);
    // 100 s of learning, 4 s saved by every answer
    assertThat(answers.breakEven()).hasValue(25);
    assertThat(answers.method(24)).isLessThan(answers.direct());
    assertThat(answers.method(26)).isGreaterThan(answers.direct());
  }

  @Test
  void aPredictionAsLongAsADirectRunNeverPays() {
    Answers answers = Answers.of(TIMES, 1, List.of(new Answers.Rival("T2000", 8192, 4)));
    assertThat(answers.breakEven()).isEmpty();
  }
}
