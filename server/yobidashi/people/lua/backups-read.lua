--[[ backups-read: every backup of the fair that is known.

KEYS    the fair's keys (people/keys.py)   13 the known backups
gives   {JSON, ...}
]]
return redis.call('HVALS', KEYS[13])
