--[[ incident-number: the number of the next incident's report.

KEYS    the fair's keys (people/keys.py)
gives   the number
]]
return redis.call('HINCRBY', KEYS[10], 'incidents', 1)
