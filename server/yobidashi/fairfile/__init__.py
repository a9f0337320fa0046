"""`fair.toml`: read, measured against its tables, the general rules and a specification; every fault with its line.

Pure vocabulary: it imports nothing of the package outside this folder. The rest of the package needs only
`yobidashi.fair`, and the `check` command `yobidashi.check`.

| module | says |
|---|---|
| `faults` | what a fault is: file, line, key, expected, came, a sentence |
| `toml_lines`, `toml_file` | on which line each key stands; a file's values, or why it cannot be read |
| `forms`, `tables`, `visitor_tables` | what each key takes |
| `expected`, `shape` | that in words; what does not fit, and what can be judged all the same |
| `rule`, `day_rules`, `queue_rules`, `booth_rules`, `name_rules`, `widths` | what every fair keeps |
| `reservation_rules`, `form_rules`, `consent_rules` | what a fair keeps that reserves for and asks its visitors |
| `specification`, `sapporo_r7` | what a client asks of its own fair |
| `examination` | all of it together, for one file |
"""
