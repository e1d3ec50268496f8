/**
 * Exactly one outcome of a phase counts, however often it is attempted: the commit protocol over
 * the store (which decides) and the catalog (which writes down).
 */
package io.autoseed.activities.commit;
