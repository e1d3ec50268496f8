package io.autoseed.learning.dataset;

/** How large a data set may be. What is beyond is refused by name before it is read. */
public final class DataSetLimits {
  /** Files of one data set. */
  public static final int FILES = 2_000_000;

  /** Bytes of one image file. */
  public static final int IMAGE_BYTES = 64 << 20;

  /** Bytes of a {@code meta.json} or a CSV manifest. */
  public static final int TEXT_BYTES = 64 << 20;

  /** Bytes of a file of precomputed features, and of one array in it. */
  public static final int FEATURE_BYTES = Integer.MAX_VALUE - 64;

  /** An entry of a zip above {@link #RATIO_FREE_BYTES} may be so many times its packed size. */
  public static final int RATIO = 100;

  /** Up to so many bytes an entry of a zip may have any ratio (blank pictures do). */
  public static final int RATIO_FREE_BYTES = 1 << 20;

  /** Unpacked bytes of all entries of a zip. */
  public static final long ZIP_BYTES = 64L << 30;

  /** Classes of one data set. */
  public static final int CLASSES = 100_000;

  /** Characters of a class's name, a text or a template. */
  public static final int TEXT_LENGTH = 1_000;

  /** Prompts of one class: texts times templates. */
  public static final int PROMPTS = 1_000;

  /** Characters of all prompts of a data set. */
  public static final long PROMPT_CHARACTERS = 256L << 20;

  private DataSetLimits() {}
}
