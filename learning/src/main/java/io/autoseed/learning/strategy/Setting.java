package io.autoseed.learning.strategy;

import java.util.List;

/** A setting of a strategy: its name in a sequence file, what it means, default and range. */
public sealed interface Setting {
  String name();

  String meaning();

  Object defaultValue();

  /**
   * The checked value.
   *
   * @throws IllegalArgumentException with one line that says what is expected and what was found
   */
  Object check(Object value);

  /** A whole number in [least, most]. */
  record Whole(String name, String meaning, Integer defaultValue, int least, int most)
      implements Setting {
    @Override
    public Integer check(Object value) {
      if (value instanceof Number number
          && number.doubleValue() == Math.rint(number.doubleValue())
          && number.doubleValue() >= least
          && number.doubleValue() <= most) {
        return number.intValue();
      }
      throw new IllegalArgumentException(
          name + ": expected a whole number from " + least + " to " + most + ", found " + value);
    }
  }

  /** A number in [least, most]. */
  record Real(String name, String meaning, Double defaultValue, double least, double most)
      implements Setting {
    @Override
    public Double check(Object value) {
      if (value instanceof Number number
          && number.doubleValue() >= least
          && number.doubleValue() <= most) {
        return number.doubleValue();
      }
      throw new IllegalArgumentException(
          name + ": expected a number from " + least + " to " + most + ", found " + value);
    }
  }

  /** true or false. */
  record Flag(String name, String meaning, Boolean defaultValue) implements Setting {
    @Override
    public Boolean check(Object value) {
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw new IllegalArgumentException(name + ": expected true or false, found " + value);
    }
  }

  /** One of a few words. */
  record Choice(String name, String meaning, String defaultValue, List<String> words)
      implements Setting {
    @Override
    public String check(Object value) {
      if (value instanceof String word && words.contains(word)) {
        return word;
      }
      throw new IllegalArgumentException(name + ": expected one of " + words + ", found " + value);
    }
  }
}
