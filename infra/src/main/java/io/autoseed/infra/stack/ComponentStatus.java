package io.autoseed.infra.stack;

/**
 * One component as it is now.
 *
 * @param healthy whether a real operation on it has just succeeded
 * @param state how it is
 * @param address where it listens, for people and programs
 * @param pid of its first process; 0 when it does not run or runs elsewhere
 * @param version of the program, empty when unknown
 */
public record ComponentStatus(
    String name, boolean healthy, Condition state, String address, long pid, String version) {
  /** The name of what keeps the others running. */
  public static final String SUPERVISOR = "supervisor";
}
