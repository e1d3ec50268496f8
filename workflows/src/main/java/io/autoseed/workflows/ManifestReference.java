package io.autoseed.workflows;

/**
 * Where the committed outcome of a phase lies, and what it is.
 *
 * @param key object key in the artifact bucket
 * @param versionId version of that object
 * @param sha256 of the manifest's bytes
 * @param outcomeDigest SHA-256 of its {@code outcome} part: what chains, keys and comparisons use
 */
public record ManifestReference(
    String key, String versionId, String sha256, String outcomeDigest) {}
