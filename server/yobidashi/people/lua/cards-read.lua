--[[ cards-read: what the queue knows of cards. Nothing personal.

KEYS    the fair's keys (people/keys.py)
ARGV    card ids
gives   {JSON or false, ...}
]]
return redis.call('HMGET', KEYS[3], unpack(ARGV))
