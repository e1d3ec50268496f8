package io.autoseed.learning.dataset;

/**
 * A file that could not be read, whatever it holds: its folder is not mounted, or the disk failed.
 * Later, or on another machine, it may be read; what else a {@link DataSetException} says stays so.
 */
public final class UnreadableDataException extends DataSetException {
  public UnreadableDataException(String message) {
    super(message);
  }

  public UnreadableDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
