package io.autoseed.infra.stack;

/** Where a component's program comes from. */
public enum ProgramSource {
  /** The pinned package. */
  PINNED,
  /** The program on the PATH, its version checked. */
  PATH,
  /** It runs elsewhere; see {@link ExternalServices}. */
  EXTERNAL
}
