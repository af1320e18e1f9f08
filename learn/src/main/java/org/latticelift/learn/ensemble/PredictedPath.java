package org.latticelift.learn.ensemble;

/**
 * What a model predicts along a schedule.
 *
 * @param time of the records, in the unit of the system, [t]
 * @param condition value of the varied parameter at these times, [t]
 * @param outside whether the model was not trained that far, at some time since the record before,
 *     [t]
 * @param novelty distance of the mean from what the model was trained at, above 1 for farther than
 *     that is from itself; NaN where the model does not know, [t]
 * @param mean of every observable over models and trajectories, [t,m]
 * @param deviation over models and trajectories, [t,m]
 * @param halfWidth of the 95 % interval of the mean, NaN where there is none, [t,m]
 * @param modelMean mean over the trajectories of each model, [models,t,m]
 */
public record PredictedPath(
    double[] time,
    double[] condition,
    boolean[] outside,
    double[] novelty,
    double[] mean,
    double[] deviation,
    double[] halfWidth,
    double[] modelMean) {}
