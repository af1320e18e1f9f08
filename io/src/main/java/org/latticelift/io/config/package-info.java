/**
 * Strict YAML configuration: a tree of nodes that know their file, line and key path, and a binder
 * to records. An unknown key, a duplicate key, a wrong type or a number out of range is an error
 * that names the place and what is allowed.
 */
package org.latticelift.io.config;
