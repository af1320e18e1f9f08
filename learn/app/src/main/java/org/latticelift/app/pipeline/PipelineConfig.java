package org.latticelift.app.pipeline;

import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.closure.ClosureConfig;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.evaluate.EvaluateConfig;
import org.latticelift.learn.experiment.ExperimentConfig;
import org.latticelift.learn.report.ReportStage.ReportConfig;
import org.latticelift.learn.train.SdeConfig;
import org.latticelift.learn.train.TrainConfig;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.Vacancies;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.SimulateConfig;

/** A whole configuration. Sections of the system stay as they are; the system reads them. */
public record PipelineConfig(
    @Part Run run,
    @Part Model model,
    @Default("{}") @Doc("runs of the small system") SimulateConfig simulate,
    @Part Lifting lifting,
    @Part Learning learning,
    @Part Answers answers,
    @Part Results results,
    @Part Variants variants) {

  /** What is run. */
  public record Run(
      @Default("alloy") @Doc("system to simulate") String system,
      @Doc("such as authors: behave as the authors' code (single keys still override)")
          Optional<String> preset,
      @Default("1") @Doc("seed of all random numbers") long seed) {}

  /** What the system is, which reads these sections itself. */
  public record Model(
      @Doc("what is varied, such as temperature_K: [1000, 2000]") ConfigNode conditions,
      @Default("{}") @Doc("sizes and what else describes the system") ConfigNode lattice,
      @Default("{}") @Doc("barrier model of the alloy") ConfigNode barrier,
      @Default("{}") @Doc("how vacancies of the alloy jump") ConfigNode kinetics,
      @Doc("displacements are measured, for diffusion coefficients of the alloy")
          Optional<ConfigNode> transport,
      @Doc("system samples: files of another program in place of a simulation")
          Optional<ConfigNode> samples,
      @Doc("system external: the program that simulates") Optional<ConfigNode> external) {}

  /** From small to large, which the system reads, too. */
  public record Lifting(
      @Default("{}") @Doc("large states from small ones") ConfigNode upsample,
      @Default("{}") @Doc("local relaxation of the seams of large states") ConfigNode relax,
      @Default("{}") @Doc("short evolutions of patches: the training samples") ConfigNode evolve) {}

  /** The equation. */
  public record Learning(
      @Default("{}") @Doc("closure variables") ClosureConfig closure,
      @Default("{}") @Doc("stochastic differential equation") SdeConfig sde,
      @Default("{}") @Doc("training of the equation") TrainConfig train) {}

  /** What is predicted and simulated of the large system. */
  public record Answers(
      @Default("{}") @Doc("prediction") EnsembleConfig ensemble,
      @Doc("runs of the large system itself") Optional<SimulateConfig> direct,
      @Doc(
              "the condition in time for 'ensemble', 'direct' and 'kmc': a protocol, a list of them or"
                  + " a CSV file")
          Optional<ScheduleSpec> schedule,
      @Doc("alloy: vacancies of a real crystal, for times in hours")
          Optional<Vacancies> vacancies) {}

  /** What becomes of results. */
  public record Results(
      @Default("{}") @Doc("comparison with the direct runs") EvaluateConfig evaluate,
      @Default("{}") @Doc("report: plots and page") ReportConfig report,
      @Default("{}") @Doc("checkpoints") CheckpointConfig checkpoint) {}

  /** Amounts of work, and variants. */
  public record Variants(
      @Doc("variants of this configuration, one table and one figure")
          Optional<ExperimentConfig> experiment,
      @Default("quick") @Doc("which of 'sizes' is run, where there are some") String size,
      @Default("{}") @Doc("amounts of work: values of other keys, by name") ConfigNode sizes) {}
}
