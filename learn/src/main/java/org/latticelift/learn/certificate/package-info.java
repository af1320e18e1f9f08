/**
 * What may bias a prediction, found without a simulation of the large system (EX-33): differences
 * between the prediction and one whose drift or diffusion is corrected by what other evolutions of
 * large states show.
 */
package org.latticelift.learn.certificate;
