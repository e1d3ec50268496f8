package io.autoseed.learning.sequence;

/** How large a sequence may be. A file beyond any of these is refused before anything starts. */
public final class SequenceLimits {
  /** Bytes of a sequence file. */
  public static final int FILE_BYTES = 16 << 20;

  /** Levels of lists and maps inside each other in a sequence file. */
  public static final int DEPTH = 16;

  /** Data sets of one sequence. */
  public static final int DATASETS = 1_000;

  /** Tasks of one sequence. */
  public static final int TASKS = 10_000;

  /** Classes of all tasks of one sequence. */
  public static final int CLASSES = 100_000;

  /** The most that {@code train-per-class} and {@code test-per-class} may ask for. */
  public static final int IMAGES_PER_CLASS = 1_000_000;

  /** Texts and templates of one class. */
  public static final int TEXTS = 1_000;

  /** Characters of one name, text or template. */
  public static final int TEXT_LENGTH = 1_000;

  /** The largest random seed, 2^53 - 1: beyond it JSON readers disagree. */
  public static final long RANDOM_SEED = (1L << 53) - 1;

  /** Class orders, and random seeds, of one study. */
  public static final int ORDERS = 1_000;

  /** Strategies of one study. */
  public static final int STUDY_STRATEGIES = 200;

  /** Runs of one study. */
  public static final int MEMBERS = 4_000;

  private SequenceLimits() {}
}
