package org.latticelift.bench.speed;

/**
 * Measured speed of a training. Seconds are processor time of the training thread.
 *
 * @param model what was trained
 * @param engine which engine
 * @param pairs pairs per epoch
 * @param batch pairs per step
 * @param secondsPerEpoch median over the epochs
 * @param fastest the fastest epoch, s
 * @param slowest the slowest epoch, s
 * @param flops operations of the dense layers per second, two per multiply-add, at the median
 */
public record TrainingSpeed(
    String model,
    String engine,
    int pairs,
    int batch,
    double secondsPerEpoch,
    double fastest,
    double slowest,
    double flops) {}
