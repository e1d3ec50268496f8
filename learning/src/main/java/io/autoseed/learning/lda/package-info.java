/** Covariances within classes, whitened coordinates, and the linear discriminants they give. */
package io.autoseed.learning.lda;
