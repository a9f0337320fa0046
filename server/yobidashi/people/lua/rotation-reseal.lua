--[[ rotation-reseal: puts records that were sealed anew in place of the old ones, where those have not changed meanwhile.

KEYS    the fair's keys (people/keys.py)
ARGV    1 version they were sealed with   then, for each record: place, sealed before, sealed anew
gives   how many were put; -1: that version is not the present one any more
]]
if redis.call('HGET', KEYS[1], 'current') ~= ARGV[1] then return -1 end
local put = 0
for i = 2, #ARGV, 3 do
  if redis.call('HGET', KEYS[2], ARGV[i]) == ARGV[i + 1] then
    redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 2])
    put = put + 1
  end
end
return put
