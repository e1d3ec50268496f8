/** Regression on frozen features, kept exact from task to task: RanPAC and RAIL. */
package io.autoseed.learning.ridge;
