package io.autoseed.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.StoreAddress;
import io.autoseed.activities.store.StoreException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  /** Nobody listens there: what it is asked for fails as a store does that is away. */
  private final ArtifactStore nowhere =
      new ArtifactStore(
          new StoreAddress(URI.create("http://127.0.0.1:1"), "us-east-1", "key", "secret", "none"));

  private final Problems problems = new Problems(() -> {}, new Problems.Patience(3, 2, 1));

  @AfterEach
  void close() {
    nowhere.close();
  }

  private Integer unreadable() {
    nowhere.impatient().stat("object");
    return 0;
  }

  @Test
  void anObjectThatIsNotReadWhileAnotherIsIsDamaged() {
    problems.reading("whole", "1", () -> 1);

    assertThat(problems.reading("damaged", "2", this::unreadable)).isEmpty();

    assertThat(problems.all())
        .singleElement()
        .satisfies(found -> assertThat(found.object()).isEqualTo("damaged"))
        .satisfies(found -> assertThat(found.found()).startsWith("unreadable"));
  }

  @Test
  void anObjectThatIsReadAtTheLastAttemptIsWhole() {
    AtomicInteger reads = new AtomicInteger();
    problems.reading("first", "1", () -> 1);

    assertThat(
            problems.reading("second", "2", () -> reads.getAndIncrement() < 2 ? unreadable() : 2))
        .contains(2);

    assertThat(problems.all()).isEmpty();
  }

  @Test
  void theFirstObjectIsDamagedIfTheStoreAnswersAndDoesNotReadIt() {
    assertThat(problems.reading("first", "1", this::unreadable)).isEmpty();

    assertThat(problems.all())
        .singleElement()
        .satisfies(found -> assertThat(found.found()).contains("though the store answers"));
  }

  @Test
  void aStoreThatReadsNothingAnyMoreIsNoDifference() {
    AtomicBoolean away = new AtomicBoolean();
    problems.reading("whole", "1", () -> away.get() ? unreadable() : 1);
    away.set(true);

    assertThatThrownBy(() -> problems.reading("other", "2", this::unreadable))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1");

    assertThat(problems.all()).isEmpty();
  }

  @Test
  void anObjectThatIsReadAfterAShortOutageIsWhole() {
    AtomicInteger first = new AtomicInteger();
    AtomicInteger second = new AtomicInteger();
    problems.reading("first", "1", () -> first.getAndIncrement() == 1 ? unreadable() : 1);

    assertThat(
            problems.reading("second", "2", () -> second.getAndIncrement() == 0 ? unreadable() : 2))
        .contains(2);

    assertThat(problems.all()).isEmpty();
  }
}
