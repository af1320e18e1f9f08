/**
 * Time-temperature-order diagrams of a trained model (EX-53): how long order takes at every
 * condition, and how fast it must be left behind to be frozen in.
 */
package org.latticelift.learn.diagram;
