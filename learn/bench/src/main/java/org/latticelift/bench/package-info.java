/** Whatever only measures: the list of its commands. */
package org.latticelift.bench;
