/** Projections of images and names, and one attention over what they are matched with. */
package io.autoseed.learning.proof;
