package io.autoseed.activities.store;

import java.util.Map;

/**
 * The newest version of an object, with its bytes, checked against the SHA-256 beside it.
 *
 * @param beside the short texts stored with the object, by lower-case name
 */
public record FoundObject(StoredObject stored, byte[] bytes, Map<String, String> beside) {}
