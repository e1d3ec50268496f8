/**
 * Auto-Seed VL2: past classes are remembered as generated seeds s = (v, w). The letters in the code
 * are those of the method's description: e image embedding, w text embedding, z = e A whitened
 * coordinates, k keys, delta key offsets, phi the generator's 164 numbers, S and n the within-class
 * scatter and its degrees of freedom, Sr and nr those within seeds. Start with {@link
 * io.autoseed.learning.autoseed.AutoSeed}; the phases are {@code ReplayLoop}, {@code AdaptLoop} and
 * {@code SeedUpdateLoop}, each equation has a class of its own.
 */
package io.autoseed.learning.autoseed;
