package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A service that runs elsewhere: looked at, never started or stopped.
 *
 * @param probe tries a real operation and says what is wrong, or nothing
 */
record ExternalComponent(String name, String address, Supplier<Optional<String>> probe)
    implements Component {
  @Override
  public String version() {
    return "";
  }

  @Override
  public Optional<ComponentSpec> spec() {
    return Optional.empty();
  }

  @Override
  public List<Integer> listensOn() {
    return List.of();
  }

  @Override
  public void prepare() {
    // Its owner has.
  }

  /** A service that does not answer right now is not waited for. */
  @Override
  public boolean answers() {
    Optional<String> trouble = probe.get();
    if (trouble.isPresent()) {
      throw new StackException(
          "the external %s at %s does not do: %s; mend it, or start a stack in another AUTOSEED_HOME"
              .formatted(name, address, trouble.get()));
    }
    return true;
  }

  @Override
  public void setUp() {
    // Its owner has.
  }

  @Override
  public Optional<String> trouble() {
    return probe.get();
  }
}
