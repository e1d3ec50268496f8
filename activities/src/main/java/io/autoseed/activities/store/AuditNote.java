package io.autoseed.activities.store;

/**
 * An entry of a run's audit chain as a manifest or an anchor carries it: without the hashes, which
 * follow from the entries before it.
 *
 * @param number its place in the chain, from 0
 * @param at ISO-8601 in UTC, whole microseconds
 * @param details canonical JSON
 */
public record AuditNote(long number, String at, String event, String details) {}
