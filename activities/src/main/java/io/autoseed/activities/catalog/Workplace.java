package io.autoseed.activities.catalog;

/**
 * Who computes.
 *
 * @param host name of the machine and process, for people
 * @param build version of the code
 * @param numericProfile name and digest of the numeric profile
 */
public record Workplace(String host, String build, String numericProfile) {}
