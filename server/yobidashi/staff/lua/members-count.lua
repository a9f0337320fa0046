--[[ members-count: how many members the register has, revoked ones included: ids go on from there.

KEYS    the fair's keys (staff/keys.py)
gives   the number
]]
return redis.call('HLEN', KEYS[1])
