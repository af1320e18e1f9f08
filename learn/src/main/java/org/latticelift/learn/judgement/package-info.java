/**
 * Numbers with errors, and whether one agrees with another: every verdict of the program is made
 * here.
 */
package org.latticelift.learn.judgement;
