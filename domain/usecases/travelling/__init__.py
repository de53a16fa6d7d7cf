"""All the settings of a firm as one file: to keep, to share, to bring in."""
