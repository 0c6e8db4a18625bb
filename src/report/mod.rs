//! Whole-run output, one file a format.
