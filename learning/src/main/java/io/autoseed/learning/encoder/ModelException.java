package io.autoseed.learning.encoder;

/** The built-in model's files cannot be had or are not what they should be. */
public final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
