package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.util.List;
import java.util.Optional;

/** One service of the stack. */
interface Component {
  String name();

  /** Where it listens, for people and programs. */
  String address();

  /** Version of its program, empty when unknown. */
  String version();

  /** What the supervisor runs; empty when it runs elsewhere. */
  Optional<ComponentSpec> spec();

  /** The ports that must be free before it starts. */
  List<Integer> listensOn();

  /** Makes what must exist before the first start; repeated harmlessly. */
  void prepare();

  /** Whether it answers at all, set up or not. */
  default boolean answers() {
    return trouble().isEmpty();
  }

  /** Makes what must exist inside it once it answers; repeated harmlessly. */
  void setUp();

  /** Tries a real operation; says what is wrong, or nothing. */
  Optional<String> trouble();

  /** What of it every user of this machine reaches without a password, in words for people. */
  default Optional<String> unguarded() {
    return Optional.empty();
  }
}
