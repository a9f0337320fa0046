"""Where the pages, the browser libraries and the sample fair stand: in a checkout, or inside an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
"""The package's own folder."""

_TOP = PACKAGE if (PACKAGE / "displays").is_dir() else PACKAGE.parent.parent

DISPLAYS = _TOP / "displays"
"""Templates, style sheets and modules of the screens."""

HANDHELDS = _TOP / "handhelds"
"""Templates, style sheets and modules of the pages that people tap."""

SAMPLE_FAIR = _TOP / "fair.toml"
"""The fair that is served when none is named."""

CLIENT = PACKAGE / "live" / "client"
"""The modules that every page shares."""

VENDOR = PACKAGE / "vendor"
"""Browser libraries and fonts, with npm's own paths (`vendor/lit-html/lit-html.js`)."""

PRINT_FONTS = VENDOR / "@expo-google-fonts" / "biz-udpgothic"
"""BIZ UDPGothic as TTF: the only fonts that a printed document may use."""
