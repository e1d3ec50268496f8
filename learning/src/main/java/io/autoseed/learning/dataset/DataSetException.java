package io.autoseed.learning.dataset;

/**
 * A data set, or a file of one, that is refused or cannot be read. The message is one line: which
 * file, what was found, what to do.
 */
public class DataSetException extends RuntimeException {
  public DataSetException(String message) {
    super(oneLine(message));
  }

  public DataSetException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
