package org.latticelift.app.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.closure.ClosureFile;
import org.latticelift.learn.closure.InitialClosures;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleStage;

/**
 * The ensemble of a variant from where the direct runs of an initial state begin, or from {@code
 * ensemble.initial} of the initial state or the variant where one has it.
 *
 * @param variant what was trained
 * @param direct with the initial state
 * @param output file of the predictions
 */
record PredictionStage(Pipeline variant, Pipeline direct, String output) implements Stage {
  @Override
  public String name() {
    return "ensemble";
  }

  @Override
  public List<String> inputs() {
    return ensemble(List.of()).inputs();
  }

  @Override
  public List<String> outputs() {
    return List.of(output);
  }

  @Override
  public StagePlan plan() {
    return ensemble(List.of()).plan();
  }

  @Override
  public void check() {
    ensemble(List.of()).check();
  }

  @Override
  public boolean shared() {
    return true;
  }

  /** Closure variables follow the observables; they need the encoder of the variant. */
  @Override
  public void run(StageContext context) {
    List<Double> start = new ArrayList<>();
    for (double value : direct.system().start()) {
      start.add(value);
    }
    if (variant.config().closure().wanted()) {
      var encoder = context.directory().file(ClosureFile.NAME);
      for (double value : InitialClosures.mean(encoder, direct.system(), context.seed())) {
        start.add(value);
      }
    }
    ensemble(start).run(context);
  }

  private EnsembleStage ensemble(List<Double> start) {
    ConfigNode config = Binder.resolve(variant.config().ensemble());
    ConfigNode begun =
        start.isEmpty() ? config : config.with("initial", "{observables: " + start + "}");
    ConfigNode started =
        Stream.of(direct, variant)
            .map(each -> each.config().ensemble().initial())
            .filter(initial -> !initial.random())
            .findFirst()
            .map(initial -> config.with("initial", initial.toConfig()))
            .orElse(begun);
    return new EnsembleStage(
        Binder.bind(started, EnsembleConfig.class),
        variant.system().conditions().size(),
        variant.config().train().models(),
        variant.observables(),
        output,
        variant.config().checkpoint().everySeconds());
  }
}
