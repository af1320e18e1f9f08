/**
 * Optional parts that are found at run time: each is a folder of jars beside the program, with a
 * class loader of its own, so that parts with equal packages do not see each other.
 */
package org.latticelift.io.plugin;
