package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EventStretch;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;

/** Jumps of the active vacancies of a kernel, in pieces. */
final class VacancyRun extends EventStretch {
  /** Takes 5 ms with the compact networks and up to 0.2 s with larger ones. */
  static final long PIECE = 1 << 11;

  private final VacancyKernel kernel;
  private final long[] vacancies;
  private final Clock clock;
  private final RandomStream stream;

  /**
   * @param kernel activated at the vacancies, its clock at 0
   * @param vacancies get their new positions whenever the run settles
   */
  VacancyRun(
      VacancyKernel kernel, long[] vacancies, Duration duration, Clock clock, RandomStream stream) {
    super(duration, PIECE);
    this.kernel = kernel;
    this.vacancies = vacancies;
    this.clock = clock;
    this.stream = stream;
  }

  VacancyRun resumed(byte[] saved) {
    byte[] memory = restore(saved);
    kernel.time(time());
    kernel.recall(memory);
    return this;
  }

  @Override
  protected Piece piece(double stop, long events) {
    long before = kernel.jumps();
    boolean stopped = false;
    if (stop == Double.POSITIVE_INFINITY) {
      kernel.runEvents(events, clock, stream);
    } else {
      stopped = kernel.runTowards(stop, events, stream);
    }
    return new Piece(kernel.jumps() - before, kernel.time(), stopped);
  }

  @Override
  protected void settle() {
    for (int i = 0; i < vacancies.length; i++) {
      vacancies[i] = kernel.vacancySite(i);
    }
  }

  @Override
  protected byte[] memory() {
    return kernel.memory();
  }
}
