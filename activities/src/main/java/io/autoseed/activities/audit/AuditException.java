package io.autoseed.activities.audit;

/** An audit command cannot do what was asked; says why and what to do. */
public final class AuditException extends RuntimeException {
  AuditException(String message) {
    super(message);
  }
}
