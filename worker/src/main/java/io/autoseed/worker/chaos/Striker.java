package io.autoseed.worker.chaos;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.supervisor.ComponentSignals;
import io.autoseed.infra.supervisor.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Kills and stops processes of the stack, chosen at random. One caller; closing lets all go on. */
final class Striker implements AutoCloseable {
  private final ComponentSignals signals;
  private final Set<String> components;
  private final Duration heartbeat;
  private final Random random;
  private final KillPace pace;
  private final Map<ProcessIdentity, Boolean> stopped = new ConcurrentHashMap<>();

  /**
   * @param heartbeat timeout after which a silent worker is taken for dead
   * @param pace shared by all strikers of the stack
   */
  Striker(LocalStack stack, Duration heartbeat, Random random, KillPace pace) {
    this.signals = stack.signals();
    this.components = stack.supervised();
    this.heartbeat = heartbeat;
    this.random = random;
    this.pace = pace;
  }

  /** A strike that has been drawn and waits for its moment. */
  record Aim(Target target, Strike.Kind kind, List<String> components, Duration pause) {
    Aim {
      components = List.copyOf(components);
    }
  }

  /** Draws how the target is to be hit. */
  Aim aim(Target target) {
    List<String> all = new ArrayList<>(target.among(components));
    Collections.shuffle(all, random);
    List<String> some = all.subList(0, 1 + random.nextInt(all.size()));
    return switch (target) {
      case WORKER ->
          random.nextInt(4) == 0
              ? new Aim(target, Strike.Kind.PAUSE, some, pauseLength())
              : new Aim(target, Strike.Kind.KILL, some, Duration.ZERO);
      case CATALOG ->
          new Aim(
              target,
              random.nextBoolean() ? Strike.Kind.KILL : Strike.Kind.KILL_ALL,
              some,
              Duration.ZERO);
      case TEMPORAL, STORE, TRACKER -> new Aim(target, Strike.Kind.KILL, some, Duration.ZERO);
    };
  }

  /** From a little longer than the heartbeat timeout to half as long again. */
  private Duration pauseLength() {
    return heartbeat.plusMillis(1000 + random.nextInt((int) heartbeat.toMillis() / 2));
  }

  /** Whether all that is aimed at lives and may be hit now. */
  boolean ready(Aim aim) {
    long now = System.currentTimeMillis();
    return aim.components().stream()
        .allMatch(name -> signals.process(name).isPresent() && pace.wait(name, now) == 0);
  }

  /**
   * Strikes.
   *
   * @param before the run as it is now
   * @return empty if everything that was aimed at had just died by itself
   */
  Optional<Strike> strike(Aim aim, Sighting before) {
    Set<Long> victims =
        aim.components().stream()
            .flatMap(name -> hit(aim, name).stream())
            .map(ProcessIdentity::pid)
            .collect(Collectors.toSet());
    if (victims.isEmpty()) {
      return Optional.empty();
    }
    boolean inWork =
        switch (aim.target()) {
          case WORKER ->
              before.work().stream().anyMatch(work -> victims.contains(work.workerPid()));
          case TRACKER -> before.rows().undelivered() > 0;
          case TEMPORAL, STORE, CATALOG -> !before.work().isEmpty();
        };
    boolean standIn = aim.components().size() < aim.target().among(components).size();
    return Optional.of(
        new Strike(
            aim.target(),
            aim.kind(),
            aim.components(),
            victims,
            Instant.now(),
            before,
            inWork,
            aim.pause().toMillis() / 1e3,
            standIn));
  }

  private Optional<ProcessIdentity> hit(Aim aim, String component) {
    return switch (aim.kind()) {
      case KILL -> noted(component, signals.kill(component));
      case KILL_ALL -> noted(component, signals.killAll(component));
      case PAUSE -> {
        Optional<ProcessIdentity> paused = signals.pause(component, aim.pause());
        paused.ifPresent(process -> stopped.put(process, true));
        yield paused;
      }
    };
  }

  private Optional<ProcessIdentity> noted(String component, Optional<ProcessIdentity> killed) {
    pace.killed(component, System.currentTimeMillis());
    return killed;
  }

  /** Lets everything that was stopped go on. */
  @Override
  public void close() {
    stopped.keySet().forEach(signals::resume);
    stopped.clear();
  }
}
