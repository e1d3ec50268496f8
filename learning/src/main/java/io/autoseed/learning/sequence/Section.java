package io.autoseed.learning.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A map of the sequence file seen as named fields of known types. Every accessor refuses a wrong
 * type with the place and the dotted path of the field.
 */
final class Section {
  private final String path;
  private final YamlNode.Fields fields;

  private Section(String path, YamlNode.Fields fields) {
    this.path = path;
    this.fields = fields;
  }

  static Section of(String path, YamlNode node) {
    if (node instanceof YamlNode.Fields fields) {
      return new Section(path, fields);
    }
    throw new SequenceException(
        node.where(), path, "found " + node.described() + "; write keys with values");
  }

  /** The same without some of its keys. */
  Section without(String... keys) {
    Map<String, YamlNode> rest = new LinkedHashMap<>(fields.values());
    List.of(keys).forEach(rest::remove);
    return new Section(path, new YamlNode.Fields(rest, fields.keys(), fields.where()));
  }

  /** Refuses every key but these. */
  void allow(String... known) {
    allow(Arrays.asList(known));
  }

  void allow(List<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new SequenceException(
            fields.keys().get(key),
            pathOf(key),
            "unknown key '" + key + "'; " + Suggestion.of(key, known));
      }
    }
  }

  List<String> keys() {
    return List.copyOf(fields.values().keySet());
  }

  boolean has(String key) {
    return fields.values().containsKey(key);
  }

  YamlNode node(String key) {
    return fields.values().get(key);
  }

  String where() {
    return fields.where();
  }

  String whereOf(String key) {
    return fields.keys().getOrDefault(key, fields.where());
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** An error about a field. */
  SequenceException refuse(String key, String problem) {
    return new SequenceException(whereOf(key), pathOf(key), problem);
  }

  void require(String key, String example) {
    if (!has(key)) {
      throw new SequenceException(
          fields.where(), pathOf(key), "missing; add it, for example " + example);
    }
  }

  Section section(String key) {
    return of(pathOf(key), node(key));
  }

  String text(String key) {
    return textOf(pathOf(key), node(key));
  }

  String text(String key, String ifAbsent) {
    return has(key) ? text(key) : ifAbsent;
  }

  /** The field as a whole number from {@code least} to {@code most}. */
  long whole(String key, long least, long most) {
    return whole(key, node(key), least, most);
  }

  private long whole(String key, YamlNode node, long least, long most) {
    String expected = "write a whole number from " + least + " to " + most;
    if (node instanceof YamlNode.Scalar scalar && scalar.plain()) {
      try {
        long value = Long.parseLong(scalar.text());
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw refusal(key, node, expected);
      }
    }
    throw refusal(key, node, expected);
  }

  int whole(String key, int least, int most, int ifAbsent) {
    return has(key) ? (int) whole(key, least, most) : ifAbsent;
  }

  /** The field as a number in [0, 1). */
  double share(String key) {
    if (node(key) instanceof YamlNode.Scalar scalar
        && scalar.plain()
        && scalar.text().matches("0|0?\\.\\d{1,9}")) {
      return Double.parseDouble(scalar.text());
    }
    throw refusal(key, node(key), "write a number from 0 to below 1, such as 0.2");
  }

  private SequenceException refusal(String key, YamlNode node, String expected) {
    return new SequenceException(
        node.where(), pathOf(key), "found " + node.described() + "; " + expected);
  }

  /** The items of a list, at least one. */
  List<YamlNode> items(String key) {
    YamlNode node = node(key);
    if (!(node instanceof YamlNode.Items list)) {
      throw refusal(key, node, "write a list, as in [a, b]");
    }
    if (list.items().isEmpty()) {
      throw new SequenceException(
          node.where(), pathOf(key), "the list is empty; name at least one, or remove the key");
    }
    return list.items();
  }

  /** A list of texts without repeats, each with its place, in order. */
  Map<String, YamlNode> names(String key) {
    Map<String, YamlNode> names = new LinkedHashMap<>();
    for (YamlNode item : items(key)) {
      String name = textOf(pathOf(key), item);
      if (names.put(name, item) != null) {
        throw new SequenceException(
            item.where(), pathOf(key), "'" + name + "' is listed twice; remove one");
      }
    }
    return names;
  }

  /** A list of whole numbers from {@code least} to {@code most} without repeats, in order. */
  List<Long> wholes(String key, long least, long most) {
    Set<Long> numbers = new LinkedHashSet<>();
    for (YamlNode item : items(key)) {
      long number = whole(key, item, least, most);
      if (!numbers.add(number)) {
        throw new SequenceException(
            item.where(), pathOf(key), number + " is listed twice; remove one");
      }
    }
    return List.copyOf(numbers);
  }

  /** One text or a list of texts. */
  List<String> texts(String key) {
    if (node(key) instanceof YamlNode.Scalar) {
      return List.of(text(key));
    }
    List<String> texts = new ArrayList<>(names(key).keySet());
    if (texts.size() > SequenceLimits.TEXTS) {
      throw refuse(key, texts.size() + " texts; keep at most " + SequenceLimits.TEXTS);
    }
    return texts;
  }

  static String textOf(String path, YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar && !scalar.isNull() && !scalar.text().isBlank()) {
      if (scalar.text().length() > SequenceLimits.TEXT_LENGTH) {
        throw new SequenceException(
            node.where(),
            path,
            "a text of "
                + scalar.text().length()
                + " characters; keep it within "
                + SequenceLimits.TEXT_LENGTH);
      }
      return scalar.text();
    }
    throw new SequenceException(node.where(), path, "found " + blank(node) + "; write a text");
  }

  private static String blank(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().isBlank()
        ? "nothing"
        : node.described();
  }
}
