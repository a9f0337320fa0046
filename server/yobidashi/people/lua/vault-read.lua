--[[ vault-read: the wrapped keys of a fair, and why it is closed where it is.

KEYS    the fair's keys (people/keys.py)
gives   the vault hash, flat
]]
return redis.call('HGETALL', KEYS[1])
