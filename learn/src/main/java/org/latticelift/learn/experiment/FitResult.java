package org.latticelift.learn.experiment;

/**
 * What a fit over sizes gave.
 *
 * @param name of the fit; with {@code _slope} the slope of one size, with {@code _value} the value
 *     at a crossing, with {@code _errors} the spread about a collapse that errors explain
 * @param series of variants, or of direct runs; of one size or between two where it ends in numbers
 * @param published NaN if there is none
 * @param measured with a 95 % interval
 * @param points how many were fitted
 */
public record FitResult(
    String name, String series, double published, Measured measured, int points) {}
