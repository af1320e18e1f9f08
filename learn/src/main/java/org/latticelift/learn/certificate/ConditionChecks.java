package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.system.Condition;

/**
 * The checks of one condition after the other.
 *
 * @param pairs those of the run
 * @param whole whether their increments are those of the whole
 * @param further pairs made in other ways
 */
record ConditionChecks(Path pairs, boolean whole, FurtherPairs further) {
  /** Fewer increments than this for each coefficient show nothing. */
  private static final int FEW = 20;

  /** All biases of a condition; none where there is nothing to compare with. */
  List<Bias> of(Comparison comparison) {
    return new Single(comparison).biases();
  }

  /** One condition. */
  private final class Single {
    private final Comparison comparison;
    private final SdeModel model;
    private final Condition condition;
    private final List<Correction.Estimate> estimates = new ArrayList<>();
    private final List<Bias> biases = new ArrayList<>();
    private boolean halved;

    Single(Comparison comparison) {
      this.comparison = comparison;
      this.model = comparison.ensemble().model();
      this.condition = comparison.ensemble().condition();
    }

    List<Bias> biases() {
      Optional<Increments> joint = joint();
      Optional<Increments> relaxed = made(Check.RELAXATION).filter(ConditionChecks::enough);
      Increments all = Increments.pairs(pairs, model, condition);
      if (!enough(all)) {
        return List.of();
      }
      Residuals own = residuals(all);
      add(Check.FIT, Correction.Estimate.misfit(own));
      Optional<Residuals> together = joint.map(this::residuals);
      together.ifPresent(
          r -> {
            if (!whole) {
              add(Check.ADDITIVITY, Correction.Estimate.drift(r, own));
            }
            add(Check.KAPPA, Correction.Estimate.noise(r));
          });
      duration(own, together);
      relaxed
          .map(this::residuals)
          .ifPresent(
              r -> add(Check.RELAXATION, Correction.Estimate.drift(r, own).withNoise(r, own)));
      if (estimates.size() > 1) {
        biases.addAll(comparison.of(Check.TOGETHER, estimates, halved));
      }
      return biases;
    }

    /**
     * Evolutions of the whole of half the duration against those of the duration, where there are
     * both: what patches miss is not counted twice. Else single patches of either duration.
     */
    private void duration(Residuals own, Optional<Residuals> together) {
      Optional<Increments> half =
          whole ? made(Check.DURATION) : madeJoint(Check.DURATION).filter(ConditionChecks::enough);
      boolean both = together.isPresent() && half.filter(ConditionChecks::enough).isPresent();
      Optional<Increments> other = both ? half : made(Check.DURATION);
      other
          .filter(ConditionChecks::enough)
          .map(this::residuals)
          .ifPresent(
              r -> {
                Residuals base = both ? together.orElseThrow() : own;
                halved = true;
                add(Check.DURATION, Correction.Estimate.drift(r, base).withNoise(r, base));
              });
    }

    private void add(Check check, Correction.Estimate estimate) {
      estimates.add(estimate);
      biases.addAll(comparison.of(check, List.of(estimate), check == Check.DURATION));
    }

    private Residuals residuals(Increments increments) {
      return Residuals.of(increments, model, condition.value(), comparison.signs());
    }

    /** Increments of the whole: of the pairs themselves, or else those made for the certificate. */
    private Optional<Increments> joint() {
      if (whole) {
        return Optional.of(Increments.pairs(pairs, model, condition))
            .filter(ConditionChecks::enough);
      }
      Optional<Increments> own =
          Optional.of(Increments.joint(pairs, model, condition)).filter(ConditionChecks::enough);
      return own.isPresent() ? own : madeJoint(Check.ADDITIVITY).filter(ConditionChecks::enough);
    }

    private Optional<Increments> made(Check check) {
      return Optional.ofNullable(further.files().get(check))
          .map(path -> Increments.pairs(path, model, condition));
    }

    private Optional<Increments> madeJoint(Check check) {
      return Optional.ofNullable(further.files().get(check))
          .map(path -> Increments.joint(path, model, condition));
    }
  }

  private static boolean enough(Increments increments) {
    return increments.count() >= FEW * (1 + increments.variables());
  }
}
