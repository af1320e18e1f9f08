/**
 * A trained equation as a source file for other programs: its operations, written as C99 and as
 * Python; and run here, without noise, along many histories.
 */
package org.latticelift.learn.law;
