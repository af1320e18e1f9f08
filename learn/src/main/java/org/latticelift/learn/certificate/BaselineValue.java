package org.latticelift.learn.certificate;

/**
 * A late value of the large system as a baseline has it.
 *
 * @param baseline how it was found
 * @param condition name
 * @param observable name
 * @param quantity of it
 * @param value of the baseline
 * @param direct value of direct runs; NaN where there are none
 * @param error standard error of the direct value; NaN where there are none
 */
public record BaselineValue(
    Baseline baseline,
    String condition,
    String observable,
    Quantity quantity,
    double value,
    double direct,
    double error) {}
