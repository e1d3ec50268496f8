package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
  @TempDir Path home;

  private final Report report =
      new Report(
          SampleRuns.complete("r-1", "auto-seed"),
          List.of(SampleRuns.withGaps("r-2", "</script><b>finetune")),
          List.of(new Report.Link("MLflow", "http://127.0.0.1:17303")));

  @Test
  void thePageHoldsTheReportAndAsksTheNetworkForNothing() throws IOException {
    Path page = ReportFolder.write(home, report);
    assertThat(page).isEqualTo(home.resolve("reports/r-1/report.html"));
    String html = Files.readString(page);
    assertThat(html).doesNotContain("<script src", "<link ", "@DATA@", "@ECHARTS@");
    String start = "<script type=\"application/json\" id=\"report\">";
    int from = html.indexOf(start) + start.length();
    ObjectMapper json = new ObjectMapper();
    JsonNode embedded = json.readTree(html.substring(from, html.indexOf("</script>", from)));
    assertThat(embedded.at("/main/metrics/last").doubleValue()).isEqualTo(83.33);
    assertThat(embedded.at("/baselines/0/strategy").textValue()).isEqualTo("</script><b>finetune");
    assertThat(embedded.at("/main/matrix/1"))
        .as("a row holds what was measured, by task")
        .isEqualTo(json.readTree("{\"0\": 90.0, \"1\": 80.0, \"2\": 30.0}"));
    assertThat(embedded.at("/baselines/0/matrix/1")).isEmpty();
  }

  @Test
  void thePictureShowsBothCurvesInTheirColours() throws IOException {
    ReportFolder.write(home, report);
    BufferedImage picture = ImageIO.read(home.resolve("reports/r-1/accuracy.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(800);
    assertThat(count(picture, 0x0072B2)).isGreaterThan(500);
    assertThat(count(picture, 0xE69F00)).isGreaterThan(200);
  }

  @Test
  void aSecondReportTakesTheFirstOnesPlace() throws IOException {
    ReportFolder.write(home, report);
    Path page =
        ReportFolder.write(
            home, new Report(SampleRuns.complete("r-1", "renamed"), List.of(), List.of()));
    assertThat(Files.readString(page)).contains("\"strategy\":\"renamed\"");
    try (var files = Files.list(page.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("report.html", "accuracy.png");
    }
  }

  private static long count(BufferedImage picture, int colour) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += (picture.getRGB(x, y) & 0xFFFFFF) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
