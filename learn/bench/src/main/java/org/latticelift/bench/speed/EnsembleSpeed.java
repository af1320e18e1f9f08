package org.latticelift.bench.speed;

/**
 * How fast one core integrates an ensemble.
 *
 * @param networks name of the architecture
 * @param arithmetic such as {@code vector-512}
 * @param dimension latent dimension d
 * @param trajectories number of trajectories
 * @param operations floating-point operations per trajectory and step, two per multiply-add
 * @param stepsPerSecond trajectory-steps with noise per second of processor time, median of slices
 * @param slowest the slowest slice
 * @param fastest the fastest slice
 * @param flops operations per second at the median
 * @param noiseShare share of the time that the normal numbers take
 * @param stageStepsPerSecond trajectory-steps per second of processor time of the whole stage:
 *     reads the model, integrates, records, makes the statistics and writes them
 */
public record EnsembleSpeed(
    String networks,
    String arithmetic,
    int dimension,
    int trajectories,
    long operations,
    double stepsPerSecond,
    double slowest,
    double fastest,
    double flops,
    double noiseShare,
    double stageStepsPerSecond) {}
