--[[ rotation-end: takes away the data keys that no record is sealed with any more.

KEYS    the fair's keys (people/keys.py)
ARGV    1 the version that stays
gives   how many were taken away; -1: that version is not the present one any more
]]
if redis.call('HGET', KEYS[1], 'current') ~= ARGV[1] then return -1 end
local gone = 0
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.sub(name, 1, 4) == 'key:' and name ~= 'key:' .. ARGV[1] then gone = gone + redis.call('HDEL', KEYS[1], name) end
end
return gone
