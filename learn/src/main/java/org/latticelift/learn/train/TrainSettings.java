package org.latticelift.learn.train;

/**
 * What one training needs besides data and architecture.
 *
 * @param epochs passes over the data
 * @param batch pairs per step; the last incomplete batch is kept (ME-70)
 * @param schedule learning-rate schedule
 * @param learningRate initial rate
 * @param minLearningRate lowest rate
 * @param patience epochs without improvement before the rate falls (plateau)
 * @param factor of the rate at a plateau
 * @param weightDecay decoupled decay per step, times the rate
 * @param gradientLimit times what gradients were before, beyond which one is scaled down; 0 = off
 * @param average decay per step of the moving average of the weights; 0 = off
 * @param earlyStopping epochs without a better validation loss before the end; 0 = off
 * @param checkpointEpochs epochs between checkpoints
 */
record TrainSettings(
    int epochs,
    int batch,
    Schedule schedule,
    double learningRate,
    double minLearningRate,
    int patience,
    double factor,
    double weightDecay,
    double gradientLimit,
    double average,
    int earlyStopping,
    int checkpointEpochs) {}
