/** Frames of atoms in a periodic cell, and the text formats that other programs read and write. */
package org.latticelift.io.atoms;
