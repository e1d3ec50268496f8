package io.autoseed.learning.encoder;

/** An image that cannot be used: says which one, what was found and what to do. */
public final class ImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }

  ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
