--[[ vault-make: a fair that has no vault gets one; whoever comes second gets the first one's.

KEYS    the fair's keys (people/keys.py)
ARGV    1 wrapped data key of version 1   2 wrapped key for ids
gives   the vault hash, flat
]]
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('HSET', KEYS[1], 'current', '1', 'key:1', ARGV[1], 'ids', ARGV[2])
end
return redis.call('HGETALL', KEYS[1])
