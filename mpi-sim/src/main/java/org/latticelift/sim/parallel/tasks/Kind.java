package org.latticelift.sim.parallel.tasks;

/** What a rank calls the first one for. */
enum Kind {
  /** It has come to a question: how does the first rank decide? The number is that of the phase. */
  ASK,
  /**
   * Its command has ended; answered with the exit code of the job when that holds for all ranks.
   */
  END,
  /** It has come to tasks; as above. The second number is the number of tasks. */
  ENTER,
  /** A thread wants a task. The number is the task it has finished, or -1; content: its result. */
  NEXT,
  /** Announces a file that is being written: name and checksum. */
  ANNOUNCE,
  /** Records a committed file: name and checksum. */
  PUT,
  /** Withdraws a file: name. */
  REMOVE,
  /** Steps done since the last time, and how the work stands. */
  PROGRESS,
  /** Something worth a line. */
  TELL,
  /** A task has failed: exit code and message. */
  FAIL,
  /** No thread works any more; answered when that holds for all ranks. */
  LEAVE
}
