--[[ session-end: a sign-in ends.

KEYS    the fair's keys (staff/keys.py)   8 the sign-in's key
gives   how many ended: 1 or 0
]]
return redis.call('DEL', KEYS[8])
