/** Studies: grids of runs, what they measured, and what may be claimed from it. */
package io.autoseed.activities.study;
