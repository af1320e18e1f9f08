package org.latticelift.learn.sde;

/**
 * What a training recorded per epoch.
 *
 * @param loss mean training loss
 * @param validationLoss mean validation loss; NaN without validation pairs
 * @param learningRate rate of the last step
 */
public record TrainingHistory(double[] loss, double[] validationLoss, double[] learningRate) {}
