--[[ exports-read: every request for an export, and the freeze where there is one. Nothing personal is in it.

KEYS    the fair's keys (people/keys.py)
gives   the exports hash, flat
]]
return redis.call('HGETALL', KEYS[10])
