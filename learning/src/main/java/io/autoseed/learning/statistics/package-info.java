/** What may be claimed from repeated measurements: intervals, exact tests, corrections. */
package io.autoseed.learning.statistics;
