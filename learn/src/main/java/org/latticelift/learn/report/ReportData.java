package org.latticelift.learn.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.learn.certificate.BaselineFile.Baseline.BaselineValue;
import org.latticelift.learn.certificate.Certificate;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.Prediction;
import org.latticelift.learn.report.StatePicture.BeforeAndAfter;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.series.TimeSeries;

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
}
