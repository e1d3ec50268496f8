package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.workflows.Phase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhaseKeyTest {
  private static PhaseKey key(
      Phase phase, int strategyVersion, double rate, String input, String profile, long seed) {
    return key(phase, strategyVersion, rate, input, "sequence", profile, seed);
  }

  private static PhaseKey key(
      Phase phase,
      int strategyVersion,
      double rate,
      String input,
      String sequence,
      String profile,
      long seed) {
    return new PhaseKey(
        phase,
        "auto-seed",
        new TreeMap<>(Map.of("rate", rate)),
        strategyVersion,
        input,
        "task",
        sequence,
        List.of("file"),
        "encoder",
        "alignment",
        profile,
        seed);
  }

  @Test
  void everythingThatAResultDependsOnChangesTheKey() {
    Set<String> digests =
        Stream.of(
                key(Phase.ADAPT, 1, 0.5, "in", "avx2", 7),
                key(Phase.REPLAY, 1, 0.5, "in", "avx2", 7),
                key(Phase.ADAPT, 2, 0.5, "in", "avx2", 7),
                key(Phase.ADAPT, 1, 0.6, "in", "avx2", 7),
                key(Phase.ADAPT, 1, 0.5, "other", "avx2", 7),
                key(Phase.ADAPT, 1, 0.5, "in", "native", 7),
                key(Phase.ADAPT, 1, 0.5, "in", "avx2", 8),
                key(Phase.ADAPT, 1, 0.5, "in", "longer", "avx2", 7))
            .map(PhaseKey::digest)
            .collect(Collectors.toSet());

    assertThat(digests).hasSize(8);
  }

  @Test
  void equalDependenciesHaveEqualKeys() {
    assertThat(key(Phase.ADAPT, 1, 0.5, "in", "avx2", 7).digest())
        .isEqualTo(key(Phase.ADAPT, 1, 0.5, "in", "avx2", 7).digest())
        .matches("[0-9a-f]{64}");
  }

  @Test
  void encodeDependsOnTheFilesTheEncoderAndTheProfile() {
    String digest = PhaseKey.encode("task", List.of("file"), "encoder", "avx2").digest();

    assertThat(PhaseKey.encode("task", List.of("file"), "encoder", "avx2").digest())
        .isEqualTo(digest);
    assertThat(PhaseKey.encode("task", List.of("other"), "encoder", "avx2").digest())
        .isNotEqualTo(digest);
    assertThat(PhaseKey.encode("task", List.of("file"), "other", "avx2").digest())
        .isNotEqualTo(digest);
    assertThat(PhaseKey.encode("task", List.of("file"), "encoder", "native").digest())
        .isNotEqualTo(digest);
  }
}
