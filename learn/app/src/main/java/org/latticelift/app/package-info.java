/**
 * The program: its entry point. Commands are in {@code cli}, pipelines of stages in {@code
 * pipeline}, the start of ranks in {@code launch}.
 */
package org.latticelift.app;
