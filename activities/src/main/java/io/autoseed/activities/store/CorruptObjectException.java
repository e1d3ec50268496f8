package io.autoseed.activities.store;

/** An object's bytes are not the ones its digest names. Retrying does not help. */
public final class CorruptObjectException extends StoreException {
  private final String expected;
  private final String found;

  CorruptObjectException(String what, String expected, String found) {
    super(
        what
            + " was changed: expected SHA-256 "
            + expected
            + ", found "
            + found
            + "; restore the object or run again from an earlier task");
    this.expected = expected;
    this.found = found;
  }

  public String expected() {
    return expected;
  }

  public String found() {
    return found;
  }

  @Override
  boolean mayPass() {
    return false;
  }
}
