package io.autoseed.learning.strategy;

/** The phases of a task that a strategy computes, in order. */
public enum LearningPhase {
  /** Draws what is remembered. Reads nothing of the new task but its class names. */
  REPLAY,
  /** Trains on the task beside the replay. */
  ADAPT,
  /** Generates the task's seeds (or whatever the strategy remembers) and updates its generator. */
  SEED_UPDATE
}
