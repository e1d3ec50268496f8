package io.autoseed.worker.chaos;

/** The proof could not be made; says why and what to do. */
public final class ChaosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ChaosException(String message) {
    super(message);
  }

  ChaosException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What an exception says; its name if it says nothing. */
  static String why(RuntimeException mishap) {
    return mishap.getMessage() == null ? mishap.toString() : mishap.getMessage();
  }
}
