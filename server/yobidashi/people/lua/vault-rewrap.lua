--[[ vault-rewrap: puts data keys that were wrapped anew in place of the old ones: all of them, or none.

KEYS    the fair's keys (people/keys.py)
ARGV    for each wrapped key: field, wrapped before, wrapped anew
gives   1; 0 where a key has changed, or one is there that was not named
]]
local wrapped = 0
for _, name in ipairs(redis.call('HKEYS', KEYS[1])) do
  if name == 'ids' or string.sub(name, 1, 4) == 'key:' then wrapped = wrapped + 1 end
end
if wrapped ~= #ARGV / 3 then return 0 end
for i = 1, #ARGV, 3 do
  if redis.call('HGET', KEYS[1], ARGV[i]) ~= ARGV[i + 1] then return 0 end
end
for i = 1, #ARGV, 3 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 2]) end
return 1
