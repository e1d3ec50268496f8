package io.autoseed.learning.encoder;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG, JPEG and GIF to the bytes that Pillow's {@code Image.open(f).convert("RGB")} gives:
 * an alpha channel is dropped, not blended; a palette entry is looked up; grey is repeated; of 16
 * bits in colour the high 8 count, and 16-bit grey is cut off at 255. Colour profiles and the
 * orientation in EXIF have no effect.
 */
public final class ImageDecoder {
  /** Largest file that is decoded, in bytes. */
  public static final int MAX_BYTES = 64 << 20;

  static final long MAX_PIXELS = 50_000_000;

  private ImageDecoder() {}

  /**
   * @param name how to call the file in an error
   * @throws ImageException if the bytes are no such image or too large; the number of pixels is
   *     checked before any is decoded
   */
  static RgbImage decode(byte[] file, String name) {
    if (file.length > MAX_BYTES) {
      throw new ImageException(
          name + " has " + file.length + " bytes; at most " + MAX_BYTES + " are read");
    }
    String format = format(file, name);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (ImageInputStream in = stream(file, format)) {
      reader.setInput(in, false, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MAX_PIXELS) {
        throw new ImageException(
            name + " is " + width + "x" + height + "; at most " + MAX_PIXELS + " pixels are read");
      }
      return rgb(reader.read(0));
    } catch (ImageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ImageException(
          name
              + " cannot be decoded ("
              + e.getMessage()
              + "); if it is whole, convert it to an RGB PNG or JPEG, else replace it",
          e);
    } catch (OutOfMemoryError e) {
      throw new ImageException(
          name + " needs more memory than there is: make it smaller, or the JVM's -Xmx larger", e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageInputStream stream(byte[] file, String format) throws IOException {
    byte[] bytes = format.equals("jpeg") ? JpegSegments.withoutProfile(file) : file;
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  private static String format(byte[] file, String name) {
    if (startsWith(file, 0x89, 'P', 'N', 'G')) {
      return "png";
    }
    if (startsWith(file, 0xff, 0xd8, 0xff)) {
      return "jpeg";
    }
    if (startsWith(file, 'G', 'I', 'F', '8')) {
      return "gif";
    }
    throw new ImageException(
        name + " is no PNG, JPEG or GIF file (" + file.length + " bytes); convert it to one");
  }

  private static boolean startsWith(byte[] file, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= file.length || (file[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static RgbImage rgb(BufferedImage image) throws IOException {
    Raster raster = image.getRaster();
    byte[] samples = new byte[Math.multiplyExact(image.getWidth() * image.getHeight(), 3)];
    if (image.getColorModel() instanceof IndexColorModel palette) {
      fromPalette(raster, palette, samples);
    } else if (raster.getTransferType() == DataBuffer.TYPE_BYTE) {
      if (!copyInterleaved(raster, samples)) {
        fromBands(raster, 0, 255, samples);
      }
    } else if (raster.getTransferType() == DataBuffer.TYPE_USHORT) {
      boolean grey = raster.getNumBands() == 1;
      fromBands(raster, grey ? 0 : 8, 255, samples);
    } else {
      throw new IOException("samples of an unknown type");
    }
    return new RgbImage(image.getWidth(), image.getHeight(), samples);
  }

  private static void fromPalette(Raster raster, IndexColorModel palette, byte[] samples) {
    int[] row = new int[raster.getWidth()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int index : row) {
        int rgb = index < palette.getMapSize() ? palette.getRGB(index) : 0;
        samples[to++] = (byte) (rgb >> 16);
        samples[to++] = (byte) (rgb >> 8);
        samples[to++] = (byte) rgb;
      }
    }
  }

  /** The common layouts, without a call for each pixel. False if the layout is another one. */
  private static boolean copyInterleaved(Raster raster, byte[] samples) {
    if (!(raster.getSampleModel() instanceof PixelInterleavedSampleModel model)
        || !(raster.getDataBuffer() instanceof DataBufferByte buffer)
        || buffer.getNumBanks() != 1
        || buffer.getOffset() != 0
        || raster.getParent() != null) {
      return false;
    }
    byte[] data = buffer.getData();
    int[] offsets = model.getBandOffsets();
    boolean grey = offsets.length < 3;
    int red = offsets[0];
    int green = offsets[grey ? 0 : 1];
    int blue = offsets[grey ? 0 : 2];
    int step = model.getPixelStride();
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      int from = y * model.getScanlineStride();
      for (int x = 0; x < raster.getWidth(); x++, from += step, to += 3) {
        samples[to] = data[from + red];
        samples[to + 1] = data[from + green];
        samples[to + 2] = data[from + blue];
      }
    }
    return true;
  }

  private static void fromBands(Raster raster, int shift, int limit, byte[] samples) {
    boolean grey = raster.getNumBands() < 3;
    int[] row = new int[raster.getWidth()];
    for (int channel = 0; channel < 3; channel++) {
      int to = channel;
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(0, y, row.length, 1, grey ? 0 : channel, row);
        for (int sample : row) {
          samples[to] = (byte) Math.min(sample >> shift, limit);
          to += 3;
        }
      }
    }
  }
}
