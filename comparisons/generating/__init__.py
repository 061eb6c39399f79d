"""Artificial content at any size, for measuring: shaped like the real content, in words that say nothing."""
