package io.autoseed.learning.sequence;

/**
 * A sequence that is refused. The message is one line: {@code file:line: field: what was found;
 * what to do}, with {@code --set key=value} in place of the file and line where an override is at
 * fault.
 */
public final class SequenceException extends RuntimeException {
  public SequenceException(String message) {
    super(oneLine(message));
  }

  SequenceException(String where, String field, String problem) {
    super(oneLine(where + ": " + (field.isEmpty() ? "" : field + ": ") + problem));
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
  }
}
