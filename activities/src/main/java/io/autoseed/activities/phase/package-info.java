/**
 * What a worker does for each phase: read the input manifest, let {@code learning} compute, commit.
 * One class a phase; nothing here computes.
 */
package io.autoseed.activities.phase;
