"""The command *recall* as the store sends it to Redis, for clients that are not the store: the listeners and redis-benchmark."""

import hashlib
import json

from measuring.full_fair import RECALLING_BOOTH
from measuring.served import PREFIX
from yobidashi.queue.keys import Keys
from yobidashi.queue.scripts import script


def words_of_recall(slug: str, command_id: str) -> list[str]:
    """Give the words of its EVALSHA, with the fingerprint that `queue/store.py` makes. The script is loaded by whoever ran it."""
    text = json.dumps({"booth": RECALLING_BOOTH}, separators=(",", ":"), sort_keys=True)
    fingerprint = hashlib.blake2s(f"recall {text}".encode(), digest_size=8).hexdigest()
    keys = Keys(PREFIX, slug)
    count = str(len(keys.fair) + 1)
    return ["EVALSHA", script("recall").sha, count, *keys.fair, keys.answer(command_id), fingerprint, text]
