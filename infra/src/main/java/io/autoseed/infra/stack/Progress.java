package io.autoseed.infra.stack;

/** Is told, line by line, what is being done; the lines are for people and hold no secrets. */
@FunctionalInterface
public interface Progress {
  void say(String line);

  /** Says nothing. */
  static Progress silent() {
    return line -> {};
  }
}
