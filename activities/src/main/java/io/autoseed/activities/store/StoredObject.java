package io.autoseed.activities.store;

/**
 * One version of an object in the store.
 *
 * @param key in the bucket
 * @param versionId given by the store
 * @param sha256 of the bytes, lower-case hex
 * @param bytes length
 */
public record StoredObject(String key, String versionId, String sha256, long bytes) {}
