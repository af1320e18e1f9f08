package org.latticelift.learn.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.Figure;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.certificate.BaselineFile;
import org.latticelift.learn.certificate.CertificateFile;
import org.latticelift.learn.certificate.CertificateStage;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.simulate.TrajectoryFile;

/**
 * The stage {@code report}: reads {@code evaluation.h5} and what it was made from; writes {@code
 * report/index.html}, one page without references to anything outside, the plots as files, and
 * {@code certificate.csv} unless {@code latticelift diagnose} has.
 */
public final class ReportStage implements Stage {
  /** Name of the page in the run directory. */
  public static final String PAGE = "report/index.html";

  private final ReportConfig spec;
  private final Supplier<Question> question;
  private final Optional<RealTime> realTime;
  private final CertificateStage certificate;

  /**
   * The stage.
   *
   * @param spec the section {@code report}
   * @param question what the run was asked; what a reader must know of an alloy takes seconds to
   *     find
   * @param realTime of a crystal with other vacancies, where that is asked for
   * @param certificate says what may bias the predictions, from what the run has, unless that was
   *     said already
   */
  public ReportStage(
      ReportConfig spec,
      Supplier<Question> question,
      Optional<RealTime> realTime,
      CertificateStage certificate) {
    this.realTime = realTime;
    this.spec = spec;
    this.question = question;
    this.certificate = certificate;
  }

  @Override
  public String name() {
    return "report";
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "one page and its plots", 5, 2_000_000);
  }

  @Override
  public List<String> inputs() {
    return List.of(EvaluationFile.NAME, ModelFile.NAME, EnsembleFile.NAME, PairsFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return realTime.isPresent()
        ? List.of(PAGE, CertificateFile.NAME, Annealing.NAME)
        : List.of(PAGE, CertificateFile.NAME);
  }

  @Override
  public void check() {
    spec.beside().forEach(ReportStage::curves);
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    if (!directory.complete(CertificateFile.NAME)) {
      certificate.run(context);
    }
    ReportData data = read(directory);
    Map<Figure, String> plots = new LinkedHashMap<>();
    List<String> remarks = new ArrayList<>();
    Question asked = question.get();
    List<Figure> figures = new ArrayList<>(new Figures(data, asked.axis(), realTime).all());
    Optional<Annealing> annealing = realTime.map(time -> Annealing.of(data.evaluation(), time));
    annealing.ifPresent(
        times -> {
          directory.commitText(Annealing.NAME, times.csv());
          if (!times.rows().isEmpty()) {
            figures.add(0, times.figure());
          }
        });
    try (Progress progress = context.progress().start(name(), figures.size())) {
      Drawing[] drawings = new Drawing[figures.size()];
      TaskPool.run(
          context.threads(),
          drawings.length,
          k -> {
            drawings[(int) k] = Drawing.of(figures.get((int) k), spec.png());
            progress.step(1, figures.get((int) k).name());
          },
          context.stop());
      for (Drawing drawing : drawings) {
        plots.put(drawing.figure(), drawing.svg());
        String name = "report/" + drawing.figure().name();
        directory.commitText(name + ".svg", drawing.svg());
        drawing
            .png()
            .ifPresent(png -> directory.commit(name + ".png", beside -> Files.write(beside, png)));
      }
      Arrays.stream(drawings)
          .flatMap(drawing -> drawing.remark().stream())
          .limit(1)
          .forEach(remarks::add);
    }
    directory.commitText(PAGE, new ReportPage(asked, data, annealing, plots, remarks).html());
  }

  /**
   * What a terminal shows after the stage; times of a real crystal, where they were asked for, and
   * the path of the page.
   */
  public static List<String> lines(RunDirectory directory) {
    List<String> lines = new ArrayList<>();
    if (directory.complete(Annealing.NAME)) {
      lines.addAll(Annealing.read(directory.file(Annealing.NAME)).lines());
    }
    lines.add("report: " + directory.file(PAGE));
    return lines;
  }

  private ReportData read(RunDirectory directory) {
    Path file = directory.file(EvaluationFile.NAME);
    ConditionCurves own = ConditionCurves.of(directory);
    Evaluation evaluation = spec.details() ? own.evaluation() : own.evaluation().main();
    SdeModel model = ModelFile.read(directory.file(ModelFile.NAME));
    double[] trained = model.scaling().condition();
    double[] range = {trained[0], trained[trained.length - 1]};
    try (Hdf5Reader results = Hdf5Reader.open(file);
        EnsembleFile ensemble = EnsembleFile.open(directory.file(EnsembleFile.NAME));
        PairsFile pairs = PairsFile.open(directory.file(PairsFile.NAME))) {
      return new ReportData(
          evaluation,
          spec.details() ? beside(own) : beside(own).main(),
          StageFiles.predictions(ensemble, range),
          direct(directory.file(TrajectoryFile.NAME), evaluation.observables()),
          model,
          PairStatistics.read(pairs),
          CertificateFile.read(directory.file(CertificateFile.NAME)),
          directory.complete(BaselineFile.NAME)
              ? BaselineFile.read(directory.file(BaselineFile.NAME))
              : List.of(),
          StatePicture.ofRun(
              directory.root(),
              evaluation.conditions().stream().map(ConditionResult::condition).toList()),
          Origin.read(directory.root(), results));
    }
  }

  /** With what the other runs have, of which earlier ones go before later ones. */
  private ConditionCurves beside(ConditionCurves own) {
    ConditionCurves curves = own;
    for (InputFile other : spec.beside()) {
      curves = curves.with(curves(other), other.path());
    }
    return curves;
  }

  private static ConditionCurves curves(InputFile other) {
    return other.read(folder -> ConditionCurves.of(RunDirectory.view(folder)));
  }

  private static Map<String, List<TimeSeries>> direct(Path file, List<String> observables) {
    return StageFiles.direct(file, observables);
  }

  /**
   * A figure in its formats.
   *
   * @param png empty where it was not requested or could not be drawn
   * @param remark why it could not be drawn
   */
  private record Drawing(Figure figure, String svg, Optional<byte[]> png, Optional<String> remark) {
    static Drawing of(Figure figure, boolean png) {
      String svg = figure.svg();
      if (!png) {
        return new Drawing(figure, svg, Optional.empty(), Optional.empty());
      }
      try {
        return new Drawing(figure, svg, Optional.of(figure.png()), Optional.empty());
      } catch (LatticeLiftException e) {
        String remark =
            "PNG files were not written, because this machine's Java cannot draw text ("
                + e.getCause()
                + "). The plots in this page and the SVG files are complete.";
        return new Drawing(figure, svg, Optional.empty(), Optional.of(remark));
      }
    }
  }

  /** The configuration section {@code report}. */
  public record ReportConfig(
      @Default("true") @Doc("Write every plot as PNG too; needs fonts on the machine.") boolean png,
      @Default("false") @Doc("All observables, not only those that are looked at first.")
          boolean details,
      @Default("[]")
          @Doc(
              "folders of other runs of the same observables, such as [runs/cold]; their conditions"
                  + " are drawn in the figures against the condition, too")
          List<InputFile> beside) {}
}
