/**
 * Commands of studies: each made numbers of a page of {@code docs/results} and is kept so that they
 * can be made again (docs/development/benchmarking.md).
 */
package org.latticelift.bench.study;
