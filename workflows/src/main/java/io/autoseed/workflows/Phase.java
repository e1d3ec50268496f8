package io.autoseed.workflows;

/** The durable steps of a task, in order. */
public enum Phase {
  ENCODE,
  REPLAY,
  ADAPT,
  SEED_UPDATE,
  EVALUATE,
  PUBLISH
}
