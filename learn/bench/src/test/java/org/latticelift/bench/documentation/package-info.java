/** Writes the pages of docs/reference that follow from the code, and checks all documents. */
package org.latticelift.bench.documentation;
