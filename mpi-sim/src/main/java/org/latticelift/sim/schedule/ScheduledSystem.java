package org.latticelift.sim.schedule;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionFamily;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.MicroscopicSystem;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.TunableDynamics;

/**
 * A system whose condition follows a schedule while it is simulated (EX-51). Its one condition is
 * that of the beginning, which keys its random numbers: an isothermal schedule gives the bits of a
 * run without one. Its states know where they are on the schedule, so runs of it are recorded,
 * saved and resumed like any others. Lifting asks for fixed conditions, so this is no {@link
 * org.latticelift.sim.system.LiftableSystem}.
 *
 * @param <S> state of the system
 */
public final class ScheduledSystem<S> implements MicroscopicSystem<TimedState<S>> {
  private final MicroscopicSystem<S> system;
  private final Condition start;
  private final Schedule schedule;
  private final Course course;

  /**
   * A system on a schedule.
   *
   * @param system what is simulated
   * @param schedule of its condition
   * @param records of a run after the initial one, which are equally spaced
   * @param change largest change of the condition during which rates are constant, positive
   */
  public ScheduledSystem(
      MicroscopicSystem<S> system, Schedule schedule, int records, double change) {
    this.system = system;
    this.schedule = schedule;
    this.start = Condition.of(system.conditions().get(0).parameter(), schedule.start());
    this.course = new Course(schedule, records, change, system.timeStep());
  }

  @Override
  public String name() {
    return system.name();
  }

  @Override
  public List<Condition> conditions() {
    return List.of(start);
  }

  @Override
  public Macroscopics macroscopics() {
    return system.macroscopics();
  }

  @Override
  public double[] reference(Extent extent) {
    return system.reference(extent);
  }

  @Override
  public Extent small() {
    return system.small();
  }

  @Override
  public Extent large() {
    return system.large();
  }

  @Override
  public StateCodec<TimedState<S>> codec() {
    return new TimedCodec<>(system.codec());
  }

  @Override
  public Dynamics<TimedState<S>> dynamics(
      Condition condition, double meanEventTime, StopSignal stop) {
    Function<Condition, Dynamics<S>> family =
        system instanceof ConditionFamily<S> kept
            ? kept.family(stop)
            : each -> system.dynamics(each, 0, stop);
    return new ScheduledDynamics<>(start, course, family, stop);
  }

  @Override
  public Optional<DoubleUnaryOperator> course() {
    return Optional.of(schedule::value);
  }

  @Override
  public double timeStep() {
    return system.timeStep();
  }

  @Override
  public CostEstimate costs() {
    return system.costs();
  }

  @Override
  public List<String> caveats() {
    return system.caveats();
  }

  /**
   * Also tries both ends of the schedule: a value that is not allowed must not be met on the way.
   */
  @Override
  public void checkRuns(Extent extent) {
    system.checkRuns(extent);
    for (double value : new double[] {schedule.lowest(), schedule.highest()}) {
      Condition end = Condition.of(start.parameter(), value);
      RandomStream stream = new Streams(0).stream(Purpose.PILOT, end.key());
      Dynamics<S> dynamics = system.dynamics(end, 0);
      dynamics.advance(dynamics.initial(small(), stream), Duration.events(1), stream);
    }
  }

  @Override
  public void checkStart(boolean small, boolean large) {
    system.checkStart(small, large);
  }

  @Override
  public List<String> remarks(boolean small, boolean large) {
    return system.remarks(small, large);
  }

  @Override
  public Optional<DistributedDynamics> distributed() {
    return system
        .distributed()
        .filter(TunableDynamics.class::isInstance)
        .map(inner -> new ScheduledDistribution((TunableDynamics) inner, course));
  }

  @Override
  public String timeUnit() {
    return system.timeUnit();
  }

  @Override
  public double[] start() {
    return system.start();
  }
}
