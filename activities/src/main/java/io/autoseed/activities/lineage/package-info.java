/** Lineage for people and for other programs: as a tree, JSON, DOT and OpenLineage events. */
package io.autoseed.activities.lineage;
