--[[ rotation-begin: a new data key becomes the one records are sealed with, unless a rotation stands unfinished.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version to seal with now   2 the version after it   3 its wrapped data key   4 the present version's, as it was seen:
        had it been wrapped anew since, the new one would be wrapped by a key that is about to go
gives   {'begun'}, {'unfinished'} older keys are still there: go on with that, {'moved'} another was first, or {'closed'}
]]
local vault = redis.call('HMGET', KEYS[1], 'current', 'closed')
if vault[2] or not vault[1] then return { 'closed' } end
if vault[1] ~= ARGV[1] or redis.call('HGET', KEYS[1], 'key:' .. vault[1]) ~= ARGV[4] then return { 'moved' } end
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(name, 1, 4) == 'key:' and name ~= 'key:' .. vault[1] then return { 'unfinished' } end
end
redis.call('HSET', KEYS[1], 'current', ARGV[2], 'key:' .. ARGV[2], ARGV[3])
return { 'begun' }
