/**
 * Which barrier model a table is enough for: mean by species, linear model, or a network on top of
 * it, compared on barriers that took no part in the fit.
 */
package org.latticelift.learn.barrierfit.choice;
