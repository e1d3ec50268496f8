package io.autoseed.bench;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;

/** The images of an encoding measurement, as files in a folder. */
final class SampleImages {
  private static final List<String> SETS =
      List.of("clothing", "trashnet", "grocery", "fashion_mnist", "emoji_pairs");

  private SampleImages() {}

  /** Images spread evenly over five real data sets. */
  static List<Path> fromDataSets(Path shared, int count, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int set = 0; set < SETS.size(); set++) {
      int wanted = (count + SETS.size() - 1 - set) / SETS.size();
      Path path = shared.resolve("data").resolve(SETS.get(set) + ".zip");
      try (ZipFile zip = new ZipFile(path.toFile())) {
        List<? extends ZipEntry> entries =
            zip.stream().filter(e -> e.getName().matches(".*\\.(png|jpe?g)")).toList();
        for (int i = 0; i < wanted; i++) {
          ZipEntry entry = entries.get(i * entries.size() / wanted);
          String ending = entry.getName().substring(entry.getName().lastIndexOf('.'));
          Path file = folder.resolve(SETS.get(set) + "-" + i + ending);
          Files.write(file, zip.getInputStream(entry).readAllBytes());
          files.add(file);
        }
      }
    }
    return files;
  }

  /** Photograph-sized JPEGs of random shapes, the same each time. */
  static List<Path> generated(int count, int width, int height, Path folder) throws IOException {
    Random random = new Random(1993);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = image.createGraphics();
      graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
      graphics.fillRect(0, 0, width, height);
      for (int shape = 0; shape < 40; shape++) {
        graphics.setColor(colour(random));
        graphics.fillOval(
            random.nextInt(width), random.nextInt(height), random.nextInt(120), random.nextInt(90));
      }
      graphics.dispose();
      Path file = folder.resolve("generated-" + i + ".jpg");
      ImageIO.write(image, "jpeg", file.toFile());
      files.add(file);
    }
    return files;
  }

  private static Color colour(Random random) {
    return new Color(random.nextInt(1 << 24));
  }
}
