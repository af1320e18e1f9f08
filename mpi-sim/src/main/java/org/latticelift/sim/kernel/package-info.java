/**
 * Choice of arithmetic: kernels with vectors where this Java machine has the Vector API, else their
 * plain twins; and copies of a class whose constants the compiler knows.
 */
package org.latticelift.sim.kernel;
