package io.autoseed.learning.dataset;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code meta.json} says: {@code {"classes": [{"dir": "ankle_boot", "text": "ankle boot"}],
 * "templates": ["a photo of a {}."], "licence": "...", "source": "...", "splits": {"train":
 * "google", "test": "twitter"}}}. A class may have {@code "texts"}, a list, instead. Other keys are
 * ignored.
 *
 * @param classes texts by class, in the order listed
 */
record ClassTexts(
    Map<String, List<String>> classes,
    List<String> templates,
    String licence,
    String source,
    Map<String, String> splits) {
  static final String FILE = "meta.json";
  static final String UNSTATED = "not stated";
  private static final List<String> TEMPLATES = List.of("a photo of a {}.");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static final ClassTexts NONE = new ClassTexts(Map.of(), TEMPLATES, UNSTATED, "", Map.of());

  /** Reads the tree's meta.json; {@link #NONE} if there is none. */
  static ClassTexts of(FileTree tree) {
    return tree.has(FILE)
        ? parse(tree.read(FILE, DataSetLimits.TEXT_BYTES), tree.root() + "/" + FILE)
        : NONE;
  }

  static ClassTexts parse(byte[] json, String name) {
    JsonNode meta;
    try {
      meta = JSON.readTree(json);
    } catch (IOException e) {
      throw new DataSetException(
          name + " is not JSON (" + e.getMessage().split("\\R", 2)[0] + "); mend it", e);
    }
    if (!meta.isObject()) {
      throw new DataSetException(name + " is no JSON object; write {\"classes\": [...]}");
    }
    Map<String, List<String>> classes = new LinkedHashMap<>();
    for (JsonNode one : meta.path("classes")) {
      String folder = one.isTextual() ? one.asText() : one.path("dir").asText();
      List<String> texts = one.isTextual() ? List.of(one.asText()) : texts(one, name);
      if (folder.isEmpty() || classes.put(folder, texts) != null) {
        throw new DataSetException(
            name + ": class '" + SafePath.printable(folder) + "' is unnamed or listed twice");
      }
    }
    if (classes.size() > DataSetLimits.CLASSES) {
      throw new DataSetException(name + ": more than " + DataSetLimits.CLASSES + " classes");
    }
    List<String> templates = strings(meta.path("templates"));
    Prompts.checkTemplates(templates, name);
    Map<String, String> splits = new LinkedHashMap<>();
    meta.path("splits").properties().forEach(e -> splits.put(e.getKey(), e.getValue().asText()));
    return new ClassTexts(
        classes,
        templates.isEmpty() ? TEMPLATES : templates,
        meta.path("licence").asText(UNSTATED),
        meta.path("source").asText(""),
        splits);
  }

  private static List<String> texts(JsonNode described, String name) {
    List<String> texts = new ArrayList<>(strings(described.path("texts")));
    if (described.path("text").isTextual()) {
      texts.add(0, described.path("text").asText());
    }
    texts.removeIf(String::isBlank);
    if (texts.isEmpty()) {
      throw new DataSetException(
          name
              + ": class '"
              + SafePath.printable(described.path("dir").asText())
              + "' has no text; add \"text\"");
    }
    return texts;
  }

  private static List<String> strings(JsonNode list) {
    List<String> strings = new ArrayList<>();
    list.forEach(one -> strings.add(one.asText()));
    return strings;
  }

  /**
   * The complete prompts of a class: each text in each template.
   *
   * @throws DataSetException if the class has no text
   */
  List<String> prompts(String name, DataSetOptions options, Object root, Prompts prompts) {
    List<String> texts = options.texts().getOrDefault(name, classes.get(name));
    if (texts == null) {
      throw new DataSetException(
          root
              + ": class '"
              + SafePath.printable(name)
              + "' has no text; add it to meta.json or to texts: in the sequence file");
    }
    return prompts.expand(texts, options.templates().isEmpty() ? templates : options.templates());
  }
}
