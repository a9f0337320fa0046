--[[ members-read: the whole register.

KEYS    the fair's keys (staff/keys.py)
gives   {id, row, ...}
]]
return redis.call('HGETALL', KEYS[1])
