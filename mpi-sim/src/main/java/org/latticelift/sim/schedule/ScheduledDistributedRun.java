package org.latticelift.sim.schedule;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedRun;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.PhaseCost;
import org.latticelift.sim.system.TunableRun;

/**
 * Leg after leg from record to record, as {@link ScheduledStretch} where one rank holds the state.
 * Every leg is a stretch of the run at one condition, and remembers its cycles itself; which leg of
 * which record it is, is kept here.
 */
final class ScheduledDistributedRun implements DistributedRun {
  private final TunableRun run;
  private final Course course;
  private final String parameter;
  private int records;
  private int leg;

  ScheduledDistributedRun(TunableRun run, Course course, String parameter) {
    this.run = run;
    this.course = course;
    this.parameter = parameter;
  }

  /** To the next record, whatever the step says: the schedule has it. */
  @Override
  public void begin(Duration step) {
    leg = 0;
    beginLeg();
  }

  private void beginLeg() {
    atLeg();
    run.begin(legs().get(leg).duration());
  }

  private void atLeg() {
    run.change(Condition.of(parameter, legs().get(leg).value()));
  }

  private List<Course.Leg> legs() {
    return course.after(records);
  }

  @Override
  public boolean cycle() {
    if (!run.cycle()) {
      return false;
    }
    leg++;
    if (leg < legs().size()) {
      beginLeg();
      return false;
    }
    records++;
    return true;
  }

  @Override
  public double[] observe() {
    return run.observe();
  }

  @Override
  public double time() {
    return run.time();
  }

  @Override
  public long events() {
    return run.events();
  }

  @Override
  public void save(Path file) {
    run.save(file);
  }

  @Override
  public byte[] memory() {
    byte[] within = run.memory();
    return ByteBuffer.allocate(2 * Integer.BYTES + within.length)
        .putInt(records)
        .putInt(leg)
        .put(within)
        .array();
  }

  /** The leg goes on with the cycles that are left of it. */
  @Override
  public void recall(byte[] memory) {
    ByteBuffer in = ByteBuffer.wrap(memory);
    records = in.getInt();
    leg = in.getInt();
    byte[] within = new byte[in.remaining()];
    in.get(within);
    atLeg();
    run.recall(within);
  }

  @Override
  public PhaseCost cost() {
    return run.cost();
  }
}
