/** Variational autoencoders of embeddings: what strategies draw past examples from. */
package io.autoseed.learning.vae;
