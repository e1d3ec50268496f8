package io.autoseed.activities.catalog;

/** A trunk with its alignment to the joint space. */
public record EncoderRow(
    String digest, String name, String alignmentDigest, int imageWidth, int textWidth) {}
