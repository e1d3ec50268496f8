package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that records the chaos tables, with an {@code autoseed} made for the test. */
class ChaosTableTest {
  private static final String RECORDED = "{\"byTarget\": {}, \"kills\": 100}";

  @TempDir Path root;

  private Path table;

  @BeforeEach
  void makeACheckoutWithARecordedTable() throws IOException {
    table = Files.createDirectories(root.resolve("bench/results")).resolve("chaos-long-2.json");
    Files.writeString(table, RECORDED);
    Files.copy(
        Path.of("..", "bench", "chaos-table").toRealPath(),
        root.resolve("bench/chaos-table"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  @Test
  void aProofThatIsReportedIsRecordedWhetherItHoldsOrNot() throws Exception {
    assertThat(chaosThatSays("{\"byTarget\": {}, \"kills\": 7}", 3)).isEqualTo(3);

    assertThat(table).content().contains("\"kills\": 7");
    assertThat(root.resolve("bench/results/chaos-long-1.json")).exists();
  }

  @Test
  void whatIsRecordedStaysWhenThereIsNoReport() throws Exception {
    assertThat(chaosThatSays("", 1)).isEqualTo(1);
    assertThat(table).content().isEqualTo(RECORDED);

    assertThat(chaosThatSays("{\"error\": \"the undisturbed run stands still\"}", 3)).isEqualTo(3);
    assertThat(table).content().isEqualTo(RECORDED);
  }

  private int chaosThatSays(String document, int exit) throws Exception {
    Path autoseed = root.resolve("autoseed");
    Files.writeString(
        autoseed,
        """
        #!/usr/bin/env bash
        if [[ $1 == up ]]; then exit 0; fi
        printf '%%s' '%s'
        exit %d
        """
            .formatted(document, exit));
    Files.setPosixFilePermissions(autoseed, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ProcessBuilder(root.resolve("bench/chaos-table").toString(), "7", "long")
        .redirectErrorStream(true)
        .redirectOutput(root.resolve("said").toFile())
        .start()
        .waitFor();
  }
}
