"""Runs first in a bundle: tells Fontconfig where fonts are, if the system does not."""

import os
import sys
from pathlib import Path

if not Path("/etc/fonts/fonts.conf").exists():
    own = Path(getattr(sys, "_MEIPASS", ""), "fonts.conf")
    os.environ.setdefault("FONTCONFIG_FILE", str(own))
