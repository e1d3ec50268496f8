/** The console: a read-only web page on loopback over the catalog. */
package io.autoseed.worker.console;
