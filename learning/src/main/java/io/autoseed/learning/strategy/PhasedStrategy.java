package io.autoseed.learning.strategy;

/**
 * The frame of a strategy: a name, a version, and one method for each phase. A phase that a
 * strategy does not define leaves the learner state as it is.
 */
public abstract class PhasedStrategy implements Strategy {
  private final String name;
  private final int version;

  protected PhasedStrategy(String name, int version) {
    this.name = name;
    this.version = version;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final int version() {
    return version;
  }

  @Override
  public final PhaseLoop open(PhaseInput input) {
    return switch (input.phase()) {
      case REPLAY -> replay(input);
      case ADAPT -> adapt(input);
      case SEED_UPDATE -> seedUpdate(input);
    };
  }

  /** {@link LearningPhase#REPLAY}. */
  protected PhaseLoop replay(PhaseInput input) {
    return ClosedForm.unchanged(input);
  }

  /** {@link LearningPhase#ADAPT}. */
  protected PhaseLoop adapt(PhaseInput input) {
    return ClosedForm.unchanged(input);
  }

  /** {@link LearningPhase#SEED_UPDATE}. */
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return ClosedForm.unchanged(input);
  }

  /** The check of a strategy that cannot score classes of which it knows the name alone. */
  protected final void refuse(TaskClasses upcoming) {
    if (upcoming.count() > 0) {
      throw new IllegalArgumentException(
          name
              + " cannot score classes it has not learned, but was asked for "
              + upcoming.count()
              + "; open its classifier without upcoming classes");
    }
  }
}
