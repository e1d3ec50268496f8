/** Metrics of continual learning, from accuracies already measured. */
package io.autoseed.learning.metrics;
