package io.autoseed.activities.catalog;

/**
 * A data set that a run reads.
 *
 * @param files number of files
 * @param licence as the data set states it
 */
public record DataSetRow(String digest, String name, int files, String licence) {}
