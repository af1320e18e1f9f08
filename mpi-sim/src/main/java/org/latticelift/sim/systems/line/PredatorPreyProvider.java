package org.latticelift.sim.systems.line;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionList;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.SystemProvider.StageKeys;
import org.latticelift.sim.systems.line.PredatorPreyDynamics.EvolveConfig;
import org.latticelift.sim.systems.line.PredatorPreyDynamics.LatticeConfig;
import org.latticelift.sim.systems.line.PredatorPreyDynamics.Setup;

/** Makes the predator-prey system from its configuration. */
public final class PredatorPreyProvider implements SystemProvider {
  static final String NAME = "predator-prey";

  /**
   * The behaviour of the authors' public code: PP-12, PP-17, PP-33, PP-35, PP-39, ME-66; kappa is K
   * by default (PP-36).
   */
  private static final String AUTHORS =
      """
      simulate: {runs: 50, records: 2999, duration: {time: 29.99}}
      upsample: {draw: once}
      evolve: {environment: ghost, duration: {events: 1}, samples: 150000, shard_samples: 10000}
      closure: {dim: 2, epochs: 10, batch: 256, learning_rate: 1e-4, beta2: 0.95, weight_decay: 1e-4}
      sde:
        embedding: 0
        drift: {type: plain}
        diffusion: {hidden: [64, 64, 64], lower: false}
        scaling: deviation
        time_unit: physical
      train: {epsilon: 1e-5, epochs: 100, patience: 5}
      ensemble: {step: 0.01}
      """;

  private static final ConditionList CONDITIONS =
      new ConditionList("noise", noise -> noise > 0 && noise <= 1, "above 0, at most 1", "0.02");

  /** Section {@code conditions}. */
  record Conditions(@Doc("sigma, levels of the noise; the paper has 0.02") List<Double> noise) {}

  /** What this system reads of section {@code upsample}: nothing. */
  record UpsampleConfig() {}

  @Override
  public String name() {
    return NAME;
  }

  /**
   * Partial evolutions are long, so predictions step as long as they last; 1.1 allows for rounding.
   */
  @Override
  public String defaults() {
    return "{sde: {time_unit: duration}, ensemble: {step: 1.1}}";
  }

  @Override
  public Map<String, String> presets() {
    return Map.of("authors", AUTHORS);
  }

  @Override
  public LatticeSystem<?> create(ConfigNode root) {
    Setup setup = setup(root);
    ConfigNode section = root.get("conditions");
    List<Condition> conditions =
        CONDITIONS.of(Binder.bind(section, Conditions.class).noise(), section);
    setup.check(conditions);
    return new PredatorPreySystem(setup, conditions);
  }

  private static Setup setup(ConfigNode root) {
    Binder.bind(root.section("upsample"), UpsampleConfig.class, StageKeys.UPSAMPLE);
    return new Setup(
        Binder.bind(root.section("lattice"), LatticeConfig.class),
        Binder.bind(root.section("evolve"), EvolveConfig.class, StageKeys.EVOLVE));
  }

  @Override
  public Map<String, List<Class<? extends Record>>> sections() {
    return Map.of(
        "conditions", List.of(Conditions.class),
        "lattice", List.of(LatticeConfig.class),
        "upsample", List.of(UpsampleConfig.class),
        "evolve", List.of(EvolveConfig.class));
  }

  /** The stochastic predator-prey system (PP-01...PP-22). */
  static final class PredatorPreySystem extends LineSystem<Fields> {
    private static final double SECONDS_PER_CELL = 8e-8;

    private final Setup setup;

    PredatorPreySystem(Setup setup, List<Condition> conditions) {
      super(setup, conditions, "cells");
      this.setup = setup;
    }

    @Override
    public SystemFacts facts() {
      return facts(
          PredatorPreyProvider.NAME,
          Macroscopics.free(List.of("prey", "predator"), List.of("1", "1")));
    }

    @Override
    public StateCodec<Fields> codec() {
      return new FieldsCodec();
    }

    @Override
    public PredatorPreyDynamics dynamics(Condition condition, RunContext context) {
      return new PredatorPreyDynamics(setup, condition.value(), context.stop());
    }

    @Override
    public double eventCost() {
      return SECONDS_PER_CELL * setup.lattice().patch();
    }

    /** Interpolation costs about as much as a step. */
    @Override
    public double eventsPerSample() {
      return 1
          + conditions().stream()
              .mapToDouble(
                  c -> setup.evolve().duration().estimatedEvents(c, EvolveConfig.AUTO_STEPS))
              .average()
              .orElseThrow();
    }

    @Override
    public double[] start() {
      double prey = setup.start(Role.LARGE).meanPrey();
      return new double[] {prey, 1 - prey};
    }

    @Override
    public SystemOptions<Fields> options() {
      List<Integer> patch = List.of(setup.lattice().patch());
      return super.options()
          .withEncoding(
              new Encoding(2, patch, List.of(setup.lattice().large()), Encoding.Values.REAL));
    }
  }

  /** Both fields, prey first: 32 bits a value in results, 64 in checkpoints. */
  static final class FieldsCodec implements StateCodec<Fields> {
    @Override
    public Layout layout() {
      return new Layout(
          "field",
          ElementType.FLOAT32,
          List.of("component", "cell"),
          Map.of("component_names", List.of("prey", "predator")));
    }

    @Override
    public long[] shape(Extent extent) {
      return new long[] {2, extent.shape().get(0)};
    }

    @Override
    public byte[] encode(Fields state) {
      ByteBuffer bytes = buffer(2 * state.cells() * Float.BYTES);
      for (double[] field : List.of(state.prey(), state.predator())) {
        for (double value : field) {
          bytes.putFloat((float) value);
        }
      }
      return bytes.array();
    }

    @Override
    public Fields decode(byte[] bytes, Extent extent) {
      ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return fields(bytes.length / 2 / Float.BYTES, from::getFloat);
    }

    @Override
    public byte[] save(Fields state) {
      ByteBuffer bytes = buffer(2 * state.cells() * Double.BYTES);
      for (double[] field : List.of(state.prey(), state.predator())) {
        for (double value : field) {
          bytes.putDouble(value);
        }
      }
      return bytes.array();
    }

    @Override
    public Fields restore(byte[] bytes, Extent extent) {
      ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      return fields(bytes.length / 2 / Double.BYTES, from::getDouble);
    }

    private static ByteBuffer buffer(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Fields fields(int cells, java.util.function.DoubleSupplier next) {
      Fields fields = new Fields(new double[cells], new double[cells]);
      for (double[] field : List.of(fields.prey(), fields.predator())) {
        for (int i = 0; i < cells; i++) {
          field[i] = next.getAsDouble();
          if (!Double.isFinite(field[i])) {
            throw LatticeLiftException.badData(
                "a value of " + field[i], "dataset field", "finite numbers", "Make the file again");
          }
        }
      }
      return fields;
    }
  }
}
