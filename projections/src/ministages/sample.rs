//! A story.
