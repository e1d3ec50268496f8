package io.autoseed.learning.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts texts into templates, within bounds, so that a small file cannot ask for endless prompts.
 */
final class Prompts {
  private final Object root;
  private long characters;

  /**
   * @param root the data set, for errors
   */
  Prompts(Object root) {
    this.root = root;
  }

  /** Each text in each template, in that order. */
  List<String> expand(List<String> texts, List<String> templates) {
    if ((long) texts.size() * templates.size() > DataSetLimits.PROMPTS) {
      throw new DataSetException(
          root
              + ": "
              + texts.size()
              + " texts in "
              + templates.size()
              + " templates; at most "
              + DataSetLimits.PROMPTS
              + " prompts a class, remove some");
    }
    List<String> prompts = new ArrayList<>();
    for (String text : texts) {
      checkText(text, root);
      for (String template : templates) {
        String prompt = template.replace("{}", text);
        characters += prompt.length();
        prompts.add(prompt);
      }
    }
    if (characters > DataSetLimits.PROMPT_CHARACTERS) {
      throw new DataSetException(
          root
              + ": more than "
              + DataSetLimits.PROMPT_CHARACTERS
              + " characters of prompts; shorten texts or templates");
    }
    return prompts;
  }

  /** A template has one {@code {}}, for the text. */
  static void checkTemplates(List<String> templates, Object where) {
    for (String template : templates) {
      checkText(template, where);
      int at = template.indexOf("{}");
      if (at < 0 || template.indexOf("{}", at + 1) >= 0) {
        throw new DataSetException(
            where
                + ": the template '"
                + SafePath.printable(template)
                + "' has not exactly one {}; correct it");
      }
    }
  }

  private static void checkText(String text, Object where) {
    if (text.isBlank() || text.length() > DataSetLimits.TEXT_LENGTH) {
      throw new DataSetException(
          where
              + ": a text has "
              + text.length()
              + " characters; write 1 to "
              + DataSetLimits.TEXT_LENGTH);
    }
  }
}
