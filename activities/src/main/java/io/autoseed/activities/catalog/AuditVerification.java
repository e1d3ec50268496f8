package io.autoseed.activities.catalog;

/**
 * What a check of an audit chain found.
 *
 * @param entries number of entries read
 * @param object which entry or anchor is not what it should be, null if all are
 * @param expected what stands there, null if all are well
 */
public record AuditVerification(long entries, String object, String expected, String found) {
  static AuditVerification whole(long entries) {
    return new AuditVerification(entries, null, null, null);
  }

  public boolean isWhole() {
    return object == null;
  }
}
