package io.autoseed.worker.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where a run's report lies: {@code AUTOSEED_HOME/reports/<run>/}. */
public final class ReportFolder {
  private ReportFolder() {}

  /**
   * Writes {@code report.html} (one file, opens without a network) and {@code accuracy.png}.
   *
   * @return the HTML file
   */
  public static Path write(Path home, Report report) throws IOException {
    Path folder = Files.createDirectories(home.resolve("reports").resolve(report.main().run()));
    Path picture = folder.resolve("accuracy.png");
    Path page = folder.resolve("report.html");
    AccuracyPicture.draw(report, picture);
    Path part = folder.resolve("report.html.part");
    Files.writeString(part, HtmlReport.render(report));
    return Files.move(
        part, page, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
