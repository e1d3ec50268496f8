package io.autoseed.learning.sequence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a sequence file that knows where it stands. */
sealed interface YamlNode {
  /** {@code file:line}, or {@code --set key=value} for a value that an override gave. */
  String where();

  /** What a message calls this piece. */
  String described();

  /**
   * A single value.
   *
   * @param plain without quotes, so that it may be a number, true, false or null
   */
  record Scalar(String text, boolean plain, String where) implements YamlNode {
    @Override
    public String described() {
      if (isNull()) {
        return "nothing";
      }
      return "'" + (text.length() <= 60 ? text : text.substring(0, 57) + "...") + "'";
    }

    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** A list. */
  record Items(List<YamlNode> items, String where) implements YamlNode {
    @Override
    public String described() {
      return "a list";
    }
  }

  /**
   * Keys with values, in the order of the file.
   *
   * @param keys where each key stands
   */
  record Fields(Map<String, YamlNode> values, Map<String, String> keys, String where)
      implements YamlNode {
    @Override
    public String described() {
      return "a map";
    }

    /** A copy with one value set. */
    Fields with(String key, YamlNode value, String keyPlace) {
      Map<String, YamlNode> changed = new LinkedHashMap<>(values);
      Map<String, String> places = new LinkedHashMap<>(keys);
      changed.put(key, value);
      places.put(key, keyPlace);
      return new Fields(changed, places, where);
    }
  }
}
