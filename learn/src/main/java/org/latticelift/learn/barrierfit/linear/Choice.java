package org.latticelift.learn.barrierfit.linear;

import org.latticelift.learn.barrierfit.linear.LinearDesign.Spec;

/** A model among those that are compared. */
public record Choice(Spec spec, double strength) {}
