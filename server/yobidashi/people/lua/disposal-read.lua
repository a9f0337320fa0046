--[[ disposal-read: how far the destruction of a fair's personal data has come.

KEYS    the fair's keys (people/keys.py)
gives   the disposal hash, flat
]]
return redis.call('HGETALL', KEYS[11])
