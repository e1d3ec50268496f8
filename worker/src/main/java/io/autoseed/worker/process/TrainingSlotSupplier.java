package io.autoseed.worker.process;

import io.autoseed.activities.phase.TrainingSlot;
import io.temporal.worker.tuning.ActivitySlotInfo;
import io.temporal.worker.tuning.SlotMarkUsedContext;
import io.temporal.worker.tuning.SlotPermit;
import io.temporal.worker.tuning.SlotReleaseContext;
import io.temporal.worker.tuning.SlotReserveContext;
import io.temporal.worker.tuning.SlotSupplier;
import io.temporal.worker.tuning.SlotSupplierFuture;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The places of a {@link TrainingSlot} as Temporal's pollers ask for them. */
final class TrainingSlotSupplier implements SlotSupplier<ActivitySlotInfo> {
  private final TrainingSlot slot;

  TrainingSlotSupplier(TrainingSlot slot) {
    this.slot = slot;
  }

  @Override
  public SlotSupplierFuture reserveSlot(SlotReserveContext<ActivitySlotInfo> context) {
    CompletableFuture<Void> place = slot.take();
    return SlotSupplierFuture.fromCompletableFuture(
        place.thenApply(taken -> new SlotPermit()), () -> place.cancel(false));
  }

  @Override
  public Optional<SlotPermit> tryReserveSlot(SlotReserveContext<ActivitySlotInfo> context) {
    return slot.tryTake() ? Optional.of(new SlotPermit()) : Optional.empty();
  }

  @Override
  public void markSlotUsed(SlotMarkUsedContext<ActivitySlotInfo> context) {}

  @Override
  public void releaseSlot(SlotReleaseContext<ActivitySlotInfo> context) {
    slot.giveBack();
  }

  @Override
  public Optional<Integer> getMaximumSlots() {
    return Optional.of(TrainingSlot.MOST);
  }
}
