package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

  private static List<AuditEntry> chain(int length) {
    List<AuditEntry> entries = new ArrayList<>();
    String previous = AuditEntry.START;
    for (int number = 0; number < length; number++) {
      entries.add(AuditEntry.following("run", number, NOON, "event", "{}", previous));
      previous = entries.get(number).hash();
    }
    return entries;
  }

  private static AuditVerification check(List<AuditEntry> entries) {
    return AuditLog.check("run", entries, chain(4).get(3).hash());
  }

  @Test
  void aChainThatNobodyTouchedIsWhole() {
    assertThat(check(chain(4)).isWhole()).isTrue();
  }

  @Test
  void aChangedEntryIsFound() {
    List<AuditEntry> entries = chain(4);
    AuditEntry old = entries.get(2);
    entries.set(
        2, new AuditEntry("run", 2, NOON, "event", "{\"a\":1}", old.previous(), old.hash()));

    assertThat(check(entries).object()).isEqualTo("audit/run/2");
  }

  @Test
  void anEntryRewrittenWithItsHashIsFoundAtTheNext() {
    List<AuditEntry> entries = chain(4);
    entries.set(1, AuditEntry.following("run", 1, NOON, "forged", "{}", entries.get(0).hash()));

    assertThat(check(entries).object()).isEqualTo("audit/run/2");
  }

  @Test
  void aDroppedEntryIsFound() {
    List<AuditEntry> entries = chain(4);
    entries.remove(1);

    assertThat(check(entries).object()).isEqualTo("audit/run/1");
  }

  @Test
  void aDroppedEndIsFound() {
    assertThat(check(chain(3)).object()).isEqualTo("audit/run/head");
  }
}
