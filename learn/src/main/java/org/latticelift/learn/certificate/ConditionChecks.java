package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.learn.certificate.Check.FurtherPairs;
import org.latticelift.learn.certificate.Check.Quantity.Bias;
import org.latticelift.learn.certificate.Residuals.Neighbourhood;
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
  /** All biases of a condition; none where there is nothing to compare with. */
  List<Bias> of(Comparison comparison) {
    return new Single(comparison).biases();
  }

  /** One condition. */
  private final class Single {
    private final Comparison comparison;
    private final SdeModel model;
    private final Condition condition;
    private final List<Bias> biases = new ArrayList<>();
    private Neighbourhood near;
    private int checks;

    Single(Comparison comparison) {
      this.comparison = comparison;
      this.model = comparison.ensemble().model();
      this.condition = comparison.ensemble().condition();
    }

    List<Bias> biases() {
      Increments all = Increments.pairs(pairs, model, condition);
      if (!enough(all)) {
        return List.of();
      }
      near = neighbourhood(all);
      Residuals own = residuals(all);
      add(Check.FIT, Correction.Estimate.misfit(own));
      Optional<Residuals> joint = joint().map(this::residuals);
      joint.ifPresent(
          r -> {
            if (!whole) {
              add(Check.ADDITIVITY, Correction.Estimate.drift(r, own));
            }
            add(Check.KAPPA, Correction.Estimate.noise(r));
          });
      Optional<Correction.Estimate> half = duration(own, joint);
      Optional<Residuals> relaxed = made(Check.RELAXATION).map(this::residuals);
      relaxed.ifPresent(
          r ->
              add(
                  Check.RELAXATION,
                  Correction.Estimate.drift(r, own).withNoise(Correction.Estimate.ratio(r, own))));
      if (checks > 1) {
        together(best(own, joint, relaxed), half);
      }
      return biases;
    }

    /**
     * Where late values live by what all increments show. A fit to all states may lead out of them;
     * then they live where the prediction says.
     */
    private Neighbourhood neighbourhood(Increments all) {
      near = Neighbourhood.everywhere(all.variables());
      Correction.Estimate first =
          best(
              residuals(all),
              joint().map(this::residuals),
              made(Check.RELAXATION).map(this::residuals));
      LateValues late = comparison.ensemble().quarter().run(List.of(first.best()), false);
      return Neighbourhood.of(late.leaves() ? comparison.plain() : late, model);
    }

    /**
     * What is closest to the large system: the whole of states that are relaxed longer. One set of
     * evolutions has one error; a sum of what each check mends would have the errors of all. It is
     * the equation itself that is mended, not its pairs: what it misses of these counts as well.
     */
    private Correction.Estimate best(
        Residuals own, Optional<Residuals> joint, Optional<Residuals> relaxed) {
      Optional<Residuals> jointOfRelaxed =
          whole ? relaxed : madeJoint(Check.RELAXATION).map(this::residuals);
      if (jointOfRelaxed.isPresent()) {
        Residuals r = jointOfRelaxed.get();
        Residuals measured = whole ? own : joint.orElse(own); // what kappa comes from
        return Correction.Estimate.misfit(r, own).withNoise(Correction.Estimate.noise(r, measured));
      }
      if (relaxed.isPresent()) {
        return Correction.Estimate.misfit(relaxed.get(), own)
            .withNoise(Correction.Estimate.ratio(relaxed.get(), own));
      }
      Correction.Estimate noise =
          joint
              .map(r -> Correction.Estimate.noise(r, own))
              .orElseGet(() -> Correction.Estimate.misfit(own));
      return (joint.isEmpty() || whole
              ? Correction.Estimate.misfit(own)
              : Correction.Estimate.misfit(joint.get(), own))
          .withNoise(noise);
    }

    /** Half of the duration joins where it shows anything: else it would add its error alone. */
    private void together(Correction.Estimate best, Optional<Correction.Estimate> half) {
      boolean shorter =
          half.isPresent()
              && biases.stream().anyMatch(b -> b.check() == Check.DURATION && !b.silent());
      List<Correction.Estimate> estimates =
          shorter ? List.of(best, half.orElseThrow()) : List.of(best);
      biases.addAll(comparison.of(Check.TOGETHER, estimates, shorter));
    }

    /**
     * Evolutions of the whole of half the duration against those of the duration, where there are
     * both: what patches miss is not counted twice. Else single patches of either duration.
     */
    private Optional<Correction.Estimate> duration(Residuals own, Optional<Residuals> joint) {
      Optional<Residuals> half =
          joint.isEmpty()
              ? Optional.empty()
              : (whole ? made(Check.DURATION) : madeJoint(Check.DURATION)).map(this::residuals);
      Residuals base = half.isPresent() ? joint.orElseThrow() : own;
      Optional<Correction.Estimate> estimate =
          half.or(() -> made(Check.DURATION).map(this::residuals))
              .map(
                  r ->
                      Correction.Estimate.drift(r, base)
                          .withNoise(Correction.Estimate.ratio(r, base)));
      estimate.ifPresent(each -> add(Check.DURATION, each));
      return estimate;
    }

    private void add(Check check, Correction.Estimate estimate) {
      checks++;
      biases.addAll(comparison.of(check, List.of(estimate), check == Check.DURATION));
    }

    private Residuals residuals(Increments increments) {
      return Residuals.of(increments, model, condition.value(), comparison.signs(), near);
    }

    /** Increments of the whole: of the pairs themselves, or else those made for the certificate. */
    private Optional<Increments> joint() {
      if (whole) {
        return Optional.of(Increments.pairs(pairs, model, condition))
            .filter(ConditionChecks::enough);
      }
      Optional<Increments> own =
          Optional.of(Increments.joint(pairs, model, condition)).filter(ConditionChecks::enough);
      return own.isPresent() ? own : madeJoint(Check.ADDITIVITY);
    }

    private Optional<Increments> made(Check check) {
      return Optional.ofNullable(further.files().get(check))
          .map(path -> Increments.pairs(path, model, condition))
          .filter(ConditionChecks::enough);
    }

    private Optional<Increments> madeJoint(Check check) {
      return Optional.ofNullable(further.files().get(check))
          .map(path -> Increments.joint(path, model, condition))
          .filter(ConditionChecks::enough);
    }
  }

  private static boolean enough(Increments increments) {
    return Residuals.enough(increments.count(), increments.variables());
  }
}
