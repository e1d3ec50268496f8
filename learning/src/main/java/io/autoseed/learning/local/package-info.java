/** Drives phases and whole sequences in memory. */
package io.autoseed.learning.local;
