"""One deployment as a command of the console finds it: its Redis, whether a server is running or not, and its folders."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import quote

from yobidashi.data_folder import DataFolder, DataFolderBusy
from yobidashi.embedded import EmbeddedRedis
from yobidashi.people.protection.inventory import Places
from yobidashi.settings import Settings


@contextmanager
def reached(settings: Settings) -> Iterator[Settings]:
    """Give the settings with the address of a Redis that answers as long as the body runs.

    That is `redis_url` where it is set, else the own Redis of the data folder: the running server's, or one started for this.
    Raises `DataFolderUnusable`, `RedisUnavailable`.
    """
    if settings.redis_url is not None:
        yield settings
        return
    redis = EmbeddedRedis(settings.data)
    try:
        redis.start()
    except DataFolderBusy:
        yield replace(settings, redis_url=redis.url)
        return
    try:
        yield replace(settings, redis_url=redis.url)
    finally:
        redis.stop()


def places_of(settings: Settings) -> Places:
    """Give where a deployment keeps its data; the data folder only where the Redis in use is its own."""
    own = f"unix://{quote(str(DataFolder(settings.data).socket))}"
    return Places(settings.data.resolve() if settings.redis_url == own else None, settings.backups)
