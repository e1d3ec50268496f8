package io.autoseed.worker.process;

import io.autoseed.learning.torch.NumericProfile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a worker process was started.
 *
 * @param home folder of the stack it serves; its credentials are read there
 * @param device {@code cpu} or {@code cuda:N}
 * @param profile numeric profile it must have
 * @param healthPort port of the health endpoint on loopback; 0 for one that is free
 * @param rehearsal whether it only starts, as any worker does but for queues that nobody uses, and
 *     ends once it is ready
 */
public record WorkerSettings(
    Path home, String device, String profile, int healthPort, boolean rehearsal) {
  private static final String USAGE =
      "usage: worker --home DIR [--device cpu|cuda:N] [--profile NAME] [--health-port N]"
          + " [--rehearsal true]";

  /** Names the queues it polls. */
  String queues() {
    return rehearsal ? "rehearsal" : profile;
  }

  /**
   * What to say when the process has another profile.
   *
   * @param found its profile by name
   */
  String mismatch(String found) {
    String remedy = "--profile " + found;
    if (profile.equals(NumericProfile.AVX2) && found.equals(NumericProfile.NATIVE)) {
      remedy = "the environment " + new TreeMap<>(NumericProfile.ENVIRONMENT) + ", or " + remedy;
    } else if (profile.equals(NumericProfile.NATIVE) && found.equals(NumericProfile.AVX2)) {
      String variables = String.join(", ", new TreeSet<>(NumericProfile.ENVIRONMENT.keySet()));
      remedy = variables + " not set in its environment, or " + remedy;
    }
    return "a worker on "
        + device
        + ": expected the numeric profile "
        + profile
        + ", found "
        + found
        + ": start it with "
        + remedy;
  }

  /**
   * @throws IllegalArgumentException with one line that says what is wrong
   */
  static WorkerSettings parse(String... arguments) {
    Path home = null;
    String device = "cpu";
    String profile = null;
    int healthPort = 0;
    boolean rehearsal = false;
    List<String> words = Arrays.asList(arguments);
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " needs a value; " + USAGE);
      }
      String value = words.get(i + 1);
      switch (words.get(i)) {
        case "--home" -> home = Path.of(value);
        case "--device" -> device = value;
        case "--profile" -> profile = value;
        case "--health-port" -> healthPort = Integer.parseInt(value);
        case "--rehearsal" -> rehearsal = Boolean.parseBoolean(value);
        default ->
            throw new IllegalArgumentException("unknown option " + words.get(i) + "; " + USAGE);
      }
    }
    if (home == null) {
      throw new IllegalArgumentException("--home is missing; " + USAGE);
    }
    String named = profile != null ? profile : NumericProfile.of(device, NumericProfile.AVX2);
    return new WorkerSettings(home, device, named, healthPort, rehearsal);
  }
}
