/**
 * Warnings about configurations that are valid but doubtful, each with what to do: what somebody
 * who knows the method would say before the run. One class per concept.
 */
package org.latticelift.app.advice;
