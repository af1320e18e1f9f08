/** What tests of all modules share. */
package org.latticelift.io.testing;
