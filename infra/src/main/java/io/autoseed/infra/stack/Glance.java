package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.ComponentState;
import io.autoseed.infra.supervisor.RunDirectory;
import io.autoseed.infra.supervisor.SupervisorIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked for and what runs, at one moment.
 *
 * @param asked names of what is asked for
 * @param states what the supervisor last did, by component
 */
record Glance(Set<String> asked, Map<String, ComponentState> states) {
  /** How long a process may need until it answers. */
  private static final Duration YOUTH = Duration.ofSeconds(60);

  static Glance at(RunDirectory run) {
    return new Glance(run.desired().keySet(), run.states());
  }

  boolean anythingAsked() {
    return !asked.isEmpty();
  }

  /** Number of the component's process, 0 if none lives. */
  long pid(String name) {
    ComponentState state = states.get(name);
    return state != null && state.alive() ? state.process().pid() : 0;
  }

  /** Tries a component of the stack's own. */
  ComponentStatus of(Component component) {
    boolean healthy = component.trouble().isEmpty();
    return status(component.name(), healthy, component.address(), component.version());
  }

  /** Tries one of the caller's processes. */
  ComponentStatus of(ComponentSpec spec) {
    boolean healthy =
        pid(spec.name()) != 0
            && (spec.readyUrl().isEmpty() || HttpProbe.trouble(spec.readyUrl(), "").isEmpty());
    return status(spec.name(), healthy, spec.readyUrl(), "");
  }

  /** What keeps the others running; it answers nobody, so living is all that is asked of it. */
  ComponentStatus of(Optional<SupervisorIdentity> supervisor) {
    boolean lives = supervisor.isPresent();
    Condition condition =
        anythingAsked()
            ? (lives ? Condition.HEALTHY : Condition.UNHEALTHY)
            : (lives ? Condition.STOPPING : Condition.DOWN);
    return new ComponentStatus(
        ComponentStatus.SUPERVISOR,
        condition == Condition.HEALTHY,
        condition,
        "",
        supervisor.map(identity -> identity.process().pid()).orElse(0L),
        "");
  }

  private ComponentStatus status(String name, boolean healthy, String address, String version) {
    return new ComponentStatus(
        name, healthy, condition(name, healthy), address, pid(name), version);
  }

  private Condition condition(String name, boolean healthy) {
    long pid = pid(name);
    if (!asked.contains(name)) {
      return pid != 0 ? Condition.STOPPING : healthy ? Condition.HEALTHY : Condition.DOWN;
    }
    if (healthy) {
      return Condition.HEALTHY;
    }
    return pid != 0 && isYoung(pid) ? Condition.STARTING : Condition.UNHEALTHY;
  }

  private static boolean isYoung(long pid) {
    Instant since = Instant.now().minus(YOUTH);
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(started -> started.isAfter(since))
        .orElse(false);
  }
}
