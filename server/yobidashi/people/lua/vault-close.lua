--[[ vault-close: nothing is read or written any more. Harmless where it is closed already.

KEYS    the fair's keys (people/keys.py)
ARGV    1 why, as JSON
gives   1 where it was open
]]
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
return redis.call('HSETNX', KEYS[1], 'closed', ARGV[1])
