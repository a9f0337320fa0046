"""Copies what the pages load from node_modules into `server/yobidashi/vendor/`, each package with its licence.

Run by `make vendor` after `npm ci`. The folder keeps npm's paths, so `/vendor/lit-html/lit-html.js` is
`node_modules/lit-html/lit-html.js`: no bundler and no renaming. Nothing of it is committed; the wheel carries it.
Of the fonts only weights 400 and 700 are taken: woff2 for the pages, TTF for what is printed; of the libraries only the
modules a browser loads.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules"
TARGET = ROOT / "server/yobidashi/vendor"

MODULES = {
    "lit-html": ("*.js", "directives/*.js"),
    "qr": ("*.js",),
}
ONE_FILE = {"@msgpack/msgpack": ("dist.umd/msgpack.min.js", "msgpack.min.mjs", ("encode", "decode", "decodeMulti"))}
"""Libraries that come as one minified script: package → the script, the module it becomes, and what that exports."""
FONTS = {
    "@fontsource/biz-udpgothic": ("400.css", "700.css"),
    "@fontsource/biz-udgothic": ("latin-400.css", "latin-700.css"),  # its digits are all that is wanted of it
    "@fontsource/noto-sans-jp": ("400.css", "700.css"),
}
PRINT_FONTS = {
    "@expo-google-fonts/biz-udpgothic": (
        "400Regular/BIZUDPGothic_400Regular.ttf",
        "700Bold/BIZUDPGothic_700Bold.ttf",
    ),
}
FONT_LICENCE = "LICENSE_FONT"
"""The fonts' own licence, where a package's LICENSE speaks of the package alone."""

SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*\n?", re.MULTILINE)
OLD_FORMAT = re.compile(r",\s*url\([^)]*\.woff\) format\('woff'\)")
FONT_FILE = re.compile(r"url\(\./(files/[^)]+)\)")
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+)["']""")


def copy_modules(package: str, patterns: tuple[str, ...]) -> None:
    """Copies one library's modules; a relative import that would find nothing stops everything."""
    for pattern in patterns:
        for source in sorted((SOURCE / package).glob(pattern)):
            target = TARGET / package / source.relative_to(SOURCE / package)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(SOURCE_MAP.sub("", source.read_text("utf-8")), "utf-8")
    for module in (TARGET / package).rglob("*js"):
        for wanted in IMPORT.findall(module.read_text("utf-8")):
            if not (module.parent / wanted).is_file():
                sys.exit(f"{module.relative_to(TARGET)} imports {wanted}, which is not copied: see server/vendor.py")


def copy_script(package: str, script: str, module: str, exports: tuple[str, ...]) -> None:
    """Copies one library's minified script as a module: it finds the `exports` it looks for, and its names are handed on."""
    text = SOURCE_MAP.sub("", (SOURCE / package / script).read_text("utf-8"))
    target = TARGET / package / module
    target.parent.mkdir(parents=True, exist_ok=True)
    before = "const module = { exports: {} };\nconst exports = module.exports;\n"
    after = f"\nexport const {{ {', '.join(exports)} }} = module.exports;\n"
    target.write_text(before + text + after, "utf-8")


def copy_font(package: str, sheets: tuple[str, ...]) -> None:
    """Copies one family's style sheets, without their second, older format, and the files that these name."""
    (TARGET / package / "files").mkdir(parents=True)
    for name in sheets:
        sheet = OLD_FORMAT.sub("", (SOURCE / package / name).read_text("utf-8"))
        (TARGET / package / name).write_text(sheet, "utf-8")
        for file in sorted(set(FONT_FILE.findall(sheet))):
            shutil.copyfile(SOURCE / package / file, TARGET / package / file)


def copy_print_font(package: str, files: tuple[str, ...]) -> None:
    """Copies one family's TTF files: a typesetter reads no woff2, and needs every character in one file."""
    for name in (*files, FONT_LICENCE):
        target = TARGET / package / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / package / name, target)


def main() -> None:
    """Makes the vendor folder anew."""
    if not SOURCE.is_dir():
        sys.exit("node_modules is missing: run `make vendor`, which installs it first.")
    shutil.rmtree(TARGET, ignore_errors=True)
    for package, patterns in MODULES.items():
        copy_modules(package, patterns)
    for package, script in ONE_FILE.items():
        copy_script(package, *script)
    for package, sheets in FONTS.items():
        copy_font(package, sheets)
    for package, files in PRINT_FONTS.items():
        copy_print_font(package, files)
    for package in (*MODULES, *ONE_FILE, *FONTS, *PRINT_FONTS):
        shutil.copyfile(SOURCE / package / "LICENSE", TARGET / package / "LICENSE")


main()
