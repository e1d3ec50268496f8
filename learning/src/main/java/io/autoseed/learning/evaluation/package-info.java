/** Measures learners on the test sets of a sequence's tasks. */
package io.autoseed.learning.evaluation;
