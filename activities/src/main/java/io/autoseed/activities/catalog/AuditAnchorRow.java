package io.autoseed.activities.catalog;

/**
 * An audit chain's head, kept in a locked object.
 *
 * @param number entries before this number are covered
 * @param hash of the last covered entry
 */
public record AuditAnchorRow(
    String run, long number, String hash, String objectKey, String objectVersion) {}
