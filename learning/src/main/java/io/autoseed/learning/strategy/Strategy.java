package io.autoseed.learning.strategy;

/**
 * A continual-learning method: what the phases compute. It knows nothing of Temporal, stores or
 * files. Every value it keeps is in the {@link LearnerState}; an instance holds settings only and
 * may be shared by threads.
 */
public interface Strategy {
  /** The name in a sequence file, for example {@code auto-seed}. */
  String name();

  /** Raised whenever the bits that the same input leads to change; part of every phase key. */
  int version();

  /** Starts a phase. The caller closes the loop. */
  PhaseLoop open(PhaseInput input);

  /**
   * The classifier of a state as SEED_UPDATE (or REPLAY) left it.
   *
   * @param state holds every class learned so far
   * @param upcoming classes not yet learned, to be scored by their texts; may have no rows. A
   *     strategy that {@linkplain #scoresUnseen() cannot} refuses any.
   */
  Classifier classifier(LearnerState state, TaskClasses upcoming);

  /** Whether {@link #classifier} can score classes of which it has seen nothing but the name. */
  boolean scoresUnseen();

  /** Whether it can go on from a learner state that another version of it left. */
  default boolean readsStatesOf(int version) {
    return true;
  }

  /**
   * Whether learner states hold embeddings of training images as they are, also of classes with
   * many.
   */
  default boolean keepsExamples() {
    return false;
  }
}
