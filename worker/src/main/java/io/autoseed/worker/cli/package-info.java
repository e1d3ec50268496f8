/** The command line: one class a command. */
package io.autoseed.worker.cli;
