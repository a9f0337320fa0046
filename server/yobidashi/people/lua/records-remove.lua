--[[ records-remove: takes records away for good.

KEYS    the fair's keys (people/keys.py)
ARGV    places
gives   how many there were
]]
return redis.call('HDEL', KEYS[2], unpack(ARGV))
