--[[ novelty-read: how many gifts were handed out.

KEYS    the fair's keys (people/keys.py)
gives   how many
]]
return tonumber(redis.call('HGET', KEYS[12], 'given') or 0)
