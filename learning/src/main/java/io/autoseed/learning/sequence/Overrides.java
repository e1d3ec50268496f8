package io.autoseed.learning.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Replaces values of a sequence file's tree by dotted key, as {@code --set key=value} asks. The
 * value is YAML itself.
 */
final class Overrides {
  private Overrides() {}

  static YamlNode apply(YamlNode root, Map<String, String> overrides) {
    YamlNode changed = root;
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      String where = "--set " + override.getKey() + "=" + override.getValue();
      if (override.getKey().isBlank() || override.getValue() == null) {
        throw new SequenceException(where, "", "no key or value; write --set key=value");
      }
      YamlNode value =
          override.getValue().isBlank()
              ? new YamlNode.Scalar("", true, where)
              : YamlReader.read(override.getValue(), line -> where);
      changed = set(changed, override.getKey(), value);
    }
    return changed;
  }

  /**
   * Sets one value; where it stands is the value's place.
   *
   * @param key dotted
   */
  static YamlNode set(YamlNode root, String key, YamlNode value) {
    return set(root, List.of(key.split("\\.", -1)), 0, value, value.where());
  }

  private static YamlNode set(
      YamlNode node, List<String> path, int depth, YamlNode value, String where) {
    if (depth == path.size()) {
      return value;
    }
    String key = path.get(depth);
    if (node instanceof YamlNode.Items list) {
      int index = index(key, list, path, depth, where);
      List<YamlNode> items = new ArrayList<>(list.items());
      items.set(index, set(items.get(index), path, depth + 1, value, where));
      return new YamlNode.Items(items, list.where());
    }
    if (node instanceof YamlNode.Scalar scalar && !scalar.isNull()) {
      throw new SequenceException(
          where,
          String.join(".", path.subList(0, depth)),
          "is the single value " + scalar.described() + " in the file; set the key itself");
    }
    YamlNode.Fields fields =
        node instanceof YamlNode.Fields there
            ? there
            : new YamlNode.Fields(Map.of(), Map.of(), where);
    YamlNode inner = fields.values().getOrDefault(key, new YamlNode.Scalar("", true, where));
    boolean last = depth + 1 == path.size();
    String keyPlace = last ? where : fields.keys().getOrDefault(key, where);
    return fields.with(key, set(inner, path, depth + 1, value, where), keyPlace);
  }

  private static int index(
      String key, YamlNode.Items list, List<String> path, int depth, String where) {
    if (key.matches("\\d{1,6}") && Integer.parseInt(key) < list.items().size()) {
      return Integer.parseInt(key);
    }
    throw new SequenceException(
        where,
        String.join(".", path.subList(0, depth)),
        "is a list of "
            + list.items().size()
            + ", and '"
            + key
            + "' is no place in it; write a number from 0 to "
            + (list.items().size() - 1));
  }
}
