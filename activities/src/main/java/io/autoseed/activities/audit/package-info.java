/**
 * What the store and the catalog say of runs, read again from the ground: verification of a run,
 * and the catalog made again from the store. Computes no learning, loads no engine.
 */
package io.autoseed.activities.audit;
