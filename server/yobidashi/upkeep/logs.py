"""What the server writes when something goes wrong: one line a message for people, or one JSON object a line for programs.

Either way a message holds codes, ids and counts. Names and answers are in no message (invariant 6); the canaries' test reads both.
"""

import datetime as dt
import json
import logging
from typing import Any

from yobidashi import __version__


class JsonLines(logging.Formatter):
    """A record as one JSON object: at (UTC), level, logger, message, version, and error where there was an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        told: dict[str, Any] = {
            "at": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            "version": __version__,
        }
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def logging_of(form: str) -> dict[str, Any]:
    """Give what `logging.config.dictConfig` takes: warnings and worse, on stderr, as ``lines`` or ``json``.

    No access log: who looked at which page is nobody's business.
    """
    formatters: dict[str, dict[str, Any]] = {
        "lines": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": JsonLines},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form, "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
    }
