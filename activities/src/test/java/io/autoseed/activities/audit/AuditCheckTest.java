package io.autoseed.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.AuditEntry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditCheckTest {
  private final Problems problems = new Problems(() -> {});

  private static AuditEntry committed(long number, String manifest) {
    return new AuditEntry(
        "run",
        number,
        Instant.EPOCH,
        "phase-committed",
        "{\"manifest\":\"" + manifest + "\"}",
        "previous",
        "hash");
  }

  @Test
  void aManifestThatWasCommittedTwiceIsAProblemAtItsSecondEntry() {
    AuditCheck.committed(
        List.of(committed(0, "one"), committed(1, "two"), committed(2, "one")), problems);

    assertThat(problems.all())
        .containsExactly(
            new Difference("audit/run/2", "one phase-committed entry of one", "a second one"));
  }

  @Test
  void oneEntryOfEachManifestIsNone() {
    assertThat(AuditCheck.committed(List.of(committed(0, "one"), committed(1, "two")), problems))
        .containsOnlyKeys("one", "two");
    assertThat(problems.all()).isEmpty();
  }
}
