package org.latticelift.io.run.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.FileNotFoundException;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.task.TaskPool.TaskBody;

class TaskPoolTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void everyTaskRunsOnce(int threads) {
    AtomicIntegerArray runs = new AtomicIntegerArray(1000);
    TaskPool.run(threads, 1000, task -> runs.incrementAndGet((int) task), StopSignal.none());
    for (int i = 0; i < 1000; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Test
  void tasksRunTogether() {
    CyclicBarrier barrier = new CyclicBarrier(3);
    TaskPool.run(3, 3, task -> barrier.await(60, TimeUnit.SECONDS), StopSignal.none());
    assertThat(barrier.isBroken()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void theFirstFailureEndsTheRun(int threads) {
    AtomicInteger runs = new AtomicInteger();
    TaskBody body =
        task -> {
          runs.incrementAndGet();
          throw new IllegalStateException("task " + task);
        };
    assertThatThrownBy(() -> TaskPool.run(threads, 1000, body, StopSignal.none()))
        .hasMessage("task 0");
    assertThat(runs.get()).isLessThanOrEqualTo(threads);
  }

  @Test
  void checkedExceptionsAreWrapped() {
    TaskBody missing =
        task -> {
          throw new FileNotFoundException("x");
        };
    assertThatThrownBy(() -> TaskPool.run(1, 1, missing, StopSignal.none()))
        .hasCauseInstanceOf(FileNotFoundException.class);
    TaskBody other =
        task -> {
          throw new Exception("y");
        };
    assertThatThrownBy(() -> TaskPool.run(1, 1, other, StopSignal.none())).hasMessage("task 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aRequestEndsTheHandOut(int threads) {
    StopSignal stop = StopSignal.none();
    AtomicInteger runs = new AtomicInteger();
    TaskBody body =
        task -> {
          runs.incrementAndGet();
          stop.request();
        };
    assertFails(
        ExitCode.STOPPED, () -> TaskPool.run(threads, 100, body, stop), "stopped", "--resume");
    assertThat(runs.get()).isBetween(1, threads);
  }

  @Test
  void aRequestDuringTheLastTaskIsNoError() {
    StopSignal stop = StopSignal.none();
    TaskPool.run(1, 1, task -> stop.request(), stop);
    assertThat(stop.requested()).isTrue();
  }

  @Test
  void aFailureCountsMoreThanAStop() {
    CyclicBarrier barrier = new CyclicBarrier(2);
    StopSignal stop = StopSignal.none();
    TaskBody body =
        task -> {
          barrier.await();
          if (task == 0) {
            stop.request();
            stop.check();
          }
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> TaskPool.run(2, 2, body, stop)).hasMessage("broken");
  }

  /** None is run, and there is nothing left to do that a stop could leave undone. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  @Timeout(60)
  void noTasks(int threads) {
    AtomicInteger runs = new AtomicInteger();
    StopSignal stop = StopSignal.none();
    TaskPool.run(threads, 0, task -> runs.incrementAndGet(), stop);
    stop.request();
    TaskPool.run(threads, 0, task -> runs.incrementAndGet(), stop);
    assertThat(runs).hasValue(0);
  }

  @Test
  void timeLimit() {
    StopSignal stop = StopSignal.none();
    stop.limit(Duration.ofHours(1));
    stop.check();
    stop.limit(Duration.ZERO);
    assertFails(stop::check, "time limit");
  }
}
