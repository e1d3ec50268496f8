package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
  private static final Path FOLDER = Path.of("/as");
  private static final long GIB = 1L << 30;

  @TempDir private Path here;

  @Test
  void little_room_is_warned_of_by_share_or_by_bytes() {
    assertThat(new DiskRoom(FOLDER, 4 * GIB, 252 * GIB).warning())
        .startsWith("The disk of /as has 4.0 GiB free (1.6 %)")
        .contains("autoseed gc");
    assertThat(new DiskRoom(FOLDER, GIB / 2, 10 * GIB).warning()).contains("0.5 GiB free (5.0 %)");
    assertThat(new DiskRoom(FOLDER, 6 * GIB, 252 * GIB).warning()).isEmpty();
  }

  @Test
  void a_real_disk_has_its_room_told() {
    DiskRoom room = DiskRoom.at(here);
    assertThat(room.freeBytes()).isPositive().isLessThanOrEqualTo(room.totalBytes());
    assertThatThrownBy(() -> DiskRoom.at(here.resolve("none")))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("none");
    assertThat(DiskRoom.warningAt(here)).isEqualTo(DiskRoom.at(here).warning());
    assertThat(DiskRoom.warningAt(here.resolve("none"))).contains("cannot be told");
  }
}
