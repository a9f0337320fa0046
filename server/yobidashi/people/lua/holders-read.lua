--[[ holders-read: which card each party holds. Nothing personal.

KEYS    the fair's keys (people/keys.py)
ARGV    party ids
gives   {card id or false, ...}
]]
return redis.call('HMGET', KEYS[4], unpack(ARGV))
