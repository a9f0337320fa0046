"""`fair.toml`: read, measured against its tables, the general rules and a specification; every fault with its line.

Pure vocabulary: it imports nothing of the package outside this folder. The rest of the package needs only
`yobidashi.fair`, and the `check` command `yobidashi.check`.

`faults` ← `toml_lines` ← `toml_file` · `tables` ← `shape`, `rule` ← `day_rules`, `queue_rules`, `booth_rules`,
`name_rules`, `specification` ← `examination`
"""
