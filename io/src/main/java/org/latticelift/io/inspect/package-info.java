/** A look at any file of this product on one screen. */
package org.latticelift.io.inspect;
