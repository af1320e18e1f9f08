package org.latticelift.learn.report;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.learn.certificate.BaselineStage.BaselineFile.Baseline.BaselineValue;
import org.latticelift.learn.certificate.Certificate;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.Prediction;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.learn.report.ReportData.Origin;
import org.latticelift.learn.report.StatePicture.BeforeAndAfter;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;

/**
 * Everything a report shows.
 *
 * @param evaluation the numbers
 * @param curves what is drawn against the condition
 * @param predictions one per condition
 * @param direct direct runs by condition; empty if there are none
 * @param model what was trained, with the history of each training
 * @param pairs durations and events of the training pairs, one per condition
 * @param certificate what may bias the predictions
 * @param baselines late values of other estimators; empty unless they were asked for
 * @param states pictures of states, where files have some
 * @param origin configuration, provenance and times of the stages
 */
record ReportData(
    Evaluation evaluation,
    ConditionCurves curves,
    List<Prediction> predictions,
    Map<String, List<TimeSeries>> direct,
    SdeModel model,
    List<PairStatistics> pairs,
    Certificate certificate,
    List<BaselineValue> baselines,
    Optional<BeforeAndAfter> states,
    Origin origin) {
  List<TrainingHistory> history() {
    return model.history();
  }

  /**
   * Where the results come from.
   *
   * @param configuration resolved configuration
   * @param facts provenance of the evaluation, name and value
   * @param times of the stages of the run so far; empty where none were recorded
   */
  record Origin(String configuration, Map<String, String> facts, List<WallTimes.StageTime> times) {
    /** Wall time of each stage that was recorded. */
    Map<String, Double> seconds() {
      Map<String, Double> seconds = new LinkedHashMap<>();
      times.forEach(time -> seconds.put(time.stage(), time.seconds()));
      return seconds;
    }

    /** Version, date and seed; empty where one of them is not known. */
    Optional<String> sentence() {
      Optional<String> end = Optional.ofNullable(facts.get("end")).filter(e -> e.length() > 16);
      return end.filter(e -> facts.containsKey("version") && facts.containsKey("seed"))
          .map(
              e ->
                  String.format(
                      Locale.ROOT,
                      "Made with LatticeLift %s, seed %s, evaluated %s UTC.",
                      facts.get("version"),
                      facts.get("seed"),
                      e.substring(0, 16).replace('T', ' ')));
    }

    static Origin read(Path root, Hdf5Reader evaluation) {
      Map<String, String> facts = new LinkedHashMap<>();
      for (String name : evaluation.attributes(Provenance.GROUP)) {
        facts.put(name, String.valueOf(evaluation.attribute(Provenance.GROUP, name)));
      }
      String configuration = evaluation.text(Provenance.GROUP + "/configuration");
      return new Origin(configuration, facts, WallTimes.read(root));
    }
  }
}
