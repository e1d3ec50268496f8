/** Results of runs for people: text, HTML, pictures, and the records they are made from. */
package io.autoseed.worker.report;
