package io.autoseed.worker.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Where reports lie: {@code AUTOSEED_HOME/reports/<run or study>/}. */
public final class ReportFolder {
  private ReportFolder() {}

  /**
   * Writes files that were made elsewhere.
   *
   * @param name of the folder
   * @return the folder
   */
  public static Path write(Path home, String name, Map<String, byte[]> files) throws IOException {
    Path folder = Files.createDirectories(home.resolve("reports").resolve(name));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path part = folder.resolve(file.getKey() + ".part");
      Files.write(part, file.getValue());
      replace(part, folder.resolve(file.getKey()));
    }
    return folder;
  }

  private static Path replace(Path part, Path file) throws IOException {
    return Files.move(
        part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

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
    Files.writeString(part, HtmlPage.render(report));
    return replace(part, page);
  }
}
