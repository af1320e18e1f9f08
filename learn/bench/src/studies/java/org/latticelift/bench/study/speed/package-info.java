/** Speeds that pages of results quote, and nothing else needs. */
package org.latticelift.bench.study.speed;
