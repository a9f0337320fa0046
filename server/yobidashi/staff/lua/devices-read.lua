--[[ devices-read: every device, and when each was last heard of.

KEYS    the fair's keys (staff/keys.py)
gives   {devices flat, seen flat}
]]
return { redis.call('HGETALL', KEYS[2]), redis.call('HGETALL', KEYS[3]) }
