/**
 * Images and texts to features: the built-in towers and their weights, exact image preparation, and
 * the closed-form alignment of both towers to one joint space.
 */
package io.autoseed.learning.encoder;
