/** What tests of all modules share. */
package org.latticelift.testing;
