"""Tests of the image. The quick ones run every time; the long proofs have their own targets."""
