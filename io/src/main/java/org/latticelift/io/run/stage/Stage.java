package org.latticelift.io.run.stage;

import java.util.List;

/** One step of a run, from files to files. */
public interface Stage {
  /** The sub-command, for example {@code simulate}. */
  String name();

  /** What the stage would do, without doing it. */
  StagePlan plan();

  /**
   * Does the work, committing each result; results that are complete already may be skipped ({@code
   * context}: where and how).
   */
  void run(StageContext context);

  /**
   * What the stage cannot do without of the results of earlier ones; names in the run directory;
   * empty for a stage that can be the first.
   */
  default List<String> inputs() {
    return List.of();
  }

  /** The results; the stage is complete when all of them are. */
  List<String> outputs();

  /**
   * What names of files begin with that the stage keeps until its results are complete, and then
   * removes. A run that is killed in between leaves some, which the next one removes.
   */
  default List<String> temporary() {
    return List.of();
  }

  /**
   * Whether all ranks run the stage and share its tasks. If so, its results do not depend on who
   * has done a task, and what is done once is done within {@link
   * org.latticelift.io.run.task.TaskDistributor#once}. If not, the first rank runs it while others
   * wait. Returns false unless a stage has been made for several ranks.
   */
  default boolean shared() {
    return false;
  }

  /**
   * Finds mistakes of the configuration that show before anything runs, so that a long run does not
   * end with them. Throws the error of the first one.
   */
  default void check() {
    // Most stages have nothing beyond what reading the configuration checks.
  }

  /**
   * Gets what the stage needs beside its inputs, such as a library that has to be fetched. Called
   * before the first stage runs, of those that will run.
   */
  default void prepare() {
    // Most stages need nothing.
  }
}
