package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TrainingSlotTest {
  private final TrainingSlot slot = new TrainingSlot();

  @Test
  void onePhaseAtATimeIsAskedForUntilItHasComputed() {
    CompletableFuture<Void> first = slot.take();
    CompletableFuture<Void> second = slot.take();

    assertThat(first).isDone();
    assertThat(second).isNotDone();
    assertThat(slot.tryTake()).isFalse();
    slot.giveBack();
    assertThat(second).isDone();
  }

  @Test
  void theNextPhaseComesWhileTheOneBeforeCommits() {
    assertThat(slot.take()).isDone();
    CompletableFuture<Void> second = slot.take();
    CompletableFuture<Void> third = slot.take();

    TrainingSlot.Aftermath commit = slot.computed();

    assertThat(second).isDone();
    assertThat(third).isNotDone();
    commit.close();
    slot.giveBack();
    assertThat(third).as("the second still computes").isNotDone();
  }

  @Test
  void commitsThatHangHoldNewPhasesUpInTheEnd() {
    List<TrainingSlot.Aftermath> commits = new ArrayList<>();
    for (int i = 0; i < TrainingSlot.MOST; i++) {
      assertThat(slot.take()).isDone();
      commits.add(slot.computed());
    }
    CompletableFuture<Void> next = slot.take();

    assertThat(next).isNotDone();
    commits.get(0).close();
    slot.giveBack();
    assertThat(next).isDone();
  }

  @Test
  void onceClosedItGivesNoPlaceThatBecomesFree() {
    assertThat(slot.take()).isDone();
    CompletableFuture<Void> next = slot.take();

    slot.close();
    slot.giveBack();

    assertThat(next).isNotDone();
    assertThat(slot.tryTake()).isFalse();
  }

  @Test
  void whoAsksNoMoreLosesNoPlaceToTheOthers() {
    assertThat(slot.take()).isDone();
    CompletableFuture<Void> gone = slot.take();
    CompletableFuture<Void> next = slot.take();
    gone.cancel(false);

    slot.giveBack();

    assertThat(next).isDone();
    slot.giveBack();
    assertThat(slot.tryTake()).isTrue();
  }
}
