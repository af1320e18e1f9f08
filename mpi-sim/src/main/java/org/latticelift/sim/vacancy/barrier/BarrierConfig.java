package org.latticelift.sim.vacancy.barrier;

import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.barrier.BarrierConfig.AttemptFrequency;

/** The configuration section {@code barrier}. */
public record BarrierConfig(
    @Default("compact")
        @Doc(
            "compact and small are shipped networks; network and linear read weights; pairwise is"
                + " linear with numbers of the configuration")
        ModelKind model,
    @Doc("file of model network (HDF5) or linear (HDF5 or YAML)") Optional<InputFile> weights,
    @Doc("authors or nnk; must not contradict the weights") Optional<InputOrder> order,
    @Range(min = 0, max = 1) @Doc("epsilon of the batch normalisation") Optional<Double> bnEpsilon,
    @Doc("attempt frequency, 1/s: one number, or one per species in code order")
        Optional<AttemptFrequency> attemptFrequency,
    @Doc("energies of model pairwise") Optional<LinearTerms> pairwise) {

  /**
   * The configuration key {@code attempt_frequency}: one number for all species, or a list in code
   * order (AL-40).
   */
  public static final class AttemptFrequency {
    private final List<Double> values;
    private final ConfigNode source;

    private AttemptFrequency(List<Double> values, ConfigNode source) {
      this.values = List.copyOf(values);
      this.source = source;
    }

    /** Reads a number or a list. */
    public static AttemptFrequency fromConfig(ConfigNode node) {
      List<ConfigNode> nodes = node.isSequence() ? node.items() : List.of(node);
      List<Double> values = nodes.stream().map(ConfigNode::number).toList();
      if (values.isEmpty() || values.stream().anyMatch(v -> !(v > 0) || v.isInfinite())) {
        throw LatticeLiftException.badData(
            "an attempt frequency of " + node.toYaml().strip(),
            node.where(),
            "positive numbers, 1/s",
            "Correct the value");
      }
      return new AttemptFrequency(values, node);
    }

    /** The configuration it was read from. */
    public ConfigNode toConfig() {
      return source;
    }

    BarrierModel applyTo(BarrierModel model) {
      if (values.size() != 1 && values.size() != model.species()) {
        throw LatticeLiftException.badData(
            values.size() + " attempt frequencies",
            source.where(),
            "one, or one for each of the " + model.species() + " species",
            "Correct the list");
      }
      return new ForwardingBarriers(model) {
        @Override
        public double attemptFrequency(int species) {
          return values.get(values.size() == 1 ? 0 : species - 1);
        }
      };
    }
  }
}
