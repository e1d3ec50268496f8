/** CGIL: a variational autoencoder a class, and keys aligned with what they draw. */
package io.autoseed.learning.cgil;
